using System.Buffers;
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
/// is in flight is the next append (group commit). Answered means on disk. What follows an append must not block: some dozens who wait go on one after the other on the
/// thread that ends it (docs/decisions/0014-readers-poll.md).
/// </summary>
public sealed class PositionLog
{
    private static readonly Task<AppendOutcome> Durable = Task.FromResult(AppendOutcome.Durable);

    private readonly PartitionAppender[] _partitions;

    public PositionLog(
        RedisConnection redis,
        TimeProvider time,
        IOptions<PositionLogOptions> options,
        IOptions<PositionOptions> answers,
        LogSize size,
        LogMetrics metrics)
    {
        var answerWithin = TimeSpan.FromMilliseconds(answers.Value.AppendTimeoutMilliseconds);
        _partitions = [.. Enumerable.Range(0, options.Value.Partitions)
            .Select(partition => new PartitionAppender(partition, redis, time, options.Value, answerWithin, size, metrics))];
    }

    public int PartitionOf(int workerId) => workerId % _partitions.Length;

    internal IReadOnlyList<PartitionAppender> Partitions => _partitions;

    /// <param name="fixes">Of one worker.</param>
    public Task<AppendOutcome> AppendAsync(ReadOnlySpan<Fix> fixes) =>
        fixes.IsEmpty ? Durable : _partitions[PartitionOf(fixes[0].WorkerId)].AppendAsync(fixes);

    /// <param name="fixes">Of any workers, in any order.</param>
    public Task<AppendOutcome> AppendOfManyAsync(ReadOnlySpan<Fix> fixes)
    {
        if (fixes.IsEmpty || _partitions.Length == 1)
        {
            return AppendAsync(fixes);
        }

        var appends = new Task<AppendOutcome>[_partitions.Length];
        var own = ArrayPool<Fix>.Shared.Rent(fixes.Length);
        for (var partition = 0; partition < appends.Length; partition++)
        {
            var count = 0;
            foreach (ref readonly var fix in fixes)
            {
                if (PartitionOf(fix.WorkerId) == partition)
                {
                    own[count++] = fix;
                }
            }

            appends[partition] = count == 0 ? Durable : _partitions[partition].AppendAsync(own.AsSpan(0, count));
        }

        ArrayPool<Fix>.Shared.Return(own);
        return PartitionAppender.WorstOfAsync(appends);
    }
}
