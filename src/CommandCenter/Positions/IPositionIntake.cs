using CommandCenter.Positions.Batch;
using CommandCenter.Tracks;
using CommandCenter.Workers;

namespace CommandCenter.Positions;

/// <summary>
/// The door into the position line. Completes once every kept report is durable, on a thread that up to 31 others wait for: what follows must not block.
/// </summary>
public interface IPositionIntake
{
    /// <summary>Judges and appends the reports of one device, in order. Verdicts are written to <paramref name="verdicts"/> (same length).</summary>
    ValueTask<IntakeOutcome> SubmitAsync(Device device, ReadOnlyMemory<PositionReport> reports, Memory<Verdict> verdicts, CancellationToken cancellationToken);

    /// <summary>
    /// The same for the reports of many devices, each its item's <see cref="BatchItem.Known"/>. Items whose verdict is a refusal already are
    /// passed over.
    /// </summary>
    ValueTask<IntakeOutcome> SubmitAsync(ReadOnlyMemory<BatchItem> items, Memory<Verdict> verdicts, CancellationToken cancellationToken);
}

public enum IntakeOutcome
{
    Durable,

    /// <summary>Redis is away: answered 503 with Retry-After.</summary>
    Unavailable,

    /// <summary>The log is at its bound: answered 503 with Retry-After.</summary>
    Full,
}

/// <summary>What became of one report.</summary>
public readonly record struct Verdict(Refusal Refusal, FixFlags Flags, bool Heartbeat, bool OutOfOrder, string? Detail);
