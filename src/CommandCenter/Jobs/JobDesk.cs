using CommandCenter.Web;
using Microsoft.Extensions.Options;

namespace CommandCenter.Jobs;

/// <summary>Where runs are asked for: by administrators, and by slices whose data changed under a window that was done.</summary>
public sealed class JobDesk
{
    private readonly JobList _jobs;
    private readonly JobRunStore _store;
    private readonly JobScheduler _scheduler;
    private readonly CenterOptions _center;
    private readonly TimeProvider _time;

    internal JobDesk(JobList jobs, JobRunStore store, JobScheduler scheduler, IOptions<CenterOptions> center, TimeProvider time)
    {
        _jobs = jobs;
        _store = store;
        _scheduler = scheduler;
        _center = center.Value;
        _time = time;
    }

    /// <summary>The run's id, and whether it is new: a window that is queued already is not queued twice. Throws for a job that there is not.</summary>
    /// <param name="job">Its name.</param>
    /// <param name="window">Whole days.</param>
    /// <param name="askedBy">A user's name, or the slice's.</param>
    /// <param name="retryOf">The run that is to be done again.</param>
    /// <param name="cancellationToken">Ends the wait; the run may or may not be queued then.</param>
    public async Task<(long Id, bool Added)> AskAsync(string job, JobWindow window, string askedBy, long? retryOf, CancellationToken cancellationToken)
    {
        if (_jobs.Find(job) is null)
        {
            throw new ArgumentException($"There is no job {job}.", nameof(job));
        }

        var asked = await _store.AddAsync(job, window.From, window.To, askedBy, retryOf, _time.GetUtcNow(), cancellationToken);
        await _scheduler.WakeAsync(job, cancellationToken);
        return asked;
    }

    /// <summary>A window of whole days by their dates.</summary>
    public JobWindow Window(DateOnly from, DateOnly to) => JobWindow.Of(from, to, _center);
}
