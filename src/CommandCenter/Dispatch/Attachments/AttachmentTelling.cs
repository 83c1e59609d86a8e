using CommandCenter.Alarms;
using CommandCenter.Storage;

namespace CommandCenter.Dispatch.Attachments;

/// <summary>
/// Puts stored files into the ledgers of their alarms, which also tells every wall. The step's id follows from the file, so that one told twice, after a kill in between, stands there
/// once; what the request could not tell is told by the clock, on whatever node.
/// </summary>
internal sealed partial class AttachmentTelling(
    AttachmentStore store, AlarmLife alarms, Readiness readiness, TimeProvider time, ILogger<AttachmentTelling> logger) : BackgroundService
{
    private const int MostATime = 50;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    /// <summary>Younger ones are still being told by their request.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    /// <exception cref="RedisAwayException">It could be told nowhere: the clock tells it later.</exception>
    public async Task TellAsync(AlarmState alarm, AttachmentRow row, CancellationToken cancellationToken)
    {
        await alarms.PutBesideAsync(alarm, row.ToEvent(), cancellationToken);
        await store.ToldAsync(row.AlarmId, row.Id, cancellationToken);
    }

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
                await TellLeftAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // Whatever it is, the next look tries again: this loop must not end.
                LogUntold(e.Message);
            }
        }
    }

    private async Task TellLeftAsync(CancellationToken cancellationToken)
    {
        foreach (var row in await store.UntoldAsync((time.GetUtcNow() - Grace).ToUnixTimeMilliseconds(), MostATime, cancellationToken))
        {
            if (await alarms.FindAsync(row.AlarmId, cancellationToken) is { } alarm)
            {
                await TellAsync(alarm, row, cancellationToken);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Attachments cannot be put into the alarms' ledgers now: {Error}")]
    private partial void LogUntold(string error);
}
