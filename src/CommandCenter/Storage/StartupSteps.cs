using System.Globalization;

namespace CommandCenter.Storage;

/// <summary>Runs the startup steps in order while the server already listens; each keeps it from ready until done.</summary>
public sealed partial class StartupSteps : BackgroundService
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly IStartupStep[] _steps;
    private readonly Readiness _readiness;
    private readonly IHostApplicationLifetime _lifetime;
    private readonly TimeProvider _time;
    private readonly ILogger<StartupSteps> _logger;
    private volatile bool _finished;

    public StartupSteps(
        IEnumerable<IStartupStep> steps, Readiness readiness, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<StartupSteps> logger)
    {
        _steps = [.. steps.OrderBy(step => step.Order)];
        _readiness = readiness;
        _lifetime = lifetime;
        _time = time;
        _logger = logger;
        foreach (var step in _steps)
        {
            readiness.Wait(step.Name, "not started yet");
        }
    }

    /// <summary>All steps ran: from now on the endpoints have what they need, even when a backend goes away later.</summary>
    public bool Finished => _finished;

    /// <summary>Why the server must stop, where a step found that trying again is no use.</summary>
    public StartupRefusedException? Refused { get; private set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Not before the server listens: one that cannot have its address must not have touched the database.
        await ListeningAsync(stoppingToken);
        foreach (var step in _steps.TakeWhile(_ => !stoppingToken.IsCancellationRequested))
        {
            for (var attempt = 0; !await TryAsync(step, attempt, stoppingToken); attempt++)
            {
                if (Refused is not null || stoppingToken.IsCancellationRequested)
                {
                    return;
                }

                await Task.Delay(PauseAfter(attempt), _time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        _finished = !stoppingToken.IsCancellationRequested;
    }

    private async Task ListeningAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = _lifetime.ApplicationStarted.Register(() => started.TrySetResult());
        await started.Task.WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task<bool> TryAsync(IStartupStep step, int attempt, CancellationToken stoppingToken)
    {
        try
        {
            _readiness.Wait(step.Name, attempt == 0 ? "under way" : string.Create(CultureInfo.InvariantCulture, $"under way, attempt {attempt + 1}"));
            var started = _time.GetTimestamp();
            await step.RunAsync(stoppingToken);
            _readiness.Done(step.Name);
            LogDone(step.Name, _time.GetElapsedTime(started).TotalSeconds);
            return true;
        }
        catch (StartupRefusedException refused)
        {
            Refused = refused;
            _readiness.Wait(step.Name, refused.Message);
            _lifetime.StopApplication();
            return false;
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception e)
        {
            // Whatever it was, the server lives on without saying ready, and tries again. Powers of two keep the log short.
            _readiness.Wait(step.Name, "failed, trying again; the log says why");
            if ((attempt & (attempt + 1)) == 0)
            {
                LogFailed(step.Name, attempt + 1, e);
            }

            return false;
        }
    }

    private static TimeSpan PauseAfter(int attempt)
    {
        var pause = Math.Min(LongestPause.TotalMilliseconds, FirstPause.TotalMilliseconds * Math.Pow(2, Math.Min(attempt, 20)));
        return TimeSpan.FromMilliseconds(pause * (0.5 + (0.5 * Random.Shared.NextDouble())));
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Startup: {Step} done in {Seconds:F2} s")]
    private partial void LogDone(string step, double seconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Startup: {Step} failed (attempt {Attempt}); trying again")]
    private partial void LogFailed(string step, int attempt, Exception exception);
}
