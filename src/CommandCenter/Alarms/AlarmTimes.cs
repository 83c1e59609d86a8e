namespace CommandCenter.Alarms;

/// <summary>Moments from ms since 1970 UTC. A phone's clock may say anything, and an alarm is raised in any case: what no calendar holds becomes its first or last moment.</summary>
public static class AlarmTimes
{
    private static readonly long FirstMs = DateTimeOffset.MinValue.ToUnixTimeMilliseconds();
    private static readonly long LastMs = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    public static DateTimeOffset Of(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(ms, FirstMs, LastMs));

    public static DateTimeOffset? Of(long? ms) => ms is { } known ? Of(known) : null;
}
