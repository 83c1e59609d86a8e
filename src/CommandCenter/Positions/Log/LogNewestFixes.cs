using CommandCenter.Storage;
using CommandCenter.Tracks;
using Microsoft.Extensions.Options;

namespace CommandCenter.Positions.Log;

/// <summary>The newest fixes of tracks, from the log itself: what phones were answered for a moment ago is in it, on whatever node it arrived.</summary>
public sealed class LogNewestFixes : INewestFixes, IDisposable
{
    /// <summary>Entries a read: at most some 18 MB from Redis at once.</summary>
    private const int EntriesARead = 256;

    /// <summary>What was read is kept so long after the last reader.</summary>
    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(30);

    private readonly PositionLog _log;
    private readonly UnstoredFixes[] _partitions;
    private readonly ITimer _idle;

    public LogNewestFixes(PositionLog log, RedisConnection redis, TrackStore store, TimeProvider time, IOptions<PositionLogOptions> options)
    {
        _log = log;
        var poll = TimeSpan.FromSeconds(options.Value.PollSeconds);
        var most = Math.Max(1, options.Value.UnstoredFixes / options.Value.Partitions);
        _partitions = [.. Enumerable.Range(0, options.Value.Partitions)
            .Select(partition => new UnstoredFixes(new LogTail(redis, partition, poll, EntriesARead), store, partition, most))];
        _idle = time.CreateTimer(_ => Array.ForEach(_partitions, partition => partition.Forget()), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public async Task<List<Fix>> ReadAsync(IReadOnlySet<int>? workerIds, long fromMs, long toMs, CancellationToken cancellationToken)
    {
        _idle.Change(KeptFor, Timeout.InfiniteTimeSpan);
        var wanted = workerIds is null ? _partitions : [.. workerIds.Select(_log.PartitionOf).Distinct().Select(partition => _partitions[partition])];
        var parts = await Task.WhenAll(wanted.Select(partition => partition.ReadAsync(cancellationToken)));
        var found = new List<Fix>();
        foreach (var fixes in parts.SelectMany(part => part))
        {
            foreach (ref readonly var fix in fixes.AsSpan())
            {
                if (fix.FixTimeMs >= fromMs && fix.FixTimeMs < toMs && workerIds?.Contains(fix.WorkerId) != false)
                {
                    found.Add(fix);
                }
            }
        }

        return found;
    }

    public void Dispose()
    {
        _idle.Dispose();
        Array.ForEach(_partitions, partition => partition.Dispose());
    }
}
