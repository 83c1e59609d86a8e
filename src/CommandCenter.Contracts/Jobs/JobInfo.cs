namespace CommandCenter.Contracts.Jobs;

/// <summary>All background jobs, as answered by <c>GET /api/jobs</c>.</summary>
/// <param name="Items">One for each job that the server has.</param>
/// <param name="MayRun">Whether the asking administrator may run, cancel and retry: who administers the whole center.</param>
public sealed record JobsInfo(IReadOnlyList<JobInfo> Items, bool MayRun);

/// <param name="Name">Such as <c>coverage</c>.</param>
/// <param name="Zone">IANA name of the zone in which schedules are meant and windows have their days.</param>
/// <param name="Schedules">When it runs by itself; none: only when somebody asks.</param>
/// <param name="Next">When it is due next.</param>
/// <param name="MostDays">Days that one run may span.</param>
/// <param name="LateAfterSeconds">A window that has waited longer since it fell due is late.</param>
/// <param name="LateSeconds">How long the oldest window that fell due and is not done has waited; 0: none waits.</param>
/// <param name="Late">Whether that is too long.</param>
/// <param name="Queued">Runs that wait.</param>
/// <param name="Running">The run under way.</param>
/// <param name="Last">The newest run that has ended.</param>
public sealed record JobInfo(
    string Name,
    string Zone,
    IReadOnlyList<JobScheduleInfo> Schedules,
    DateTimeOffset? Next,
    int MostDays,
    double LateAfterSeconds,
    double LateSeconds,
    bool Late,
    int Queued,
    JobRunInfo? Running,
    JobRunInfo? Last);

/// <param name="Cron">Seconds, minutes, hours, days of the month, months, days of the week.</param>
/// <param name="Window">The days that it asks for.</param>
/// <param name="Next">When it is due next.</param>
public sealed record JobScheduleInfo(string Cron, [property: OneOf("today", "yesterday", "lastWeek", "lastMonth", "lastQuarter")] string Window, DateTimeOffset? Next);

/// <summary>One run of a job over whole days, as answered by <c>GET /api/jobs/runs/{id}</c>.</summary>
/// <param name="Id">Counts up.</param>
/// <param name="Job">The job's name.</param>
/// <param name="From">The first day, such as 2026-01-31.</param>
/// <param name="To">The day after the last.</param>
/// <param name="State">How far it has come. A run whose node has died is running until another takes it up.</param>
/// <param name="Due">When its window fell due; null: somebody asked for it.</param>
/// <param name="AskedBy">User name; null: the schedule.</param>
/// <param name="AskedAt">When it was queued.</param>
/// <param name="Started">When its newest attempt began.</param>
/// <param name="Ended">When it ended.</param>
/// <param name="Seconds">How long its newest attempt has taken.</param>
/// <param name="Attempts">Above 1: a node died under it.</param>
/// <param name="Node">Where it runs or ran.</param>
/// <param name="Progress">0 to 1; null: not known.</param>
/// <param name="Done">In units of the job's own.</param>
/// <param name="Total">0: not known.</param>
/// <param name="Rate">Units a second, while it runs.</param>
/// <param name="RemainingSeconds">While it runs at that rate.</param>
/// <param name="Error">What went wrong, one line, and under it why.</param>
/// <param name="Result">What it did, in a sentence.</param>
/// <param name="Counts">What it did, in numbers by name.</param>
/// <param name="RetryOf">The run that it does again.</param>
public sealed record JobRunInfo(
    long Id,
    string Job,
    string From,
    string To,
    [property: OneOf("queued", "running", "succeeded", "failed", "cancelled")] string State,
    DateTimeOffset? Due,
    string? AskedBy,
    DateTimeOffset AskedAt,
    DateTimeOffset? Started,
    DateTimeOffset? Ended,
    double? Seconds,
    int Attempts,
    string? Node,
    double? Progress,
    long Done,
    long Total,
    double? Rate,
    double? RemainingSeconds,
    string? Error,
    string? Result,
    IReadOnlyDictionary<string, long>? Counts,
    long? RetryOf);

/// <summary>Body of <c>POST /api/jobs/{name}/runs</c>: days such as 2026-01-31, or moments in ISO 8601 with their zone; widened to whole days.</summary>
/// <param name="From">Inclusive.</param>
/// <param name="To">Exclusive.</param>
public sealed record NewJobRun(string? From, string? To);
