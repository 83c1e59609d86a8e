namespace CommandCenter.Simulator;

public enum PatrolPhase : byte
{
    Resting,
    Walking,

    /// <summary>On patrol, standing for a moment.</summary>
    Pausing,
}

/// <summary>
/// Where a worker is on the streets and what comes next: on the street from node <see cref="From"/> to node <see cref="To"/>,
/// <see cref="AlongMeters"/> from its start.
/// </summary>
public readonly record struct PatrolState
{
    public required ulong Dice { get; init; }

    public required int From { get; init; }

    public required int To { get; init; }

    public float AlongMeters { get; init; }

    public float SpeedMps { get; init; }

    public PatrolPhase Phase { get; init; }

    /// <summary>Until the round or the rest is over.</summary>
    public float PhaseLeftSeconds { get; init; }

    /// <summary>Until a pause within the round is over.</summary>
    public float PauseLeftSeconds { get; init; }

    /// <summary>The rest is taken in a house.</summary>
    public bool Indoors { get; init; }

    public bool OnPatrol => Phase != PatrolPhase.Resting;
}

/// <summary>What does not change while a worker patrols.</summary>
/// <param name="CruiseMps">The speed the worker likes: about 1.2 m/s on foot, 4 m/s on a bicycle.</param>
/// <param name="RoamMeters">How far from home the round leads.</param>
public readonly record struct Beat(float HomeEast, float HomeNorth, float CruiseMps, float RoamMeters, Bounds Bounds);
