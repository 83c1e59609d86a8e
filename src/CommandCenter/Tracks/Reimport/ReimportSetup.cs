namespace CommandCenter.Tracks.Reimport;

/// <summary>What putting exports back adds to the server.</summary>
internal static class ReimportSetup
{
    public static void AddReimport(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ReimportStore>();
        builder.Services.AddSingleton<TrackReimporter>();
    }
}
