using CommandCenter.Tracks.Keeping;

namespace CommandCenter.Alarms.Keeping;

/// <summary>What keeping alarms and letting them go adds to the server.</summary>
internal static class AlarmKeepingSetup
{
    public static void AddAlarmKeeping(this IServiceCollection services)
    {
        services.AddSingleton<AlarmKeepStore>();
        services.AddSingleton<IErasedWith, AlarmEraser>();
        services.AddSingleton<IKeptBeside, AlarmSweep>();
    }
}
