namespace CommandCenter.Tracks.Notes;

/// <summary>What notes add to the server.</summary>
internal static class NoteSetup
{
    public static void AddNotes(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<NoteStore>();
        builder.Services.AddSingleton<NoteSweep>();
    }
}
