using System.Diagnostics.CodeAnalysis;
using CommandCenter.Tracks;
using CommandCenter.Workers;

namespace CommandCenter.Positions.Stages;

/// <summary>A report on its way through the stages, and what they have made of it so far.</summary>
/// <remarks>Report and fix are handed out by reference: copies of them were a good part of what a fix cost.</remarks>
/// <param name="report">As the phone sent it.</param>
/// <param name="device">Whose it is.</param>
/// <param name="receivedAtMs">ms since 1970 UTC.</param>
/// <param name="newestKnownMs">FixTime of the newest fix known before this one, ms since 1970 UTC; 0 for none.</param>
public struct PositionDraft(in PositionReport report, Device device, long receivedAtMs, long newestKnownMs)
{
    private readonly PositionReport _report = report;
    private Fix _fix;

    [UnscopedRef]
    public readonly ref readonly PositionReport Report => ref _report;

    public int DeviceId { get; } = device.Id;

    public int WorkerId { get; } = device.WorkerId;

    /// <summary>ms since 1970 UTC.</summary>
    public long ReceivedAtMs { get; } = receivedAtMs;

    /// <summary>FixTime of the newest fix known before this one, ms since 1970 UTC; 0 for none.</summary>
    public long NewestKnownMs { get; } = newestKnownMs;

    [UnscopedRef]
    public ref Fix Fix => ref _fix;

    public bool OutOfOrder { get; set; }
}

/// <summary>One step of the position line: passes the draft on, changed or not, or names why it ends here.</summary>
public interface IPositionStage
{
    Refusal Apply(ref PositionDraft draft);
}
