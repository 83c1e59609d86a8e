using System.Runtime.InteropServices;
using CommandCenter.Storage;
using CommandCenter.Tracks.Reading;
using CommandCenter.Web;
using Microsoft.Extensions.Options;

namespace CommandCenter.Tracks.Meaning;

/// <summary>
/// Sums up workers' days on one node at a time: takes notes of what was stored, reads what is due, asks the pure rules, writes. Killed anywhere it loses nothing: a
/// note is deleted in the transaction that makes its day due, and a day stays due until its summary is written.
/// </summary>
public sealed partial class TrackDayJob(
    TrackStore tracks,
    TrackDayStore days,
    RedisConnection redis,
    SchemaMigrations schema,
    TimeProvider time,
    IOptions<CenterOptions> center,
    IOptions<TrackMeaningOptions> options,
    ILogger<TrackDayJob> logger) : BackgroundService
{
    private const int NotesATime = 5_000;
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);

    private readonly TrackMeaning _meaning = new(options.Value);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await schema.WhenAppliedAsync(stoppingToken);
        var lease = new RedisLease(redis, RedisKeys.TrackDaysLease, Lease);
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.DayPauseSeconds), time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                while (await lease.HoldAsync(stoppingToken) && await StepAsync(stoppingToken))
                {
                }
            }
            catch (Exception e) when (BackendAway.Means(e))
            {
                LogWaiting(e.Message);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogFailed(e);
            }
        }
    }

    /// <summary>One small step; false when there is nothing left to do for now.</summary>
    internal async Task<bool> StepAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var taken = await days.TakeAsync(NotesATime, hours => TrackDayRules.DaysOf(hours, center.Value), now, cancellationToken);
        var refresh = now - TimeSpan.FromMinutes(options.Value.DayRefreshMinutes);
        var due = await days.DueAsync(TrackDayRules.RunningDay(now, center.Value), refresh, now, options.Value.DayBatch, cancellationToken);
        foreach (var day in due)
        {
            try
            {
                await SumUpAsync(day, cancellationToken);
            }
            catch (OverflowException e)
            {
                LogUnreadable(day.WorkerId, day.Day, e.Message);
                await days.PostponeAsync(day, time.GetUtcNow().AddDays(1), cancellationToken);
            }
        }

        return taken == NotesATime || due.Count == options.Value.DayBatch;
    }

    private async Task SumUpAsync(DueDay day, CancellationToken cancellationToken)
    {
        var (from, to) = TrackDayRules.BoundsOf(day.Day, center.Value);

        // What is stored and no more: what the log still holds leaves a note when it is stored.
        var damaged = 0;
        var fixes = await tracks.ReadAsync(day.WorkerId, from.ToUnixTimeMilliseconds(), to.ToUnixTimeMilliseconds(), cancellationToken, () => damaged++);
        if (damaged > 0)
        {
            ReadingMetrics.Unreadable.Add(damaged);
            LogDamaged(day.WorkerId, day.Day, damaged);
        }

        _meaning.Read(CollectionsMarshal.AsSpan(fixes));
        await days.WriteAsync(day, TrackDayRules.SumOf(_meaning), damaged, to + TrackDayRules.Settle, time.GetUtcNow(), cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Summing up days waits: {Error}")]
    private partial void LogWaiting(string error);

    [LoggerMessage(Level = LogLevel.Error, Message = "Summing up days failed; it is tried again")]
    private partial void LogFailed(Exception error);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Count} stored stretches of worker {WorkerId} on {Day} are damaged and not in the day's summary, which says that it is not complete")]
    private partial void LogDamaged(int workerId, DateOnly day, int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "The track of worker {WorkerId} on {Day} cannot be read, its summary waits a day: {Error}")]
    private partial void LogUnreadable(int workerId, DateOnly day, string error);
}
