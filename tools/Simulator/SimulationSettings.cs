namespace CommandCenter.Simulator;

/// <summary>How the plan is played.</summary>
public sealed record SimulationSettings
{
    public required int Seed { get; init; }

    /// <summary>The plan's first so many.</summary>
    public int Workers { get; init; } = int.MaxValue;

    public SimulationPace Pace { get; init; } = new(1, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(45));

    public AppMix Mix { get; init; } = AppMix.Usual;

    public PhoneTroubles Troubles { get; init; } = PhoneTroubles.Usual;

    /// <summary>The shortest time between two SOS drills; zero: none.</summary>
    public TimeSpan SosSpacing { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Whether everyone has an hour off a day; needs a desk.</summary>
    public bool Shifts { get; init; } = true;
}

/// <summary>Pace and rhythm of a run.</summary>
/// <param name="Speed">How much faster than the clock the workers walk, 0.1–10.</param>
/// <param name="Interval">Between two fixes of a worker on patrol.</param>
/// <param name="RestInterval">Between two signs of life at rest: phones that lie still save their battery.</param>
public sealed record SimulationPace(double Speed, TimeSpan Interval, TimeSpan RestInterval)
{
    /// <summary>
    /// How long a phone is silent after a report, ms. It notices that its owner walks off: a rest is never reported past its end.
    /// </summary>
    public double WaitMs(in PatrolState patrol) => patrol.OnPatrol
        ? Interval.TotalMilliseconds
        : Math.Clamp((patrol.PhaseLeftSeconds + 1) * 1000 / Speed, Interval.TotalMilliseconds, Math.Max(Interval.TotalMilliseconds, RestInterval.TotalMilliseconds));
}
