using Quartz;
using Quartz.Extensibility;

namespace CommandCenter.Jobs;

/// <summary>What the scheduler runs: looks what is due, then does what is queued. One of a job at a time in the whole cluster.</summary>
[DisallowConcurrentExecution]
internal sealed class WakeUp(JobRegistration registration, JobPlanner planner, JobRunner runner, CancellationToken stopping) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stopping, cancellationToken);
        try
        {
            await planner.PlanAsync(registration.Plan, ended.Token);
            await runner.DrainAsync(registration, ended.Token);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The node stops.
        }
        catch (Exception e)
        {
            // Nothing is lost: what is due and what was begun stands in the database, and the next look finds it.
            runner.HeldUp(registration.Plan.Name, e);
        }
    }
}

/// <summary>Gives the scheduler its <see cref="WakeUp"/>s, made from the server's parts.</summary>
internal sealed class WakeFactory(JobList jobs, JobPlanner planner, JobRunner runner, CancellationToken stopping) : IJobFactory
{
    public ValueTask<JobScope> CreateJob(TriggerFiredBundle bundle, IScheduler scheduler, CancellationToken cancellationToken)
    {
        // A job of another version, while nodes are brought up to date one by one: a node that knows it looks after what was due by itself.
        IJob wake = jobs.Find(bundle.JobDetail.Key.Name) is { } registration ? new WakeUp(registration, planner, runner, stopping) : new Unknown();
        return ValueTask.FromResult(new JobScope(wake, null));
    }

    public ValueTask ReturnJob(JobScope scope, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    private sealed class Unknown : IJob
    {
        public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}
