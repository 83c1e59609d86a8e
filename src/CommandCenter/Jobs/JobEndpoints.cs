using System.Globalization;
using System.Security.Claims;
using CommandCenter.Contracts;
using CommandCenter.Contracts.Jobs;
using CommandCenter.Http;
using CommandCenter.Web;
using Microsoft.Extensions.Options;

namespace CommandCenter.Jobs;

/// <summary>Background jobs for administrators: what runs when, what it did, and runs by hand.</summary>
internal static class JobEndpoints
{
    /// <summary>The policy of those who run jobs; Access says who they are.</summary>
    public const string ManagePolicy = "manage-jobs";

    private const int MostOpen = 5_000;

    public static void Map(IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/jobs").WithTags("Jobs").RequireAuthorization(ManagePolicy);
        group.MapGet("", ListAsync).Produces<JobsInfo>().WithSummary("All jobs with their schedules, what runs, and whether one is late.");
        group.MapPost("{name}/runs", AskAsync).Produces<JobRunInfo>(201).Produces<JobRunInfo>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(404)
            .WithSummary("Runs a job over a span, widened to whole days; 200 with the run that is there when one of that window is queued already.");
        group.MapGet("{name}/runs", PageAsync).Produces<Page<JobRunInfo>>().ProducesProblem(400).ProducesProblem(404).WithSummary("A job's runs, newest first.");
        group.MapGet("runs/{id:long}", GetAsync).Produces<JobRunInfo>().ProducesProblem(404).WithSummary("One run.");
        group.MapPost("runs/{id:long}/cancel", CancelAsync).Produces<JobRunInfo>(202).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409)
            .WithSummary("Cancels a run: a queued one at once, a running one within some seconds.");
        group.MapPost("runs/{id:long}/retry", RetryAsync).Produces<JobRunInfo>(201).Produces<JobRunInfo>().ProducesProblem(403).ProducesProblem(404).ProducesProblem(409)
            .WithSummary("Runs an ended run's window again.");
    }

    private static async Task<IResult> ListAsync(
        ClaimsPrincipal user,
        JobList jobs,
        JobRunStore store,
        JobLateness lateness,
        IJobAskers askers,
        IOptions<CenterOptions> center,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var open = await store.OpenAsync(MostOpen, cancellationToken);
        var last = (await store.LastAsync([.. jobs.All.Select(job => job.Plan.Name)], cancellationToken)).ToDictionary(run => run.Job, StringComparer.Ordinal);
        var now = time.GetUtcNow();
        return TypedResults.Ok(new JobsInfo(
            [.. (await lateness.OfAllAsync(cancellationToken)).Select(job => JobViews.Of(job.Plan, center.Value.Zone, open, last.GetValueOrDefault(job.Plan.Name), job.Late, now))],
            askers.HasWholeCenter(user)));
    }

    private static async Task<IResult> AskAsync(
        string name,
        NewJobRun body,
        ClaimsPrincipal user,
        JobList jobs,
        JobDesk desk,
        JobRunStore store,
        IJobAskers askers,
        IOptions<CenterOptions> center,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (!askers.HasWholeCenter(user))
        {
            return NotAllAreas();
        }

        if (jobs.Find(name) is not { } job)
        {
            return NoJob();
        }

        var arguments = new Arguments();
        var window = JobSpan.Read(body.From, body.To, job.Plan.MostDays, time.GetUtcNow(), center.Value, arguments);
        return window is null ? arguments.Problem! : await QueueAsync(name, window, null, user, desk, store, askers, time, cancellationToken);
    }

    private static async Task<IResult> PageAsync(
        string name, string? limit, string? cursor, JobList jobs, JobRunStore store, TimeProvider time, CancellationToken cancellationToken)
    {
        var arguments = new Arguments();
        var size = arguments.Limit(limit, usual: 50, most: 500);
        var before = arguments.NumberCursor(cursor) ?? long.MaxValue;
        if (arguments.Problem is { } problem)
        {
            return problem;
        }

        if (jobs.Find(name) is null)
        {
            return NoJob();
        }

        var now = time.GetUtcNow();
        return TypedResults.Ok(Pages.Of(await store.PageAsync(name, before, size + 1, cancellationToken), size, run => run.Id, run => JobViews.Of(run, now)));
    }

    private static async Task<IResult> GetAsync(long id, JobRunStore store, TimeProvider time, CancellationToken cancellationToken) =>
        await store.FindAsync(id, cancellationToken) is { } run ? TypedResults.Ok(JobViews.Of(run, time.GetUtcNow())) : NoRun();

    private static async Task<IResult> CancelAsync(long id, ClaimsPrincipal user, JobRunStore store, IJobAskers askers, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!askers.HasWholeCenter(user))
        {
            return NotAllAreas();
        }

        if (await store.FindAsync(id, cancellationToken) is not { } run)
        {
            return NoRun();
        }

        if (await store.CancelAsync(id, time.GetUtcNow(), cancellationToken) is null)
        {
            return Problems.Conflict("run-ended", "The run has ended already.");
        }

        await askers.RecordCancelledAsync(user, DetailOf(run), CancellationToken.None);
        return TypedResults.Accepted($"/api/jobs/runs/{id}", JobViews.Of((await store.FindAsync(id, CancellationToken.None))!, time.GetUtcNow()));
    }

    private static async Task<IResult> RetryAsync(
        long id, ClaimsPrincipal user, JobList jobs, JobDesk desk, JobRunStore store, IJobAskers askers, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!askers.HasWholeCenter(user))
        {
            return NotAllAreas();
        }

        if (await store.FindAsync(id, cancellationToken) is not { } run)
        {
            return NoRun();
        }

        if (jobs.Find(run.Job) is null)
        {
            return NoJob();
        }

        return run.State <= JobRunState.Running
            ? Problems.Conflict("run-not-ended", "The run has not ended yet.")
            : await QueueAsync(run.Job, desk.Window(run.WindowFrom, run.WindowTo), id, user, desk, store, askers, time, cancellationToken);
    }

    private static async Task<IResult> QueueAsync(
        string job, JobWindow window, long? retryOf, ClaimsPrincipal user, JobDesk desk, JobRunStore store, IJobAskers askers, TimeProvider time, CancellationToken cancellationToken)
    {
        var (id, added) = await desk.AskAsync(job, window, askers.NameOf(user), retryOf, cancellationToken);
        var run = (await store.FindAsync(id, CancellationToken.None))!;
        await askers.RecordRunAsync(user, DetailOf(run), CancellationToken.None);
        var info = JobViews.Of(run, time.GetUtcNow());
        return added ? TypedResults.Created($"/api/jobs/runs/{id}", info) : TypedResults.Ok(info);
    }

    private static string DetailOf(JobRun run) => string.Create(CultureInfo.InvariantCulture, $"{run.Job} {run.WindowFrom:yyyy-MM-dd} to {run.WindowTo:yyyy-MM-dd}, run {run.Id}");

    private static IResult NotAllAreas() =>
        Problems.Forbidden("not-all-areas", "Jobs are those of the whole center: an administrator of all of it may run and cancel them.");

    private static IResult NoJob() => Problems.NotFound("no-job", "There is no such job.");

    private static IResult NoRun() => Problems.NotFound("no-run", "There is no such run, or it was too old to keep.");
}
