using System.Globalization;
using System.Net;
using CommandCenter.IntegrationTests.Harness;
using CommandCenter.IntegrationTests.Jobs;
using CommandCenter.Jobs;
using CommandCenter.Tracks;
using CommandCenter.Web;

namespace CommandCenter.IntegrationTests.Coverage;

/// <summary>Coverage as real servers reckon it: one killed in the middle, and two at the same days.</summary>
public sealed class CoverageNodesTests
{
    /// <summary>Nobody of the demo's.</summary>
    private const int FirstWorker = 1_000_000;

    private const string Forget = "truncate coverage_worker_days, coverage_tiles, coverage_days";

    private static readonly DateOnly From = JobWindow.DayOf(DateTimeOffset.UtcNow, new CenterOptions()).AddDays(-6);

    [Test]
    public async Task AServerKilledAmidARunLeavesWhatOneThatLivedLeaves()
    {
        const int Workers = 1_280;

        // After each tenth of them it rests ten times as long as that took.
        await using var center = await JobCenter.StartAsync(arguments: "--Coverage:RestShare=10");
        await KeepAsync(center, Workers, days: 1);
        var id = await center.AskAsync(Text(0), Text(1), job: "coverage");
        await Eventually.TrueAsync(async () => await RowsAsync(center) > 0, "some of them are written");
        await center.Servers[0].KillAsync();
        Assert.That(await RowsAsync(center), Is.InRange(1, Workers - 1), "killed in the middle");
        Assert.That(await center.ReadAsync<int>("select count(*)::int from coverage_days where day = @day::date", new { day = Text(0) }), Is.Zero);

        await center.AddAsync();
        await center.UntilAsync(id, "succeeded", on: 1);

        Assert.That(await center.ReadAsync<int>("select max(attempts) from job_runs where job = 'coverage'"), Is.EqualTo(2));
        Assert.That(await RowsAsync(center), Is.EqualTo(Workers));
        await ExpectAsFromScratchAsync(center, days: 1, on: 1);
    }

    [Test]
    public async Task TwoServersAskedForOverlappingDaysDoEachOnce()
    {
        const int Workers = 150;
        await using var center = await JobCenter.StartAsync(servers: 2);
        await KeepAsync(center, Workers, days: 3);
        var asked = await Task.WhenAll(AskAsync(center, 0, 2, on: 0), AskAsync(center, 1, 3, on: 1), AskAsync(center, 0, 2, on: 1), AskAsync(center, 1, 3, on: 0));
        foreach (var id in asked)
        {
            await center.UntilAsync(id, "succeeded", on: 1);
        }

        Assert.That(
            await center.ReadAsync<int>("""
                select count(*)::int from job_runs a join job_runs b on b.id > a.id and b.job = a.job
                where a.job = 'coverage' and a.started_at < b.ended_at and b.started_at < a.ended_at
                """),
            Is.Zero,
            "never beside each other");
        Assert.That(await RowsAsync(center), Is.EqualTo(3 * Workers));
        Assert.That(
            await center.ReadAsync<int>("select sum((counts->>'reckoned')::int)::int - (select count(*) from coverage_worker_days)::int from job_runs where job = 'coverage'"),
            Is.Zero,
            "each worker's day once");
        await ExpectAsFromScratchAsync(center, days: 3, on: 0);
    }

    private static string Text(int day) => From.AddDays(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static async Task KeepAsync(JobCenter center, int workers, int days)
    {
        await using var connection = await center.Backends.DataSource.OpenConnectionAsync();
        var walks = Enumerable.Range(0, days).SelectMany(day => Enumerable.Range(0, workers).Select(IEnumerable<Fix> (worker) => ReckoningCenter.Walk(
            FirstWorker + worker, JobWindow.StartOf(From.AddDays(day), new CenterOptions()).AddHours(9), 1 + (worker % 7), latitude: 37.81 + (worker * 0.0001))));
        await using var transaction = await connection.BeginTransactionAsync();
        await CoverageRows.KeepAsync(connection, [.. walks]);
        await transaction.CommitAsync();
    }

    private static Task<int> RowsAsync(JobCenter center) =>
        center.ReadAsync<int>("select count(*)::int from coverage_worker_days where worker_id >= @first", new { first = FirstWorker });

    /// <summary>The run of these days, whether it is new or was asked for already.</summary>
    private static async Task<long> AskAsync(JobCenter center, int from, int to, int on)
    {
        var (status, run) = await center.CallAsync("administrator", "POST", "/api/jobs/coverage/runs", new { from = Text(from), to = Text(to) }, on);
        Assert.That(status, Is.AnyOf(HttpStatusCode.Created, HttpStatusCode.OK), run.ToString());
        return run.GetProperty("id").GetInt64();
    }

    private static async Task ExpectAsFromScratchAsync(JobCenter center, int days, int on)
    {
        await using var connection = await center.Backends.DataSource.OpenConnectionAsync();
        var was = await CoverageRows.ReadAsync(connection, From, From.AddDays(days));
        await center.ExecuteAsync(Forget);
        await center.UntilAsync(await AskAsync(center, 0, days, on), "succeeded", on);
        Assert.That(await CoverageRows.ReadAsync(connection, From, From.AddDays(days)), Is.EqualTo(was));
        Assert.That(was, Is.Not.Empty);
    }
}
