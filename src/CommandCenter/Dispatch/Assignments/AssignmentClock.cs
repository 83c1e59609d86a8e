using CommandCenter.Storage;

namespace CommandCenter.Dispatch.Assignments;

/// <summary>
/// Ends offers that nobody answered, and what was left of alarms that are closed; tells what was left untold. Runs on every node: each act is decided under the row's lock, so that
/// it is done once.
/// </summary>
internal sealed partial class AssignmentClock(
    AssignmentStore store, AssignmentTelling telling, AlarmPlaces alarms, Readiness readiness, TimeProvider time, ILogger<AssignmentClock> logger) : BackgroundService
{
    private const int MostATime = 200;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Pause * (0.8 + (0.4 * Random.Shared.NextDouble())), time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!readiness.IsReady || stoppingToken.IsCancellationRequested)
            {
                continue;
            }

            try
            {
                await EndUnansweredAsync(stoppingToken);
                await EndOfClosedAsync(stoppingToken);
                await telling.TellAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // Whatever it is, the next look tries again: this loop must not end.
                LogInterrupted(e.Message);
            }
        }
    }

    private async Task EndUnansweredAsync(CancellationToken cancellationToken)
    {
        foreach (var id in await store.DueAsync(time.GetUtcNow(), MostATime, cancellationToken))
        {
            await store.SetAsync(id, AssignmentState.NoAnswer, AssignmentActor.Clock, null, null, null, cancellationToken);
        }
    }

    /// <summary>Who was there has cleared, who was not need not come: else they would be taken for ever.</summary>
    private async Task EndOfClosedAsync(CancellationToken cancellationToken)
    {
        foreach (var alarmId in await store.AlarmsUnderWayAsync(cancellationToken))
        {
            if (await alarms.FindAsync(alarmId, cancellationToken) is { IsOpen: false })
            {
                foreach (var row in await store.OpenOfAlarmAsync(alarmId, cancellationToken))
                {
                    var end = row.State >= (short)AssignmentState.OnScene ? AssignmentState.Cleared : AssignmentState.Cancelled;
                    await store.SetAsync(row.Id, end, AssignmentActor.Closing, null, null, null, cancellationToken);
                }
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Assignments are not looked after now: {Error}")]
    private partial void LogInterrupted(string error);
}
