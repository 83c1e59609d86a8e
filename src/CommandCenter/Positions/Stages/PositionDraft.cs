using CommandCenter.Tracks;

namespace CommandCenter.Positions.Stages;

/// <summary>A report on its way through the stages, and what they have made of it so far.</summary>
public struct PositionDraft
{
    public required PositionReport Report { get; init; }

    public required int DeviceId { get; init; }

    public required int WorkerId { get; init; }

    /// <summary>ms since 1970 UTC.</summary>
    public required long ReceivedAtMs { get; init; }

    /// <summary>FixTime of the newest fix known before this one, ms since 1970 UTC; 0 for none.</summary>
    public required long NewestKnownMs { get; init; }

    public Fix Fix { get; set; }

    public bool OutOfOrder { get; set; }
}

/// <summary>One step of the position line: passes the draft on, changed or not, or names why it ends here.</summary>
public interface IPositionStage
{
    Refusal Apply(ref PositionDraft draft);
}
