using CommandCenter.Web;
using Microsoft.Extensions.Options;
using Npgsql;

namespace CommandCenter.Jobs;

/// <summary>Does a job's queued runs one after another, as long as this node may. What was begun and never ended goes first.</summary>
internal sealed partial class JobRunner(
    NpgsqlDataSource dataSource,
    IServiceScopeFactory scopes,
    JobMetrics metrics,
    IOptions<JobsOptions> options,
    IOptions<CenterOptions> center,
    TimeProvider time,
    ILogger<JobRunner> logger)
{
    private const int MaxErrorLength = 2_000;

    private static readonly TimeSpan BetweenWrites = TimeSpan.FromSeconds(1);

    /// <summary>This process, as the list of runs names it.</summary>
    public string Node { get; } = $"{Environment.MachineName}-{Environment.ProcessId}-{Guid.NewGuid().ToString("N")[..4]}";

    public void HeldUp(string job, Exception why)
    {
        metrics.Interrupted(job);
        LogHeldUp(job, why.Message);
    }

    public async Task DrainAsync(JobRegistration registration, CancellationToken stopping)
    {
        await using var held = await JobLock.TryTakeAsync(dataSource, registration.Plan.Name, stopping);
        while (held is not null && !stopping.IsCancellationRequested && await held.ClaimAsync(Node, time.GetUtcNow(), stopping) is { } run)
        {
            if (!await RunAsync(held, registration, run, stopping))
            {
                return;
            }
        }
    }

    /// <summary>False: it was broken off, and the lock may be lost.</summary>
    private async Task<bool> RunAsync(JobLock held, JobRegistration registration, JobRun run, CancellationToken stopping)
    {
        var progress = new JobProgress();
        if (run.Attempts > options.Value.MostAttempts)
        {
            await EndAsync(held, run, JobRunState.Failed, progress, $"Its node ended under it {run.Attempts - 1} times.", null);
            return true;
        }

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var work = WorkAsync(registration, run, progress, ended.Token);
        var why = await WatchAsync(held, run, progress, work, stopping);
        if (why is not Interruption.None)
        {
            await ended.CancelAsync();
        }

        var (state, error, outcome) = await EndOfAsync(run, work, why);
        if (state is not null)
        {
            await EndAsync(held, run, state.Value, progress, error, outcome);
            return true;
        }

        metrics.Interrupted(run.Job);
        LogInterrupted(run.Job, run.Id);
        if (why is Interruption.Stopping)
        {
            await held.LeaveAsync(run);
        }

        return false;
    }

    private async Task<JobOutcome> WorkAsync(JobRegistration registration, JobRun run, JobProgress progress, CancellationToken cancellationToken)
    {
        // A job that reckons for long before it first waits must not hold up who watches it.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        await using var scope = scopes.CreateAsyncScope();
        var job = (IWindowJob)scope.ServiceProvider.GetRequiredService(registration.Job);
        return await job.RunAsync(JobWindow.Of(run.WindowFrom, run.WindowTo, center.Value), progress, cancellationToken);
    }

    /// <summary>Writes the progress down once a second until the work has ended or must.</summary>
    private async Task<Interruption> WatchAsync(JobLock held, JobRun run, JobProgress progress, Task work, CancellationToken stopping)
    {
        while (!work.IsCompleted)
        {
            using var waited = CancellationTokenSource.CreateLinkedTokenSource(stopping);
            await Task.WhenAny(work, Task.Delay(BetweenWrites, time, waited.Token));
            await waited.CancelAsync();
            if (stopping.IsCancellationRequested)
            {
                return Interruption.Stopping;
            }

            try
            {
                if (await held.WriteProgressAsync(run, progress, CancellationToken.None) is not { } cancelAsked)
                {
                    return Interruption.Lost;
                }

                if (cancelAsked)
                {
                    return Interruption.Asked;
                }
            }
            catch (Exception e) when (e is NpgsqlException or InvalidOperationException or TimeoutException)
            {
                return Interruption.Lost;
            }
        }

        return Interruption.None;
    }

    /// <summary>No state: whoever comes next begins it again.</summary>
    private async Task<(JobRunState? State, string? Error, JobOutcome? Outcome)> EndOfAsync(JobRun run, Task<JobOutcome> work, Interruption why)
    {
        try
        {
            var outcome = await work;
            return why is Interruption.Lost ? (null, null, null) : (JobRunState.Succeeded, null, outcome);
        }
        catch (OperationCanceledException) when (why is Interruption.Asked)
        {
            return (JobRunState.Cancelled, null, null);
        }
        catch (Exception) when (why is Interruption.Lost or Interruption.Stopping)
        {
            return (null, null, null);
        }
        catch (Exception e)
        {
            LogFailed(run.Job, run.Id, e);
            return (why is Interruption.Asked ? JobRunState.Cancelled : JobRunState.Failed, Cause(e), null);
        }
    }

    private async Task EndAsync(JobLock held, JobRun run, JobRunState state, JobProgress progress, string? error, JobOutcome? outcome)
    {
        var now = time.GetUtcNow();
        await held.EndAsync(run, state, progress, error, outcome, now);
        metrics.Ended(run.Job, state, now - new DateTimeOffset(run.StartedAt!.Value, TimeSpan.Zero));
        LogEnded(run.Job, run.Id, JobWords.Of(state));
    }

    /// <summary>What went wrong, and under it why, as far down as is told.</summary>
    internal static string Cause(Exception exception)
    {
        var lines = new List<string>();
        for (var e = exception; e is not null && lines.Count < 5; e = e.InnerException)
        {
            lines.Add($"{e.GetType().Name}: {e.Message}");
        }

        var text = string.Join('\n', lines);
        return text.Length > MaxErrorLength ? text[..MaxErrorLength] : text;
    }

    private enum Interruption
    {
        None,
        Asked,
        Stopping,
        Lost,
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Job {Name}: run {Id} {Outcome}")]
    private partial void LogEnded(string name, long id, string outcome);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Job {Name}: run {Id} is broken off and begins again later")]
    private partial void LogInterrupted(string name, long id);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Job {Name} is held up and goes on later: {Error}")]
    private partial void LogHeldUp(string name, string error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Job {Name}: run {Id} failed")]
    private partial void LogFailed(string name, long id, Exception exception);
}
