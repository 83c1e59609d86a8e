namespace CommandCenter.Tests.Positions;

/// <summary>A clock that stands still until told.</summary>
internal sealed class ManualTime : TimeProvider
{
    private DateTimeOffset _now = new(2026, 5, 1, 8, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => _now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _now.Ticks;

    public long NowMs => _now.ToUnixTimeMilliseconds();

    public void Pass(TimeSpan span) => _now += span;
}
