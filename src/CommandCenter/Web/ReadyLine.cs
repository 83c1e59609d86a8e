using CommandCenter.Storage;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace CommandCenter.Web;

/// <summary>The one line that an operator waits for: where the server listens, once it is ready.</summary>
internal sealed partial class ReadyLine(IServer server, Readiness readiness, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<ReadyLine> logger)
    : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = time.GetTimestamp();
        while (!lifetime.ApplicationStarted.IsCancellationRequested || !readiness.IsReady)
        {
            await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }

        var addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        LogReady(string.Join(", ", addresses), time.GetElapsedTime(started).TotalSeconds);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Ready: {Addresses} ({Seconds:F1} s after the backends)")]
    private partial void LogReady(string addresses, double seconds);
}
