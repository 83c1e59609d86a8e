using CommandCenter.Positions.Log;
using CommandCenter.Storage;
using Microsoft.Extensions.Options;

namespace CommandCenter.Positions.Live;

/// <summary>Every few seconds one node saves each partition's part of the picture, so that a start need not replay the whole log.</summary>
public sealed partial class PictureCheckpointer(
    LivePicture picture,
    PictureFeed feed,
    PictureCheckpoint checkpoint,
    PositionLog log,
    RedisConnection redis,
    TimeProvider time,
    IOptions<LivePictureOptions> options,
    ILogger<PictureCheckpointer> logger) : BackgroundService
{
    /// <summary>A tenth of the time at most is spent in saving, whatever the size.</summary>
    private const int PauseForEachSaving = 10;

    /// <summary>Whatever a saving took: one that was held up for an hour does not put off the next for ten.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await feed.Rebuilt.WaitAsync(stoppingToken);
        var pause = TimeSpan.FromSeconds(options.Value.CheckpointSeconds);
        var leases = Enumerable.Range(0, log.Partitions.Count)
            .Select(partition => new HeldLease(new RedisLease(redis, RedisKeys.CheckpointLease(partition), pause * 2).HoldAsync, pause * 2, time))
            .ToArray();
        using var timer = new PeriodicTimer(pause, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var started = time.GetTimestamp();
            for (var partition = 0; partition < leases.Length; partition++)
            {
                try
                {
                    if (await leases[partition].TakeAsync(stoppingToken))
                    {
                        await SaveAsync(partition, leases[partition], stoppingToken);
                    }
                }
                catch (Exception e) when (e is RedisAwayException or FormatException)
                {
                    LogSkipped(partition, e.Message);
                }
            }

            // A large picture is saved less often: it is some 70 bytes a worker each time, and Redis puts them on disk.
            var rest = time.GetElapsedTime(started) * PauseForEachSaving;
            await Task.Delay(rest < LongestPause ? rest : LongestPause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>A picture of millions takes longer to save than the lease lasts. Whoever has lost it leaves the position to the node that saves now: chunks may be newer than it.</summary>
    private async Task SaveAsync(int partition, HeldLease lease, CancellationToken cancellationToken)
    {
        var position = feed.PositionOf(partition);
        if (await checkpoint.ReadPositionAsync(partition, cancellationToken) >= position)
        {
            return;
        }

        if (await lease.EachAsync(Chunks(partition), one => checkpoint.SaveChunkAsync(partition, one.Chunk, one.Body, cancellationToken), cancellationToken))
        {
            await checkpoint.SavePositionAsync(partition, position, cancellationToken);
        }
    }

    /// <summary>Each encoded when its turn has come.</summary>
    private IEnumerable<(int Chunk, byte[] Body)> Chunks(int partition)
    {
        for (var chunk = 0; EncodeChunk(partition, chunk, out var body); chunk++)
        {
            if (body is not null)
            {
                yield return (chunk, body);
            }
        }
    }

    private bool EncodeChunk(int partition, int chunk, out byte[]? body)
    {
        using var reading = picture.Read();
        var exists = chunk * PictureChunk.Slots < reading.Rows.Length;
        body = exists ? PictureChunk.Encode(reading.Rows, chunk, slot => log.PartitionOf(slot) == partition, reading.NowMs) : null;
        return exists;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Checkpoint of partition {Partition} skipped: {Error}")]
    private partial void LogSkipped(int partition, string error);
}
