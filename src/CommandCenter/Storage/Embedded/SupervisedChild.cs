using System.Diagnostics;
using System.Net.Sockets;
using Npgsql;
using StackExchange.Redis;

namespace CommandCenter.Storage.Embedded;

/// <summary>Keeps one backend running: starts it, starts it again on the same port when it dies, stops it with the server.</summary>
internal sealed partial class SupervisedChild(IChildProgram program, StorageOptions options, TimeProvider time, ILogger logger, Action onStarted) : IAsyncDisposable
{
    private const int FirstStartAttempts = 6;
    private const int RememberedLines = 20;
    private static readonly TimeSpan ProbePause = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan GoodRun = TimeSpan.FromSeconds(60);

    private readonly CancellationTokenSource _stopping = new();
    private readonly Queue<string> _lastLines = new();
    private volatile Process? _process;
    private Task _watch = Task.CompletedTask;

    public IChildProgram Program => program;

    /// <summary>Null while it is not running.</summary>
    public int? ProcessId => _process?.Id;

    /// <summary>The first start: returns when it serves. A port that was taken meanwhile is replaced.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await program.PrepareAsync(cancellationToken);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                program.Port = FreePort.Find();
                await StartOnceAsync(cancellationToken);
                break;
            }
            catch (ChildFailedException e) when (attempt < FirstStartAttempts)
            {
                LogStartFailed(program.Name, attempt, e.Message);
                await Task.Delay(PauseAfter(attempt), time, cancellationToken);
            }
            catch (ChildFailedException e)
            {
                throw new StartupRefusedException(ExitCode.Failed, $"{program.Name} does not start: {e.Message}", e);
            }
        }

        _watch = WatchAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _watch.WaitAsync(TimeSpan.FromSeconds(options.ChildStopSeconds * 2), time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await StopAsync(options.ChildStopSeconds);
        _stopping.Dispose();
    }

    private async Task WatchAsync()
    {
        var failures = 0;
        while (!_stopping.IsCancellationRequested)
        {
            var started = time.GetTimestamp();
            try
            {
                var process = _process;
                if (process is not null)
                {
                    await process.WaitForExitAsync(_stopping.Token);
                    LogDied(program.Name, process.Id, process.ExitCode, LastLine());
                    _process = null;
                    failures = time.GetElapsedTime(started) > GoodRun ? 0 : failures;
                    StorageMetrics.ChildRestarts.Add(1, new KeyValuePair<string, object?>("child", program.Name));
                }

                await Task.Delay(PauseAfter(failures), time, _stopping.Token);
                await StartOnceAsync(_stopping.Token);
                LogRestarted(program.Name, _process?.Id ?? 0);
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // Powers of two: one that never comes back does not fill the log.
                failures++;
                if ((failures & (failures - 1)) == 0)
                {
                    LogStartFailed(program.Name, failures, e.Message);
                }
            }
        }
    }

    private async Task StartOnceAsync(CancellationToken cancellationToken)
    {
        var process = await ChildThread.StartAsync(program.Command());
        process.StandardInput.Close();
        process.OutputDataReceived += OnLine;
        process.ErrorDataReceived += OnLine;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _process = process;
        onStarted();
        try
        {
            await UntilServingAsync(process, cancellationToken);
        }
        catch
        {
            await StopAsync(process.HasExited ? 0 : options.ChildStopSeconds);
            throw;
        }
    }

    private async Task UntilServingAsync(Process process, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            if (process.HasExited)
            {
                await process.WaitForExitAsync(cancellationToken); // for its last words
                throw new ChildFailedException($"it ended with status {process.ExitCode}: {LastLine()}");
            }

            try
            {
                await program.ProbeAsync(cancellationToken);
                return;
            }
            catch (Exception e) when (IsNotServing(e) && !cancellationToken.IsCancellationRequested)
            {
                LogProbe(program.Name, e);
                if (time.GetElapsedTime(started).TotalSeconds > options.ChildStartSeconds)
                {
                    throw new ChildFailedException($"it does not answer within {options.ChildStartSeconds} s: {e.Message}");
                }
            }

            await Task.Delay(ProbePause, time, cancellationToken);
        }
    }

    // Anything else is a bug and must show at once.
    private static bool IsNotServing(Exception e) =>
        e is NpgsqlException or RedisException or RedisAwayException or TimeoutException or SocketException or IOException or OperationCanceledException;

    private async Task StopAsync(int boundSeconds)
    {
        if (_process is not { } process)
        {
            return;
        }

        if (!process.HasExited)
        {
            ChildCommand.Send(process.Id, program.StopSignal);
            try
            {
                await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(boundSeconds), time);
            }
            catch (TimeoutException)
            {
                LogKilled(program.Name, boundSeconds);
                ChildCommand.Send(process.Id, Signal.Kill);
                await process.WaitForExitAsync();
            }
        }

        _process = null;
        process.Dispose();
    }

    private void OnLine(object sender, DataReceivedEventArgs e)
    {
        if (e.Data is not { Length: > 0 } line)
        {
            return;
        }

        lock (_lastLines)
        {
            _lastLines.Enqueue(line);
            while (_lastLines.Count > RememberedLines)
            {
                _lastLines.Dequeue();
            }
        }

        if (program.IsWarning(line))
        {
            LogWarningLine(line);
        }
        else
        {
            LogLine(line);
        }
    }

    // The last line that complains says more than the last of all, which is often a hint or a farewell.
    private string LastLine()
    {
        lock (_lastLines)
        {
            return _lastLines.LastOrDefault(program.IsWarning) ?? _lastLines.LastOrDefault() ?? "it said nothing";
        }
    }

    private static TimeSpan PauseAfter(int failures)
    {
        var pause = Math.Min(LongestPause.TotalMilliseconds, FirstPause.TotalMilliseconds * Math.Pow(2, Math.Min(failures, 20)));
        return TimeSpan.FromMilliseconds(pause * (0.5 + (0.5 * Random.Shared.NextDouble())));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Child} (process {ProcessId}) died with status {Status}: {LastLine}; starting it again")]
    private partial void LogDied(string child, int processId, int status, string lastLine);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Child} runs again (process {ProcessId})")]
    private partial void LogRestarted(string child, int processId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Child} did not start (attempt {Attempt}): {Error}")]
    private partial void LogStartFailed(string child, int attempt, string error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Child} did not stop within {Seconds} s and was killed; it recovers at the next start")]
    private partial void LogKilled(string child, int seconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Line}")]
    private partial void LogWarningLine(string line);

    [LoggerMessage(Level = LogLevel.Trace, Message = "{Child} does not serve yet")]
    private partial void LogProbe(string child, Exception exception);

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Line}")]
    private partial void LogLine(string line);
}

/// <summary>A backend ended or stayed silent while it was being started.</summary>
internal sealed class ChildFailedException(string message) : Exception(message);
