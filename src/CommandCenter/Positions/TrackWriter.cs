using System.Diagnostics;
using CommandCenter.Positions.Log;
using CommandCenter.Storage;
using CommandCenter.Tracks;
using Microsoft.Extensions.Options;
using Npgsql;

namespace CommandCenter.Positions;

/// <summary>
/// Writes each partition of the log to tracks, on one node at a time. Pieces and the new log position are one transaction, so that
/// whatever dies, a fix is stored once.
/// </summary>
public sealed partial class TrackWriter(
    TrackStore store,
    RedisConnection redis,
    TimeProvider time,
    LogMetrics metrics,
    Readiness readiness,
    IOptions<PositionLogOptions> logOptions,
    IOptions<TrackWriterOptions> options,
    ILogger<TrackWriter> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly ActivitySource Activities = new("CommandCenter.Positions");

    private readonly WriterInterruptions _interruptions = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!readiness.IsReady)
        {
            await Task.Delay(Pause / 5, time, stoppingToken);
        }

        await Task.WhenAll(Enumerable.Range(0, logOptions.Value.Partitions).Select(partition => WriteAsync(partition, stoppingToken)));
    }

    private async Task WriteAsync(int partition, CancellationToken stoppingToken)
    {
        var lease = new RedisLease(redis, RedisKeys.TrackWriterLease(partition), TimeSpan.FromSeconds(options.Value.LeaseSeconds));
        var tail = new LogTail(redis, partition, TimeSpan.FromSeconds(logOptions.Value.PollSeconds));
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await lease.HoldAsync(stoppingToken))
                {
                    await WriteWhileHeldAsync(partition, lease, tail, stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // Whatever it is, the other partitions and the live picture go on; what was read is read again.
                if (_interruptions.MustSay(partition, time))
                {
                    LogInterrupted(partition, e.Message);
                }
            }

            await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Returns when the lease or the race for the position is lost; what was pending is read again by whoever writes next.</summary>
    private async Task WriteWhileHeldAsync(int partition, RedisLease lease, LogTail tail, CancellationToken stoppingToken)
    {
        var stored = await store.ReadPositionAsync(partition, stoppingToken);
        var pending = new PendingTracks(LogPosition.Parse(stored), time);
        var renewed = time.GetTimestamp();
        try
        {
            while (true)
            {
                if (time.GetElapsedTime(renewed).TotalSeconds > options.Value.LeaseSeconds / 3)
                {
                    if (!await lease.HoldAsync(stoppingToken))
                    {
                        return;
                    }

                    renewed = time.GetTimestamp();
                }

                var mayRead = pending.Count < MostPending(pending);
                var entries = mayRead ? await ReadAsync(partition, tail, pending, stoppingToken) : 0;
                var due = pending.Age.TotalSeconds >= options.Value.FlushSeconds || pending.Count >= MostPending(pending);
                if (due && !await HeldAsync(lease, FlushAsync(partition, pending, stoppingToken), stoppingToken))
                {
                    return;
                }

                if (mayRead && entries < tail.EntriesARead)
                {
                    await tail.WaitAsync(stoppingToken);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            using var last = new CancellationTokenSource(TimeSpan.FromSeconds(5), time);
            await FlushAsync(partition, pending, last.Token);
            await lease.ReleaseAsync(last.Token);
            throw;
        }
    }

    /// <summary>More workers wait with more fixes, so that their rows are not of one fix each.</summary>
    private int MostPending(PendingTracks pending) => Math.Max(options.Value.PendingFixes, PendingTracks.EnoughOfAWorker * pending.Workers);

    /// <summary>A country's minute takes longer to store than the lease lasts: meanwhile it is prolonged, as far as Redis is there.</summary>
    private async Task<bool> HeldAsync(RedisLease lease, Task<bool> flush, CancellationToken cancellationToken)
    {
        var renewal = TimeSpan.FromSeconds(options.Value.LeaseSeconds / 3);
        while (!flush.IsCompleted)
        {
            await Task.WhenAny(flush, Task.Delay(renewal, time, cancellationToken));
            if (!flush.IsCompleted)
            {
                try
                {
                    await lease.HoldAsync(cancellationToken);
                }
                catch (Exception e) when (e is RedisAwayException or OperationCanceledException)
                {
                    return await flush;
                }
            }
        }

        return await flush;
    }

    private async Task<int> ReadAsync(int partition, LogTail tail, PendingTracks pending, CancellationToken cancellationToken)
    {
        var read = await tail.ReadAsync(pending.End, cancellationToken);
        foreach (var (position, body, reason) in read.Poisoned)
        {
            LogPoisoned(partition, position.ToString(), reason);
            metrics.Poisoned(partition);
            await store.SetAsideAsync(partition, position.ToString(), time.GetUtcNow(), reason, body, cancellationToken);
        }

        pending.Add(read);
        return read.EntryCount;
    }

    private async Task<bool> FlushAsync(int partition, PendingTracks pending, CancellationToken cancellationToken)
    {
        if (pending.End == pending.Stored)
        {
            pending.Restart();
            return true;
        }

        var fixes = pending.Count;
        using var activity = Activities.StartActivity("store tracks");
        activity?.SetTag("partition", partition).SetTag("fixes", fixes);
        var started = time.GetTimestamp();
        bool moved;
        try
        {
            moved = await store.AppendAsync(partition, pending.Stored.ToString(), pending.End.ToString(), pending.Pieces(), cancellationToken);
        }
        catch (PostgresException refusal) when (TrackStore.IsPermanent(refusal))
        {
            (moved, var rejected) = await FlushOneByOneAsync(partition, pending, cancellationToken);
            fixes -= rejected;
        }

        if (moved)
        {
            if (_interruptions.End(partition, time) is { } lasted)
            {
                LogGoesOn(partition, lasted.TotalSeconds);
            }

            metrics.Stored(partition, fixes);
            metrics.Flushed(time.GetElapsedTime(started).TotalSeconds);
            pending.Restart();
        }
        else
        {
            LogOvertaken(partition);
        }

        return moved;
    }

    /// <summary>What would be refused for ever must not hold up the rest: it is set aside, durably, and named.</summary>
    private async Task<(bool Moved, int RejectedFixes)> FlushOneByOneAsync(int partition, PendingTracks pending, CancellationToken cancellationToken)
    {
        var rejected = await store.AppendOneByOneAsync(
            partition, pending.Stored.ToString(), pending.End.ToString(), pending.Pieces(), time.GetUtcNow(), cancellationToken);
        foreach (var (piece, reason) in rejected ?? [])
        {
            metrics.Rejected(partition, piece.Count);
            LogRejected(piece.Count, piece.WorkerId, partition, pending.Stored.ToString(), pending.End.ToString(), reason);
        }

        return (rejected is not null, rejected?.Sum(found => found.Piece.Count) ?? 0);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "PostgreSQL refuses {Fixes} fixes of worker {WorkerId} for good; they were set aside in track_rejects (partition {Partition} of the log, {From} to {To}): {Reason}")]
    private partial void LogRejected(int fixes, int workerId, int partition, string from, string to, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Writing tracks of partition {Partition} is interrupted, the log holds them meanwhile: {Error}")]
    private partial void LogInterrupted(int partition, string error);

    [LoggerMessage(Level = LogLevel.Information, Message = "Writing tracks of partition {Partition} goes on after {Seconds:0.0} s")]
    private partial void LogGoesOn(int partition, double seconds);

    [LoggerMessage(Level = LogLevel.Information, Message = "Another node writes the tracks of partition {Partition}")]
    private partial void LogOvertaken(int partition);

    [LoggerMessage(Level = LogLevel.Error, Message = "Entry {Position} of partition {Partition} of the log is no batch and was set aside: {Reason}")]
    private partial void LogPoisoned(int partition, string position, string reason);
}
