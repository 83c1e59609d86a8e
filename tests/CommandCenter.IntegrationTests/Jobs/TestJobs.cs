using CommandCenter.Jobs;
using Dapper;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace CommandCenter.IntegrationTests.Jobs;

/// <summary>The jobs of a server under test.</summary>
internal sealed class TestJobs : IHostingStartup
{
    /// <summary>In the environment of a server that shall run <c>ticking</c>, too.</summary>
    public const string Ticking = "TEST_TICKING";

    public void Configure(IWebHostBuilder builder) => builder.ConfigureServices(services =>
    {
        services.AddWindowJob<SteppingJob>(new JobPlan("stepping", [], TimeSpan.FromHours(1)));
        services.AddWindowJob<StubbornJob>(new JobPlan("stubborn", [], TimeSpan.FromHours(1)));
        if (Environment.GetEnvironmentVariable(Ticking) is not null)
        {
            services.AddWindowJob<TickingJob>(new JobPlan("ticking", [new JobTiming(JobSchedule.EverySeconds(1), JobWindowRule.Today)], TimeSpan.FromHours(1)));
        }
    });
}

/// <summary>Ten steps, each of which waits for its gate, writes a row, and counts.</summary>
internal sealed class SteppingJob(NpgsqlDataSource dataSource) : IWindowJob
{
    public const int Steps = 10;

    public async Task<JobOutcome> RunAsync(JobWindow window, JobProgress progress, CancellationToken cancellationToken)
    {
        progress.Of(Steps);
        for (var step = 1; step <= Steps; step++)
        {
            while (await GateAsync(cancellationToken) < step)
            {
                await Task.Delay(20, cancellationToken);
            }

            await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
            if (await connection.QuerySingleAsync<string?>("select fail from test_gate") is { } fail && step == 5)
            {
                throw new InvalidOperationException(fail, new TimeoutException("because of this"));
            }

            await connection.ExecuteAsync(
                "insert into test_steps (window_from, step, pid) values (@from, @step, @pid) on conflict (window_from, step) do update set pid = excluded.pid, times = test_steps.times + 1",
                new { from = window.From.ToString("yyyy-MM-dd"), step, pid = Environment.ProcessId });
            progress.Add();
        }

        return new JobOutcome("Took ten steps.", new Dictionary<string, long> { ["steps"] = Steps, ["days"] = window.DayCount });
    }

    private async Task<int> GateAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleAsync<int>(new CommandDefinition("select open_to from test_gate", cancellationToken: cancellationToken));
    }
}

/// <summary>Says when it began and when it ended.</summary>
internal sealed class TickingJob(NpgsqlDataSource dataSource) : IWindowJob
{
    public async Task<JobOutcome> RunAsync(JobWindow window, JobProgress progress, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var id = await connection.QuerySingleAsync<int>("insert into test_ticks (pid, begun) values (@pid, clock_timestamp()) returning id", new { pid = Environment.ProcessId });
        await Task.Delay(300, cancellationToken);
        await connection.ExecuteAsync("update test_ticks set ended = clock_timestamp() where id = @id", new { id });
        return new JobOutcome("Ticked.");
    }
}

/// <summary>Does not hear that it shall stop.</summary>
internal sealed class StubbornJob : IWindowJob
{
    public async Task<JobOutcome> RunAsync(JobWindow window, JobProgress progress, CancellationToken cancellationToken)
    {
        await Task.Delay(TimeSpan.FromHours(1), CancellationToken.None);
        return new JobOutcome("Slept.");
    }
}
