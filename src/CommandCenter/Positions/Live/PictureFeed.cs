using CommandCenter.Positions.Log;
using CommandCenter.Storage;
using Microsoft.Extensions.Options;

namespace CommandCenter.Positions.Live;

/// <summary>
/// Feeds the live picture from the log: at start from the checkpoint and the log's tail, before the server says ready; then, some dozens of
/// times a second, what any node has appended meanwhile. Walls get frames four times a second, so nobody sees an entry sooner for being read alone.
/// </summary>
public sealed partial class PictureFeed(
    LivePicture picture,
    PictureCheckpoint checkpoint,
    PictureRefill refill,
    RedisConnection redis,
    TimeProvider time,
    FixClock clock,
    LogMetrics metrics,
    IOptions<PositionLogOptions> options,
    ILogger<PictureFeed> logger) : BackgroundService, IStartupStep
{
    private static readonly TimeSpan LongPause = TimeSpan.FromSeconds(2);

    private readonly LogTail[] _tails = [.. Enumerable.Range(0, options.Value.Partitions)
        .Select(partition => new LogTail(redis, partition, TimeSpan.FromMilliseconds(options.Value.PictureMilliseconds)))];

    private readonly LogPosition[] _positions = new LogPosition[options.Value.Partitions];
    private readonly TaskCompletionSource _rebuilt = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _lastReadMs;

    public int Order => 300;

    public string Name => "picture";

    /// <summary>Completes once the picture has been rebuilt.</summary>
    public Task Rebuilt => _rebuilt.Task;

    /// <summary>When the log was last read without an error, ms since 1970 UTC: the picture is as old as this.</summary>
    public long LastReadMs => Volatile.Read(ref _lastReadMs);

    /// <summary>Up to here the partition is in the picture.</summary>
    public LogPosition PositionOf(int partition)
    {
        lock (_positions)
        {
            return _positions[partition];
        }
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        for (var partition = 0; partition < _tails.Length; partition++)
        {
            await ReloadAsync(partition, cancellationToken);
            if (PositionOf(partition) == LogPosition.Start)
            {
                await refill.FillAsync(worker => worker % _tails.Length == partition, cancellationToken);
            }

            var end = await _tails[partition].EndAsync(cancellationToken);
            while (PositionOf(partition) < end && await ReadOnceAsync(partition, cancellationToken) > 0)
            {
            }
        }

        picture.Beat();
        _rebuilt.TrySetResult();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await _rebuilt.Task.WaitAsync(stoppingToken);
        await Task.WhenAll(Enumerable.Range(0, _tails.Length).Select(partition => FollowAsync(partition, stoppingToken)));
    }

    private async Task FollowAsync(int partition, CancellationToken stoppingToken)
    {
        // Where this reader surely was, and when: no entry of before that moment was missed.
        var (sureAt, sure) = (time.GetTimestamp(), PositionOf(partition));
        var away = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var began = time.GetTimestamp();
                var entries = await ReadOnceAsync(partition, stoppingToken);
                if (time.GetElapsedTime(sureAt) > LongPause
                    && await checkpoint.ReadPositionAsync(partition, stoppingToken) > sure)
                {
                    // Paused or cut off so long, perhaps in the midst of a read, that the log may have been trimmed past this reader: what was
                    // read then begins behind a hole, which the checkpoint fills. It changes nothing that is newer.
                    await ReloadAsync(partition, stoppingToken);
                }

                (sureAt, sure) = (began, PositionOf(partition));
                away = false;
                if (entries < _tails[partition].EntriesARead)
                {
                    await _tails[partition].WaitAsync(stoppingToken);
                }
            }
            catch (RedisAwayException e)
            {
                if (!away)
                {
                    LogAway(partition, e.Message);
                }

                away = true;
                await WaitForRedisAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task WaitForRedisAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.Delay(50, stoppingToken);
            await redis.WhenUpAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The loop's condition ends it.
        }
    }

    private async Task ReloadAsync(int partition, CancellationToken cancellationToken)
    {
        var position = await checkpoint.LoadAsync(partition, Restore, cancellationToken);
        Move(partition, position);
    }

    private void Restore(byte[] chunk)
    {
        try
        {
            var (heard, fixes) = PictureChunk.Decode(chunk);
            picture.Restore(heard, fixes);
        }
        catch (InvalidDataException e)
        {
            LogDamaged(e.Message);
        }
    }

    private async Task<int> ReadOnceAsync(int partition, CancellationToken cancellationToken)
    {
        var read = await _tails[partition].ReadAsync(PositionOf(partition), cancellationToken);
        read.ForEachEntry(picture.Apply);
        Move(partition, read.Position);
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        Volatile.Write(ref _lastReadMs, now);
        Measure(read, now);
        return read.EntryCount;
    }

    /// <summary>What is replayed at the start is as old as it is.</summary>
    private void Measure(LogRead read, long nowMs)
    {
        if (_rebuilt.Task.IsCompleted)
        {
            foreach (var (_, receivedAtMs) in read.Entries)
            {
                clock.Applied(receivedAtMs);
                metrics.Pictured((nowMs - receivedAtMs) / 1000.0);
            }
        }
    }

    private void Move(int partition, LogPosition position)
    {
        lock (_positions)
        {
            if (position > _positions[partition])
            {
                _positions[partition] = position;
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The live picture stands still: partition {Partition} of the log cannot be read ({Error})")]
    private partial void LogAway(int partition, string error);

    [LoggerMessage(Level = LogLevel.Error, Message = "A chunk of the picture's checkpoint is damaged and was left out: {Error}")]
    private partial void LogDamaged(string error);
}
