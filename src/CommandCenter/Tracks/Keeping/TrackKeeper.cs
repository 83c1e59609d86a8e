using CommandCenter.Storage;
using CommandCenter.Tracks.Notes;
using Microsoft.Extensions.Options;

namespace CommandCenter.Tracks.Keeping;

/// <summary>Lets tracks go when their time is over and finishes erasures, on one node at a time.</summary>
internal sealed partial class TrackKeeper(
    RetentionSweep retention,
    SummarySweep summaries,
    TrackEraser eraser,
    NoteSweep notes,
    IEnumerable<IKeptBeside> beside,
    RedisConnection redis,
    Readiness readiness,
    KeepingMetrics metrics,
    IOptions<TrackKeepingOptions> options,
    TimeProvider time,
    ILogger<TrackKeeper> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Backends come back sooner than the next round.</summary>
    private static readonly TimeSpan Retry = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!readiness.IsReady)
        {
            await Task.Delay(Pause / 5, time, stoppingToken);
        }

        var lease = new RedisLease(redis, RedisKeys.TrackKeeperLease, TimeSpan.FromSeconds(options.Value.LeaseSeconds));
        while (true)
        {
            var pause = TimeSpan.FromMinutes(options.Value.EveryMinutes);
            try
            {
                if (await lease.HoldAsync(stoppingToken))
                {
                    await RunAsync(lease, stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                LogInterrupted(e.Message);
                pause = pause < Retry ? pause : Retry;
            }

            await Task.Delay(pause, time, stoppingToken);
        }
    }

    private async Task RunAsync(RedisLease lease, CancellationToken stoppingToken)
    {
        // Told from the start, so that a silence of the counters means that no round came.
        metrics.Deleted("retention", default);
        metrics.Deleted("summaries", default);
        var renewed = time.GetTimestamp();
        var erased = await eraser.ContinueAllAsync(stoppingToken);
        var deleted = await retention.RunAsync(AfterStepOf("retention"), stoppingToken);
        metrics.Deleted("retention", new Deleted(await notes.RunAsync(stoppingToken), 0));
        deleted += await summaries.RunAsync(AfterStepOf("summaries"), stoppingToken);
        foreach (var one in beside)
        {
            metrics.Deleted(one.Why, default);
            deleted += await one.RunAsync(AfterStepOf(one.Why), stoppingToken);
        }

        if (deleted.Rows > 0 || erased.Rows > 0)
        {
            LogDeleted(deleted.Fixes, deleted.Rows, erased.Fixes);
        }

        Func<Deleted, CancellationToken, Task> AfterStepOf(string why) => async (step, cancellationToken) =>
        {
            metrics.Deleted(why, step);
            if (time.GetElapsedTime(renewed).TotalSeconds > options.Value.LeaseSeconds / 3)
            {
                if (!await lease.HoldAsync(cancellationToken))
                {
                    throw new InvalidOperationException("Another node keeps the tracks now.");
                }

                renewed = time.GetTimestamp();
            }

            if (step.Rows > 0)
            {
                await Task.Delay(options.Value.PauseMilliseconds, cancellationToken);
            }
        };
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Deleted {Fixes} fixes in {Rows} rows whose keeping is over, and {Erased} fixes that turned up after an erasure")]
    private partial void LogDeleted(long fixes, long rows, long erased);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Letting go of old tracks is interrupted and goes on later: {Error}")]
    private partial void LogInterrupted(string error);
}
