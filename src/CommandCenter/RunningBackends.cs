using System.Runtime.InteropServices;
using CommandCenter.Storage;
using CommandCenter.Storage.Embedded;
using CommandCenter.Telemetry;

namespace CommandCenter;

/// <summary>The data folder's lock and the backends in it, held from before the host is built until after it ended.</summary>
internal sealed class RunningBackends(DataFolder? folder) : IAsyncDisposable
{
    private ILoggerFactory? _loggers;
    private EmbeddedBackends? _backends;

    /// <summary>Starts them and writes their connection strings into the configuration. Ctrl-C ends the wait.</summary>
    public async Task StartAsync(IConfiguration configuration, bool ownPostgres, bool ownRedis, StorageOptions options)
    {
        using var interrupted = new CancellationTokenSource();
        void Interrupt(PosixSignalContext context)
        {
            context.Cancel = true;
            interrupted.Cancel();
        }

        using var onInterrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
        using var onTerminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt);

        // The host's own logging is not there yet and will be gone when the children stop.
        _loggers = new BoundedLog(LoggerFactory.Create(logging => logging.AddConfiguration(configuration.GetSection("Logging")).AddConsole()), TimeProvider.System);
        try
        {
            _backends = await EmbeddedBackends.StartAsync(folder!, ownPostgres, ownRedis, options, TimeProvider.System, _loggers, interrupted.Token);
        }
        catch (OperationCanceledException e) when (interrupted.IsCancellationRequested)
        {
            throw new StartupRefusedException(ExitCode.Stopped, "Stopped while starting.", e);
        }

        configuration["ConnectionStrings:Postgres"] = _backends.Postgres ?? configuration["ConnectionStrings:Postgres"];
        configuration["ConnectionStrings:Redis"] = _backends.Redis ?? configuration["ConnectionStrings:Redis"];
    }

    public async ValueTask DisposeAsync()
    {
        if (_backends is not null)
        {
            await _backends.DisposeAsync();
        }

        folder?.Dispose();
        _loggers?.Dispose();
    }
}
