using CommandCenter.Storage;
using CommandCenter.Tracks;
using Microsoft.Extensions.Options;

namespace CommandCenter.Positions.Log;

/// <summary>What became of an append.</summary>
public enum AppendOutcome
{
    /// <summary>On disk in Redis.</summary>
    Durable,

    /// <summary>Redis is away or did not answer: it may or may not be there, send it again.</summary>
    Unavailable,

    /// <summary>The log or the queue before it is at its bound: send it again later.</summary>
    Full,
}

/// <summary>
/// The durable log of accepted fixes: workers are spread over partitions by their number; what reaches a partition while an append
/// is in flight is the next append (group commit). Answered means on disk.
/// </summary>
public sealed class PositionLog
{
    private readonly PartitionAppender[] _partitions;

    public PositionLog(RedisConnection redis, TimeProvider time, IOptions<PositionLogOptions> options, LogSize size, LogMetrics metrics)
    {
        _partitions = [.. Enumerable.Range(0, options.Value.Partitions)
            .Select(partition => new PartitionAppender(partition, redis, time, options.Value, size, metrics))];
    }

    public int PartitionOf(int workerId) => workerId % _partitions.Length;

    internal IReadOnlyList<PartitionAppender> Partitions => _partitions;

    /// <param name="fixes">Of one worker.</param>
    public Task<AppendOutcome> AppendAsync(ReadOnlySpan<Fix> fixes) =>
        fixes.IsEmpty ? Task.FromResult(AppendOutcome.Durable) : _partitions[PartitionOf(fixes[0].WorkerId)].AppendAsync(fixes);
}
