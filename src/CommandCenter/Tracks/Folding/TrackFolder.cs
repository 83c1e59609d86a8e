using CommandCenter.Storage;
using Microsoft.Extensions.Options;
using Npgsql;

namespace CommandCenter.Tracks.Folding;

/// <summary>
/// Folds pieces into segments, on one node at a time: read, merge, write, re-runnable at any moment. Between two batches it rests as long as the last one took, so that
/// the live path has the disk at least half of the time. A loop of its own: what it works on is found in the table, so there is nothing a scheduler would have to remember.
/// </summary>
public sealed partial class TrackFolder(
    TrackFoldStore store,
    TrackPartitions partitions,
    RedisConnection redis,
    Readiness readiness,
    TimeProvider time,
    IOptions<TrackFoldingOptions> options,
    ILogger<TrackFolder> logger) : BackgroundService
{
    private const int HoursALook = 20_000;

    /// <summary>Workers' hours with a damaged body, which are left as they are until the next start.</summary>
    private readonly HashSet<(long HourMs, int WorkerId)> _unreadable = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Enabled)
        {
            return;
        }

        var pause = TimeSpan.FromSeconds(options.Value.LookSeconds);
        while (!readiness.IsReady)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), time, stoppingToken);
        }

        var lease = new RedisLease(redis, RedisKeys.TrackFolderLease, TimeSpan.FromSeconds(options.Value.LeaseSeconds));
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await lease.HoldAsync(stoppingToken) && await FoldDueAsync(lease, stoppingToken))
                {
                    // As long as there is more than one look finds.
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception e) when (e is NpgsqlException or RedisAwayException or TimeoutException or InvalidDataException)
            {
                // What was begun is undone and found again; pieces are read meanwhile as well as segments.
                partitions.Forget();
                FoldingMetrics.Interrupted.Add(1);
                LogInterrupted(e.Message);
            }

            await Task.Delay(pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>True: there may be more to do at once.</summary>
    private async Task<bool> FoldDueAsync(RedisLease lease, CancellationToken cancellationToken)
    {
        var nowMs = time.GetUtcNow().ToUnixTimeMilliseconds();
        var today = TrackPartitions.DayOf(nowMs);
        await partitions.EnsureAsync(today, cancellationToken);
        await partitions.EnsureAsync(today + 1, cancellationToken);
        var closedMs = TrackPiece.HourOf(nowMs - (long)(options.Value.QuietMinutes * 60_000));
        var due = await store.FindDueAsync(options.Value.Pieces, closedMs, HoursALook, cancellationToken);
        var renewed = time.GetTimestamp();
        foreach (var batch in TrackFold.Batches(due.Where(hour => !_unreadable.Contains((hour.HourMs, hour.WorkerId))), options.Value.BatchFixes))
        {
            if (time.GetElapsedTime(renewed).TotalSeconds > options.Value.LeaseSeconds / 3)
            {
                if (!await lease.HoldAsync(cancellationToken))
                {
                    return false;
                }

                renewed = time.GetTimestamp();
            }

            var started = time.GetTimestamp();
            await FoldAsync(batch, cancellationToken);
            await Task.Delay(time.GetElapsedTime(started), time, cancellationToken);
        }

        return due.Count == HoursALook && _unreadable.Count < HoursALook;
    }

    private async Task FoldAsync(List<DueHour> batch, CancellationToken cancellationToken)
    {
        var hourMs = batch[0].HourMs;
        await partitions.EnsureAsync(TrackPartitions.DayOf(hourMs), cancellationToken);
        try
        {
            FoldingMetrics.Pieces.Add(await store.FoldAsync(hourMs, [.. batch.Select(hour => hour.WorkerId)], cancellationToken));
            FoldingMetrics.Segments.Add(batch.Count);
        }
        catch (InvalidDataException) when (batch.Count > 1)
        {
            foreach (var hour in batch)
            {
                await FoldAsync([hour], cancellationToken);
            }
        }
        catch (InvalidDataException e)
        {
            _unreadable.Add((hourMs, batch[0].WorkerId));
            FoldingMetrics.Unreadable.Add(1);
            LogUnreadable(batch[0].WorkerId, DateTimeOffset.FromUnixTimeMilliseconds(hourMs), e.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Folding tracks is interrupted and goes on later: {Error}")]
    private partial void LogInterrupted(string error);

    [LoggerMessage(Level = LogLevel.Error, Message = "A stored track of worker {WorkerId} in the hour of {Hour} is damaged and is left unfolded: {Error}")]
    private partial void LogUnreadable(int workerId, DateTimeOffset hour, string error);
}
