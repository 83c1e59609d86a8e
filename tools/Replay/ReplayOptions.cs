using CommandCenter.Phones;
using CommandCenter.Replay.Reading;
using CommandCenter.Replay.Shifting;

namespace CommandCenter.Replay;

/// <summary>What the command line asked for, checked.</summary>
public sealed record ReplayOptions
{
    public required IReadOnlyList<string> Inputs { get; init; }

    public ColumnMap Columns { get; init; } = ColumnMap.Guessing;

    public Wanted Wanted { get; init; } = new();

    /// <summary>One app a device, in the order given; empty only for a dry run.</summary>
    public IReadOnlyList<IPhoneApp> Apps { get; init; } = [];

    /// <summary>Null plays as fast as the server takes it.</summary>
    public double? Speed { get; init; } = 1;

    public (double Longitude, double Latitude)? ShiftTo { get; init; }

    /// <summary>Metres.</summary>
    public (double East, double North)? ShiftPlace { get; init; }

    public TimeShift ShiftTime { get; init; }

    public bool ByDay { get; init; }

    public Arrange Arrange { get; init; }
}
