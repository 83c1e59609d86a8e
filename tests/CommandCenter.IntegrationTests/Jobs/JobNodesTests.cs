using System.Diagnostics;
using CommandCenter.IntegrationTests.Harness;
using CommandCenter.IntegrationTests.Line;
using CommandCenter.Storage.Embedded;
using Dapper;
using Npgsql;

namespace CommandCenter.IntegrationTests.Jobs;

/// <summary>Two nodes on one database: never twice, and nothing is lost when one goes.</summary>
public sealed class JobNodesTests
{
    [Test]
    public async Task AScheduleRunsOnOneNodeAtATimeAndEachMomentOnce()
    {
        await using var center = await JobCenter.StartAsync(servers: 2, ticking: true);
        await Eventually.TrueAsync(async () => await center.ReadAsync<long>("select count(*) from test_ticks where ended is not null") >= 10, "ten ticks");
        Assert.That(await center.ReadAsync<long>("select count(*) from test_ticks a join test_ticks b on b.id > a.id and b.begun < a.ended"), Is.Zero, "none beside another");
        Assert.That(
            await center.ReadAsync<long>("select count(*) from (select due_at from job_runs where job = 'ticking' group by due_at having count(*) > 1) twice"), Is.Zero, "each moment once");
        var (_, jobs) = await center.CallAsync("administrator", "GET", "/api/jobs", on: 1);
        var job = jobs.GetProperty("items").EnumerateArray().Single(item => item.GetProperty("name").GetString() == "ticking");
        Assert.That(job.GetProperty("next").GetDateTimeOffset(), Is.GreaterThan(DateTimeOffset.UnixEpoch));
        Assert.That(job.GetProperty("last").GetProperty("state").GetString(), Is.EqualTo("succeeded"));
    }

    [Test]
    public async Task RunsAskedForOnBothAreDoneOneAfterAnotherEachOnce()
    {
        await using var center = await JobCenter.StartAsync(servers: 2);
        var ids = new List<(long Id, int On)>();
        foreach (var day in Enumerable.Range(1, 12))
        {
            var on = day % 2;
            ids.Add((await center.AskAsync($"2026-06-{day:00}", $"2026-06-{day + 1:00}", on), on));
        }

        foreach (var (id, on) in ids)
        {
            await center.UntilAsync(id, "succeeded", on);
        }

        Assert.That(await center.ReadAsync<long>("select count(*) from test_steps where times <> 1"), Is.Zero);
        Assert.That(await center.ReadAsync<long>("select count(*) from test_steps"), Is.EqualTo(12 * SteppingJob.Steps));
    }

    [Test]
    public async Task AKilledNodesRunIsTakenUpByTheOther()
    {
        await using var center = await JobCenter.StartAsync();
        await center.OpenAsync(5);
        var id = await center.AskAsync("2026-07-01", "2026-07-02");
        await Eventually.TrueAsync(async () => await center.ReadAsync<long>("select count(*) from test_steps") == 5, "half is done");
        await center.AddAsync();
        await center.Servers[0].KillAsync();
        await center.OpenAsync(100);

        var run = await center.UntilAsync(id, "succeeded", on: 1);
        Assert.That(run.GetProperty("attempts").GetInt32(), Is.EqualTo(2));
        Assert.That(await center.ReadAsync<long>("select count(*) from test_steps where pid = @pid", new { pid = center.Servers[1].ProcessId }), Is.EqualTo(SteppingJob.Steps));
    }

    [Test]
    public async Task AStoppedServerEndsInTimeAndItsRunGoesOnAfterTheNextStart()
    {
        await using var center = await JobCenter.StartAsync();
        await center.OpenAsync(5);
        var id = await center.AskAsync("2026-07-03", "2026-07-04");
        await Eventually.TrueAsync(async () => await center.ReadAsync<long>("select count(*) from test_steps") == 5, "half is done");
        Assert.That(await center.Servers[0].StopAsync(), Is.Zero);
        Assert.That(await center.ReadAsync<string?>("select node from job_runs where id = @id", new { id }), Is.Null, "left for another");
        await center.OpenAsync(100);
        await center.AddAsync();
        var run = await center.UntilAsync(id, "succeeded", on: 1);
        Assert.That(run.GetProperty("attempts").GetInt32(), Is.EqualTo(1), "a planned stop does not count");
    }

    [Test]
    public async Task AJobThatDoesNotHearHoldsNoStopUp()
    {
        await using var center = await JobCenter.StartAsync();
        var id = await center.AskAsync("2026-07-03", "2026-07-04", job: "stubborn");
        await center.UntilAsync(id, "running");
        var clock = Stopwatch.StartNew();
        Assert.That(await center.Servers[0].StopAsync(), Is.Zero);
        Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromSeconds(25)));
    }

    [Test]
    public async Task ARunWhoseConnectionsBreakBeginsAgain()
    {
        await using var center = await JobCenter.StartAsync();
        await center.OpenAsync(5);
        var id = await center.AskAsync("2026-07-05", "2026-07-06");
        await Eventually.TrueAsync(async () => await center.ReadAsync<long>("select count(*) from test_steps") == 5, "half is done");
        var database = new NpgsqlConnectionStringBuilder(center.Backends.Postgres).Database;
        await center.ExecuteAsync("select pg_terminate_backend(pid) from pg_stat_activity where datname = @database and pid <> pg_backend_pid()", new { database });
        await center.OpenAsync(100);
        var run = await center.UntilAsync(id, "succeeded");
        Assert.That(run.GetProperty("attempts").GetInt32(), Is.EqualTo(2));
    }

    [Test]
    public async Task SchedulesGoOnAfterPostgresWasKilled()
    {
        using var folder = new TemporaryFolder();
        var environment = JobCenter.EnvironmentOf([], ticking: true);
        await using var server = await ServerProcess.StartAsync(folder.Path, environment, "--demo", "--Jobs:LookSeconds=0.5", "--Jobs:CheckInSeconds=2");
        await using var postgres = NpgsqlDataSource.Create(StoredTracks.ConnectionString(server));
        await using (var connection = await postgres.OpenConnectionAsync())
        {
            await connection.ExecuteAsync(JobCenter.Tables);
        }

        await Eventually.TrueAsync(async () => await TicksAsync(server) >= 2, "ticks");
        ChildCommand.Send(server.Services.Postgres!.Pid, Signal.Kill);
        var before = 0L;
        await Eventually.TrueAsync(
            async () =>
            {
                try
                {
                    before = await TicksAsync(server);
                    return true;
                }
                catch (NpgsqlException)
                {
                    return false;
                }
            },
            "PostgreSQL is back");
        await Eventually.TrueAsync(async () => await TicksAsync(server) >= before + 3, "ticks again");
        Assert.That(await server.StopAsync(), Is.Zero);
    }

    private static async Task<long> TicksAsync(ServerProcess server)
    {
        await using var connection = new NpgsqlConnection(StoredTracks.ConnectionString(server));
        await connection.OpenAsync();
        return await connection.QuerySingleAsync<long>("select count(*) from test_ticks where ended is not null");
    }
}
