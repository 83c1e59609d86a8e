using CommandCenter.Storage;
using Microsoft.Extensions.Options;

namespace CommandCenter.Alarms.Ledger;

/// <summary>Signs the heads of the ledgers that grew since the last time, every hour by default; each node in its own data folder.</summary>
public sealed partial class HeadSigner(
    AlarmReads reads, HeadArchive archive, SchemaMigrations schema, TimeProvider time, IOptions<AlarmOptions> options, ILogger<HeadSigner> logger) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    /// <summary>Steps are seen once their transaction has ended, some seconds after their time.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await schema.WhenAppliedAsync(stoppingToken);
        var every = TimeSpan.FromMinutes(options.Value.SignHeadsMinutes);
        using var timer = new PeriodicTimer(every < TimeSpan.FromMinutes(1) ? Look : TimeSpan.FromSeconds(30), time);
        DateTimeOffset? last = null;
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                var now = time.GetUtcNow();
                last ??= archive.NewestAt() ?? DateTimeOffset.UnixEpoch;
                if (now - last >= every)
                {
                    await SignAsync(last.Value, now, stoppingToken);
                    last = now;
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // Whatever it is, the next look tries again.
                LogNotSigned(e.Message);
            }
        }
    }

    private async Task SignAsync(DateTimeOffset since, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var heads = await reads.HeadsSinceAsync((since - Overlap).UtcDateTime, cancellationToken);
        if (heads.Count > 0)
        {
            archive.Add(now, heads);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The heads of the alarms' ledgers were not signed: {Error}")]
    private partial void LogNotSigned(string error);
}
