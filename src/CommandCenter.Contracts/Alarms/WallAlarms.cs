using MessagePack;

namespace CommandCenter.Contracts.Alarms;

/// <summary>
/// What <c>WallHub.Alarms</c> streams: first one that holds all open alarms in the scope (<see cref="Full"/>), then one as soon as something happens, ahead of the frames
/// of positions; nothing is left out or merged. A wall that was away gets a full one again.
/// </summary>
[MessagePackObject]
public sealed record AlarmNews
{
    /// <summary>These are all that are open; what the wall knows beside them is over.</summary>
    [Key("full")] public bool Full { get; init; }

    /// <summary>Server time, ms since 1970 UTC: running clocks count from it.</summary>
    [Key("time")] public long Time { get; init; }

    /// <summary>Where alarms are read from now: nothing, redis or postgres. Anything but nothing: the wall is told in degraded mode.</summary>
    [Key("away"), OneOf("", "redis", "postgres")] public string Away { get; init; } = "";

    [Key("alarms")] public IReadOnlyList<WallAlarm> Alarms { get; init; } = [];
}

/// <summary>An alarm on a wall; members are those of <see cref="AlarmInfo"/>, times in ms since 1970 UTC.</summary>
[MessagePackObject]
public sealed record WallAlarm
{
    [Key("id")] public string Id { get; init; } = "";

    /// <summary>Grows with each change of this alarm: the wall acknowledges what it has drawn by it.</summary>
    [Key("version")] public long Version { get; init; }

    [Key("kind"), OneOf("sos", "lostContact", "leftGrid", "stationary", "lowBattery", "information")] public string Kind { get; init; } = "";

    [Key("priority")] public int Priority { get; init; }

    [Key("state"), OneOf("raised", "acknowledged", "assigned", "onScene", "resolved", "falseAlarm")] public string State { get; init; } = "";

    [Key("worker")] public string? Worker { get; init; }

    /// <summary>Null for a stranger.</summary>
    [Key("name")] public string? Name { get; init; }

    [Key("area")] public string Area { get; init; } = "";

    [Key("place")] public string? Place { get; init; }

    [Key("occurredAt")] public long OccurredAt { get; init; }

    [Key("arrivedAt")] public long ArrivedAt { get; init; }

    /// <summary>From when its clock runs while nobody has acknowledged it: its arrival, or when it was opened again.</summary>
    [Key("waitsSince")] public long WaitsSince { get; init; }

    [Key("late")] public bool Late { get; init; }

    [Key("offDuty")] public bool OffDuty { get; init; }

    [Key("exercise")] public bool Exercise { get; init; }

    [Key("longitude")] public double? Longitude { get; init; }

    [Key("latitude")] public double? Latitude { get; init; }

    [Key("accuracyMeters")] public double? AccuracyMeters { get; init; }

    [Key("level")] public int Level { get; init; }

    [Key("repeats")] public int Repeats { get; init; }

    [Key("acknowledgedBy")] public string? AcknowledgedBy { get; init; }

    [Key("acknowledgedAt")] public long? AcknowledgedAt { get; init; }
}
