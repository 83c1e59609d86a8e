using CommandCenter.Positions.Live;
using CommandCenter.Storage;
using CommandCenter.Tracks;
using Microsoft.Extensions.Options;
using Npgsql;

namespace CommandCenter.Positions.Log;

/// <summary>
/// Cuts the log below what both the tracks and the checkpoint hold, never by length; and looks how much it takes, so that ingest can
/// refuse before Redis does.
/// </summary>
public sealed partial class LogTrimmer(
    PositionLog log,
    LogSize size,
    LogProgress progress,
    TrackStore tracks,
    PictureCheckpoint checkpoint,
    PictureFeed feed,
    RedisConnection redis,
    TimeProvider time,
    LogGauges gauges,
    IOptions<PositionLogOptions> options,
    ILogger<LogTrimmer> logger) : BackgroundService
{
    private const int EntriesAStep = 1_000;

    private readonly bool[] _warned = new bool[options.Value.Partitions];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Held so that the gauges live as long as the log is tended.
        GC.KeepAlive(gauges);
        await feed.Rebuilt.WaitAsync(stoppingToken);
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.TrimSeconds), time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            for (var partition = 0; partition < log.Partitions.Count; partition++)
            {
                await TendAsync(partition, stoppingToken);
            }
        }
    }

    private async Task TendAsync(int partition, CancellationToken cancellationToken)
    {
        try
        {
            await MeasureAsync(partition, cancellationToken);
            var stored = LogPosition.Parse(await tracks.ReadPositionAsync(partition, cancellationToken));
            var entries = await redis.CallAsync(database => database.ExecuteAsync("XLEN", RedisKeys.PositionLog(partition)), cancellationToken);
            progress.Set(partition, (long)entries, stored);
            var saved = await checkpoint.ReadPositionAsync(partition, cancellationToken);
            var keepFrom = stored < saved ? stored : saved;
            if (keepFrom > LogPosition.Start)
            {
                await TrimAsync(partition, keepFrom, cancellationToken);
                await MeasureAsync(partition, cancellationToken);
            }
        }
        catch (Exception e) when (e is RedisAwayException or NpgsqlException or FormatException or InvalidOperationException)
        {
            LogNotTrimmed(partition, e.Message);
        }
    }

    /// <summary>In steps, so that a long log never holds Redis up; whole nodes of the stream only, the rest with a later trim.</summary>
    private async Task TrimAsync(int partition, LogPosition keepFrom, CancellationToken cancellationToken)
    {
        long removed;
        do
        {
            removed = (long)await redis.CallAsync(
                database => database.ExecuteAsync(
                    "XTRIM", RedisKeys.PositionLog(partition), "MINID", "~", keepFrom.ToString(), "LIMIT", EntriesAStep),
                cancellationToken);
        }
        while (removed > 0);
    }

    private async Task MeasureAsync(int partition, CancellationToken cancellationToken)
    {
        var bytes = await redis.CallAsync(
            database => database.ExecuteAsync("MEMORY", "USAGE", RedisKeys.PositionLog(partition), "SAMPLES", 20), cancellationToken);
        size.Set(partition, bytes.IsNull ? 0 : (long)bytes);
        var warn = size.Share(partition) >= options.Value.WarnShare;
        if (warn && !_warned[partition])
        {
            LogGrowing(partition, size.Share(partition) * 100, size.Bytes(partition));
        }

        _warned[partition] = warn;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The position log of partition {Partition} fills {Percent:F0} % of its bound ({Bytes} bytes): is PostgreSQL there, is the track writer keeping up?")]
    private partial void LogGrowing(int partition, double percent, long bytes);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Partition {Partition} of the log was not trimmed: {Error}")]
    private partial void LogNotTrimmed(int partition, string error);
}
