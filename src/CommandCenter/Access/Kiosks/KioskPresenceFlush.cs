using CommandCenter.Storage;

namespace CommandCenter.Access.Kiosks;

/// <summary>Writes twice a minute which kiosks are alive: one statement for all, never one a request.</summary>
public sealed partial class KioskPresenceFlush(
    KioskPresence presence, KioskStore store, SchemaMigrations schema, TimeProvider time, ILogger<KioskPresenceFlush> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await schema.WhenAppliedAsync(stoppingToken);
        using var timer = new PeriodicTimer(Pause, time);
        var written = DateTimeOffset.MinValue;
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                var now = time.GetUtcNow();
                await store.SeenAsync(presence.Since(written), stoppingToken);
                written = now;
            }
            catch (Exception e) when (BackendAway.Means(e))
            {
                // The next round writes it: nothing noted is forgotten meanwhile.
                LogWaiting(e.Message);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "When kiosks were seen is not written now: {Error}")]
    private partial void LogWaiting(string error);
}
