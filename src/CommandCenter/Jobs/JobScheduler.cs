using System.Globalization;
using CommandCenter.Storage;
using Microsoft.Extensions.Options;
using Npgsql;
using Quartz;

namespace CommandCenter.Jobs;

/// <summary>
/// The alarm clock, and all that this server knows of Quartz beside <see cref="JobDueRules"/>: it wakes one node of the cluster when a job is due or asked for, and another
/// one when the first has died. Started once the schema is there, behind readiness; while PostgreSQL is away it waits and tries again.
/// </summary>
internal sealed partial class JobScheduler(
    JobList jobs,
    JobPlanner planner,
    JobRunner runner,
    SchemaMigrations schema,
    NpgsqlDataSource dataSource,
    JobMetrics metrics,
    IOptions<JobsOptions> options,
    IOptions<Web.CenterOptions> center,
    TimeProvider time,
    ILoggerFactory loggers,
    ILogger<JobScheduler> logger) : BackgroundService
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);

    /// <summary>Jobs that were told to stop have so long, well within what the host grants.</summary>
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(3);

    private volatile IScheduler? _running;

    /// <summary>Has the job looked after soon, on some node. Not an error when it cannot: <see cref="JobLook"/> asks again.</summary>
    public async Task WakeAsync(string job, CancellationToken cancellationToken)
    {
        if (_running is not { } scheduler)
        {
            return;
        }

        try
        {
            // One wake waiting is enough: it does whatever is queued by then.
            var wake = TriggerBuilder.Create(time).WithIdentity(job, "wake").ForJob(new JobKey(job)).StartNow().Build();
            await scheduler.ScheduleTrigger(wake, TriggerConflict.Replace, cancellationToken);
        }
        catch (Exception e) when (e is SchedulerException or NpgsqlException)
        {
            LogInterrupted(e.Message);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Enabled || jobs.All.Count == 0)
        {
            return;
        }

        await schema.WhenAppliedAsync(stoppingToken);
        for (var attempt = 0; !stoppingToken.IsCancellationRequested; attempt++)
        {
            var factory = QuartzSchedulerBuilder.Create(Configure(stoppingToken)).Build();
            try
            {
                var scheduler = await factory.GetScheduler(stoppingToken);
                await ScheduleAsync(scheduler, stoppingToken);
                await scheduler.Start(stoppingToken);
                _running = scheduler;
                await Task.Delay(Timeout.InfiniteTimeSpan, time, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                // Stops below.
            }
            catch (Exception e)
            {
                // Whatever it was, the live path lives on without jobs, and they are tried again.
                metrics.Interrupted("scheduler");
                LogInterrupted(e.Message);
            }

            _running = null;
            await StopAsync(factory);
            var pause = TimeSpan.FromSeconds(Math.Min(LongestPause.TotalSeconds, 0.5 * Math.Pow(2, Math.Min(attempt, 10))));
            await Task.Delay(pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private Action<IQuartzBuilder> Configure(CancellationToken stopping) => quartz =>
    {
        quartz.Services.AddSingleton(loggers);
        quartz.UseTimeProvider(time);
        quartz.ConfigureScheduler(scheduler =>
        {
            scheduler.InstanceName = "jobs";
            scheduler.InstanceId = runner.Node;
            scheduler.ShutdownJobInterruption = ShutdownJobInterruption.Always;
        });
        quartz.UseDefaultThreadPool(options.Value.MostAtOnce);
        quartz.UseJobFactory(new WakeFactory(jobs, planner, runner, stopping));
        quartz.UsePersistentStore(store =>
        {
            store.UsePostgres(postgres => postgres.DataSourceFactory = _ => dataSource);
            store.ConfigureStore(ado =>
            {
                ado.TablePrefix = "quartz.qrtz_";
                ado.StoreJobDataAsStrings = true;

                // Else a job that does not hear keeps the process from ending.
                ado.UseBackgroundThreads = true;
                ado.DbRetryInterval = TimeSpan.FromSeconds(5);
            });
            store.UseClustering(cluster =>
            {
                cluster.CheckinInterval = TimeSpan.FromSeconds(options.Value.CheckInSeconds);
                cluster.CheckinMisfireThreshold = TimeSpan.FromSeconds(options.Value.CheckInSeconds);
            });
            store.ProvisionSchema();
        });
    };

    /// <summary>The same on every node; what an older version had scheduled instead is taken away.</summary>
    private async Task ScheduleAsync(IScheduler scheduler, CancellationToken cancellationToken)
    {
        foreach (var plan in jobs.All.Select(registration => registration.Plan))
        {
            var job = JobBuilder.Create<WakeUp>().WithIdentity(new JobKey(plan.Name)).StoreDurably().RequestRecovery().Build();
            var triggers = plan.Timings.Select((timing, number) => TriggerBuilder.Create(time)
                .WithIdentity(number.ToString(CultureInfo.InvariantCulture), plan.Name)
                .ForJob(job)

                // Missed moments need one wake: the planner knows all that fell due.
                .WithSchedule(CronScheduleBuilder.Create(JobDueRules.Cron(timing.Schedule, center.Value.Zone)).WithMisfireInstruction(CronTriggerMisfireInstruction.FireAndProceed))
                .Build()).ToList();
            await scheduler.AddJob(job, AddJobOptions.Replacing, cancellationToken);
            await scheduler.UnscheduleJobs(GroupMatcher<TriggerKey>.GroupEquals(plan.Name), cancellationToken);
            foreach (var trigger in triggers)
            {
                await scheduler.ScheduleTrigger(trigger, TriggerConflict.Replace, cancellationToken);
            }
        }
    }

    private async Task StopAsync(StandaloneSchedulerFactory factory)
    {
        try
        {
            await ShutAsync(factory).WaitAsync(LongestStop, time);
        }
        catch (Exception e)
        {
            // What still runs ends with the process; its run is taken up again.
            LogInterrupted(e.Message);
        }
    }

    private static async Task ShutAsync(StandaloneSchedulerFactory factory)
    {
        foreach (var scheduler in await factory.GetAllSchedulers(CancellationToken.None))
        {
            await scheduler.Shutdown(true, CancellationToken.None);
        }

        await factory.DisposeAsync();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Background jobs are held up: {Error}")]
    private partial void LogInterrupted(string error);
}
