using CommandCenter.IntegrationTests.Harness;
using CommandCenter.Jobs;
using CommandCenter.Web;
using Dapper;
using Microsoft.Extensions.Options;
using Npgsql;

namespace CommandCenter.IntegrationTests.Jobs;

/// <summary>What PostgreSQL decides: which windows are due, who runs a job, what is kept.</summary>
public sealed class JobStoreTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 4, 0, 0, TimeSpan.Zero);

    private static readonly JobPlan Nightly = new("nightly", [new JobTiming(JobSchedule.Daily(new TimeOnly(2, 30)), JobWindowRule.Yesterday)], TimeSpan.FromHours(6));

    private readonly HandClock _clock = new() { Now = Noon };
    private Backends _backends = null!;

    private static IOptions<CenterOptions> Center => Options.Create(new CenterOptions());

    [SetUp]
    public async Task StartAsync()
    {
        _backends = await Backends.FreshAsync();
        _clock.Now = Noon;
    }

    [TearDown]
    public async Task StopAsync() => await _backends.DisposeAsync();

    [Test]
    public async Task ANewScheduleBeginsNowAndLaterMakesUpForWhatWasMissed()
    {
        await Planner().PlanAsync(Nightly, CancellationToken.None);
        Assert.That(await WindowsAsync(), Is.Empty);

        _clock.Now = Noon.AddDays(3);
        await Planner().PlanAsync(Nightly, CancellationToken.None);
        await Planner().PlanAsync(Nightly, CancellationToken.None);
        Assert.That(await WindowsAsync(), Is.EqualTo(new[] { "2026-11-20", "2026-11-21", "2026-11-22" }));
    }

    [Test]
    public async Task NodesThatPlanAtTheSameMomentAskOnce()
    {
        await Planner().PlanAsync(Nightly, CancellationToken.None);
        _clock.Now = Noon.AddDays(20);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Planner().PlanAsync(Nightly, CancellationToken.None)));
        Assert.That(await WindowsAsync(), Has.Length.EqualTo(20).And.Unique);
    }

    [Test]
    public async Task OnlyOneHoldsAJobAndItsDeathLetsGo()
    {
        var first = await JobLock.TryTakeAsync(_backends.DataSource, "nightly", CancellationToken.None);
        Assert.That(first, Is.Not.Null);
        Assert.That(await JobLock.TryTakeAsync(_backends.DataSource, "nightly", CancellationToken.None), Is.Null);
        await using (var other = await JobLock.TryTakeAsync(_backends.DataSource, "weekly", CancellationToken.None))
        {
            Assert.That(other, Is.Not.Null, "another job is another lock");
        }

        var store = new JobRunStore(_backends.DataSource);
        await store.AddAsync("nightly", new DateOnly(2026, 11, 1), new DateOnly(2026, 11, 2), "test", null, Noon, CancellationToken.None);
        var run = (await first!.ClaimAsync("one", Noon, CancellationToken.None))!;
        await using (var connection = await _backends.DataSource.OpenConnectionAsync())
        {
            await connection.ExecuteAsync("select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and pid <> pg_backend_pid()");
        }

        JobLock? second = null;
        await Eventually.TrueAsync(async () => (second = await JobLock.TryTakeAsync(_backends.DataSource, "nightly", CancellationToken.None)) is not null, "the lock is free");
        var again = (await second!.ClaimAsync("two", Noon, CancellationToken.None))!;
        Assert.That((again.Id, again.Attempts, again.Node), Is.EqualTo((run.Id, 2, "two")));
        Assert.That(async () => await first.WriteProgressAsync(run, new JobProgress(), CancellationToken.None), Throws.InstanceOf<NpgsqlException>().Or.InstanceOf<InvalidOperationException>());
        Assert.That(await second.WriteProgressAsync(run, new JobProgress(), CancellationToken.None), Is.Null, "the first attempt may write no more");
        await second.EndAsync(again, JobRunState.Succeeded, new JobProgress(), null, new JobOutcome(new string('x', 5_000)), Noon);
        Assert.That((await store.FindAsync(run.Id, CancellationToken.None))!.Result, Has.Length.EqualTo(1_000));
        await first.DisposeAsync();
        await second.DisposeAsync();
    }

    [Test]
    public async Task OldRunsGoByAgeAndByCountButNeverAnOpenOne()
    {
        await ExecuteAsync("""
            insert into job_runs (job, window_from, window_to, asked_at, state, ended_at)
            select 'nightly', date '2026-01-01' + n, date '2026-01-02' + n, @Noon, 2, @Noon - interval '1 day' * (30 - n) from generate_series(1, 30) n;
            insert into job_runs (job, window_from, window_to, asked_at, state) values ('nightly', '2020-01-01', '2020-01-02', @Noon - interval '1 year', 0);
            insert into job_runs (job, window_from, window_to, asked_at, state, ended_at) values ('other', '2020-01-01', '2020-01-02', @Noon, 3, @Noon)
            """);
        var store = new JobRunStore(_backends.DataSource);
        Assert.That(await store.PruneAsync(Noon.AddDays(-20.5), 1_000, CancellationToken.None), Is.EqualTo(9), "by age");
        Assert.That(await store.PruneAsync(Noon.AddDays(-20.5), 6, CancellationToken.None), Is.EqualTo(16), "by count");
        Assert.That(await store.PruneAsync(Noon.AddDays(-20.5), 6, CancellationToken.None), Is.Zero);
        Assert.That((await store.OpenAsync(10, CancellationToken.None)).Count, Is.EqualTo(1));
    }

    [Test]
    public async Task AWindowIsLateUntilItIsDone()
    {
        var store = new JobRunStore(_backends.DataSource);
        var lateness = new JobLateness(new JobList([new JobRegistration(Nightly, typeof(IWindowJob))]), store, _backends.DataSource, Center, _clock);
        async Task<JobLate> LateAsync() => (await lateness.OfAllAsync(CancellationToken.None)).Single();

        Assert.That((await LateAsync()).Unplanned, "new");
        await Planner().PlanAsync(Nightly, CancellationToken.None);
        Assert.That(await LateAsync(), Is.EqualTo(new JobLate(Nightly, TimeSpan.Zero, false)));

        // Due at 18:30 UTC, and nobody looked.
        _clock.Now = Noon.AddDays(1);
        Assert.That(await LateAsync(), Is.EqualTo(new JobLate(Nightly, TimeSpan.FromHours(9.5), true)));
        await Planner().PlanAsync(Nightly, CancellationToken.None);
        Assert.That(await LateAsync(), Is.EqualTo(new JobLate(Nightly, TimeSpan.FromHours(9.5), false)), "queued is not done");
        await ExecuteAsync("update job_runs set state = 3, ended_at = @Noon");
        Assert.That((await LateAsync()).Late, Is.EqualTo(TimeSpan.FromHours(9.5)), "nor is failed");

        await store.AddAsync("nightly", new DateOnly(2026, 11, 1), new DateOnly(2026, 12, 1), "somebody", null, _clock.Now, CancellationToken.None);
        await ExecuteAsync("update job_runs set state = 2, ended_at = @Noon where asked_by = 'somebody'");
        Assert.That((await LateAsync()).Late, Is.EqualTo(TimeSpan.Zero), "a run that spans it counts");
    }

    private JobPlanner Planner() => new(_backends.DataSource, Center, _clock);

    private async Task<string[]> WindowsAsync()
    {
        await using var connection = await _backends.DataSource.OpenConnectionAsync();
        return [.. await connection.QueryAsync<string>("select window_from::text from job_runs where state = 0 order by id")];
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = await _backends.DataSource.OpenConnectionAsync();
        await connection.ExecuteAsync(sql, new { Noon });
    }

    private sealed class HandClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
