using CommandCenter.Contracts.Jobs;
using CommandCenter.LoadGenerator.Center;

namespace CommandCenter.LoadGenerator.Jobs;

/// <summary>
/// All jobs beside each other, each again and again: coverage forgets what it had reckoned first, or there would be nothing to do. What is under way at the end is cancelled, and counts
/// by its progress.
/// </summary>
internal sealed class JobRounds
{
    public const string Coverage = "coverage";
    public const string Assessment = "assessment";

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    private readonly CenterClient _client;
    private readonly JobHistory _history;
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _ended = new();
    private readonly Task<double>[] _rounds;
    private readonly long _begun;
    private readonly Dictionary<string, string> _results = new(StringComparer.Ordinal);

    private JobRounds(CenterClient client, JobHistory history, TimeProvider clock)
    {
        (_client, _history, _clock, _begun) = (client, history, clock, clock.GetTimestamp());
        _rounds = [RepeatAsync(Coverage), RepeatAsync(Assessment)];
    }

    /// <summary>What the newest finished run of each says that it did.</summary>
    public IEnumerable<string> Results => _results.Select(result => $"{result.Key}: {result.Value}");

    public static JobRounds Start(CenterClient client, JobHistory history, TimeProvider clock) => new(client, history, clock);

    /// <summary>Ends them. What a job failed with comes out here.</summary>
    /// <returns>Seconds that one run of coverage takes, and one of assessment.</returns>
    public async Task<(double Coverage, double Assessment)> StopAsync()
    {
        var seconds = _clock.GetElapsedTime(_begun).TotalSeconds;
        await _ended.CancelAsync();
        var rounds = await Task.WhenAll(_rounds);
        _ended.Dispose();
        return (seconds / rounds[0], seconds / rounds[1]);
    }

    /// <returns>Runs that were done, the last one in part.</returns>
    private async Task<double> RepeatAsync(string job)
    {
        var done = 0.0;
        while (!_ended.IsCancellationRequested)
        {
            if (job == Coverage)
            {
                await _history.ForgetAsync(CancellationToken.None);
            }

            done += await RunAsync(job);
        }

        return done;
    }

    /// <returns>1, or how far it was when it was to end.</returns>
    private async Task<double> RunAsync(string job)
    {
        var run = await _client.RunJobAsync(job, _history.From, _history.To, CancellationToken.None);
        for (double? progress = null; ;)
        {
            run = await _client.JobRunAsync(run.Id, CancellationToken.None);
            if (run.State is "queued" or "running")
            {
                if (_ended.IsCancellationRequested && progress is null)
                {
                    progress = run.Progress ?? 0;
                    await _client.CancelJobAsync(run.Id, CancellationToken.None);
                }

                await Task.Delay(Look, _clock, _ended.IsCancellationRequested ? CancellationToken.None : _ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                continue;
            }

            if (run.Result is { } result)
            {
                lock (_results)
                {
                    _results[job] = result;
                }
            }

            return run.State is "succeeded" or "cancelled" ? progress ?? 1 : throw new RunFailedException($"The job {job} {run.State}: {run.Error}");
        }
    }
}
