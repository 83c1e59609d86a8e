using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace CommandCenter.Jobs;

/// <summary>Meter <c>CommandCenter.Jobs</c>; every value carries its job's name.</summary>
internal sealed class JobMetrics
{
    public const string MeterName = "CommandCenter.Jobs";

    private readonly ConcurrentDictionary<string, double> _late = new(StringComparer.Ordinal);
    private readonly Histogram<double> _duration;
    private readonly Counter<long> _runs;
    private readonly Counter<long> _interrupted;

    public JobMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _duration = meter.CreateHistogram<double>("jobs.run.duration", "s", "How long runs took that ended, whatever their end");
        _runs = meter.CreateCounter<long>("jobs.runs", "{run}", "Runs that ended, by their end");
        _interrupted = meter.CreateCounter<long>("jobs.interrupted", "{time}", "Times that a run, or the scheduler itself, was broken off and goes on later");
        meter.CreateObservableGauge("jobs.late", Late, "s", "How long the oldest window that fell due and is not done has waited");
    }

    public void Ended(string job, JobRunState state, TimeSpan took)
    {
        _duration.Record(took.TotalSeconds, Of(job));
        _runs.Add(1, Of(job), new KeyValuePair<string, object?>("state", JobWords.Of(state)));
    }

    public void Interrupted(string job) => _interrupted.Add(1, Of(job));

    public void Late(string job, TimeSpan late) => _late[job] = late.TotalSeconds;

    private static KeyValuePair<string, object?> Of(string job) => new("job", job);

    private IEnumerable<Measurement<double>> Late() => _late.Select(late => new Measurement<double>(late.Value, Of(late.Key)));
}
