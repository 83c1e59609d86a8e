namespace CommandCenter.Simulator;

/// <summary>What goes wrong with phones, as shares of them (offline: of the time).</summary>
public sealed record PhoneTroubles
{
    public static readonly PhoneTroubles Usual = new();

    /// <summary>Of each phone's time: out of reach, three quarters of it recording.</summary>
    public double Offline { get; init; } = 0.04;

    public double WrongClocks { get; init; } = 0.01;

    public double Mocks { get; init; } = 0.002;
}

/// <summary>What is wrong with one phone for good.</summary>
/// <param name="ClockErrorMs">What its clock is ahead of the true time; negative: behind.</param>
/// <param name="Mocked">Another app makes its place up: it never leaves one corner.</param>
public readonly record struct PhoneQuirks(long ClockErrorMs, bool Mocked)
{
    private const double MinuteMs = 60_000;

    public static PhoneQuirks Of(PlannedWorker worker, int seed, PhoneTroubles troubles)
    {
        var clock = Dice.Of(seed, worker.Code, "clock");
        var error = clock.Next() < troubles.WrongClocks ? ClockError(ref clock) : 0;
        return new PhoneQuirks((long)error, Dice.Of(seed, worker.Code, "mock").Next() < troubles.Mocks);
    }

    /// <summary>Some minutes late mostly, some by hours (a wrong zone); one in ten is in the future, which servers refuse.</summary>
    private static double ClockError(ref Dice dice) => dice.Next() switch
    {
        < 0.6 => -dice.Between(1, 12) * MinuteMs,
        < 0.9 => -Math.Round(dice.Between(1, 8)) * 60 * MinuteMs,
        _ => dice.Between(2, 90) * MinuteMs,
    };
}
