namespace CommandCenter.Simulator;

public enum Reach : byte
{
    Online,

    /// <summary>In a cellar or a lift: the phone records and uploads late.</summary>
    NoSignal,

    /// <summary>Switched off or killed by the system: nothing is recorded.</summary>
    Off,
}

/// <summary>What the phone in the worker's pocket makes of where the worker is.</summary>
public readonly record struct HandsetState
{
    public required ulong Dice { get; init; }

    /// <summary>The receiver's error now, metres.</summary>
    public double ErrorEast { get; init; }

    /// <summary>The receiver's error now, metres.</summary>
    public double ErrorNorth { get; init; }

    public double AccuracyMeters { get; init; }

    /// <summary>0–100 per cent.</summary>
    public double Battery { get; init; }

    public bool Charging { get; init; }

    public Reach Reach { get; init; }

    public float ReachLeftSeconds { get; init; }

    /// <summary>The part of its time that the phone spends out of reach.</summary>
    public double OfflineShare { get; init; }
}

/// <summary>
/// The phone as a pure function, second by second: an error that wanders (a first-order Gauss–Markov process per axis) instead of
/// jumping, a battery that empties, and spells without a signal.
/// </summary>
public static class Handset
{
    private const double MeanSpellSeconds = 405;

    public static HandsetState Start(PlannedWorker worker, int seed) => Start(worker, seed, PhoneTroubles.Usual.Offline);

    /// <param name="offline">The part of its time that the phone spends out of reach, 0 to below 1.</param>
    public static HandsetState Start(PlannedWorker worker, int seed, double offline)
    {
        var dice = Dice.Of(seed, worker.Code, "handset");
        var outOfReach = dice.Next() < offline;
        var state = new HandsetState
        {
            Dice = 0,
            ErrorEast = 3 * dice.Bell(),
            ErrorNorth = 3 * dice.Bell(),
            AccuracyMeters = 6,
            Battery = dice.Between(35, 100),
            Reach = outOfReach ? Lost(ref dice) : Reach.Online,
            ReachLeftSeconds = outOfReach ? SpellSeconds(ref dice) * (float)dice.Next() : ReachableSeconds(ref dice, offline) * (float)dice.Next(),
            OfflineShare = offline,
        };
        return state with { Dice = dice.State };
    }

    /// <summary>The state one second later.</summary>
    public static HandsetState Step(in HandsetState state, in PatrolState patrol)
    {
        var dice = new Dice(state.Dice);

        // Deviation in metres and how long an error lasts: small and quick in the street, a slow drift at rest, wide in a house.
        var (deviation, memorySeconds) = patrol.Indoors ? (9.0, 90.0) : patrol.OnPatrol ? (2.5, 40.0) : (3.5, 150.0);
        var keep = Math.Exp(-1 / memorySeconds);
        var push = deviation * Math.Sqrt(1 - (keep * keep));
        var accuracy = deviation * (patrol.Indoors ? 3 : 2) * dice.Between(0.8, 1.2);
        var charging = state.Charging ? state.Battery < 95 : state.Battery < 12;
        var perHour = charging ? 40 : patrol.OnPatrol ? -9 : -5;
        var next = state with
        {
            ErrorEast = Bounded((state.ErrorEast * keep) + (push * dice.Bell()), deviation),
            ErrorNorth = Bounded((state.ErrorNorth * keep) + (push * dice.Bell()), deviation),
            AccuracyMeters = (state.AccuracyMeters * 0.9) + (accuracy * 0.1),
            Charging = charging,
            Battery = Math.Clamp(state.Battery + (perHour / 3600.0), 1, 100),
            ReachLeftSeconds = state.ReachLeftSeconds - 1,
        };
        if (next.ReachLeftSeconds <= 0)
        {
            next = state.Reach == Reach.Online
                ? next with { Reach = Lost(ref dice), ReachLeftSeconds = SpellSeconds(ref dice) }
                : next with { Reach = Reach.Online, ReachLeftSeconds = ReachableSeconds(ref dice, state.OfflineShare) };
        }

        return next with { Dice = dice.State };

        // Three deviations, but an error from the house does not vanish at its door: it shrinks by its own memory.
        double Bounded(double error, double around) => Math.Clamp(error, -27, 27) is var wide && Math.Abs(wide) <= 3 * around ? wide : wide * 0.97;
    }

    private static Reach Lost(ref Dice dice) => dice.Next() < 0.75 ? Reach.NoSignal : Reach.Off;

    private static float SpellSeconds(ref Dice dice) => (float)dice.Between(90, 720);

    /// <summary>So long on average that the spells make up their share; with a share of zero for ever.</summary>
    private static float ReachableSeconds(ref Dice dice, double offline) =>
        (float)(dice.Between(0.2, 1.8) * MeanSpellSeconds * (1 - offline) / offline);
}
