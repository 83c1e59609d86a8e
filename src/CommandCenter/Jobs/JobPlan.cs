namespace CommandCenter.Jobs;

/// <summary>A job's name, and when it runs over which windows.</summary>
/// <param name="Name">On the wire and in the database, lower case: <c>coverage</c>. Never changed.</param>
/// <param name="Timings">When it runs by itself; none: only when somebody asks.</param>
/// <param name="Lateness">A due window that has not been done so long after is late: the list of jobs says so, and a metric.</param>
public sealed record JobPlan(string Name, IReadOnlyList<JobTiming> Timings, TimeSpan Lateness)
{
    /// <summary>Days that one run may span.</summary>
    public int MostDays { get; init; } = 400;
}

/// <summary>One of a job's schedules with the window that it asks for.</summary>
public sealed record JobTiming(JobSchedule Schedule, JobWindowRule Window);

/// <summary>Which days a schedule asks for, seen from the day on which it falls due.</summary>
public enum JobWindowRule
{
    /// <summary>The day itself, as far as it has come.</summary>
    Today,
    Yesterday,

    /// <summary>The last Monday to Sunday that has ended.</summary>
    LastWeek,
    LastMonth,

    /// <summary>The last of January to March, April to June, July to September, October to December that has ended.</summary>
    LastQuarter,
}
