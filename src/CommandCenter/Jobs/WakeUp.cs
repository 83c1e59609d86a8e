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
        await planner.PlanAsync(registration.Plan, ended.Token);
        await runner.DrainAsync(registration, ended.Token);
    }
}

/// <summary>Gives the scheduler its <see cref="WakeUp"/>s, made from the server's parts.</summary>
internal sealed class WakeFactory(JobList jobs, JobPlanner planner, JobRunner runner, CancellationToken stopping) : IJobFactory
{
    public ValueTask<JobScope> CreateJob(TriggerFiredBundle bundle, IScheduler scheduler, CancellationToken cancellationToken)
    {
        var name = bundle.JobDetail.Key.Name;
        var registration = jobs.Find(name) ?? throw new SchedulerException($"This version knows no job {name}.");
        return ValueTask.FromResult(new JobScope(new WakeUp(registration, planner, runner, stopping), null));
    }

    public ValueTask ReturnJob(JobScope scope, CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
