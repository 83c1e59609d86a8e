using CommandCenter.Assessment.Scoring;

namespace CommandCenter.Assessment.Sources;

/// <summary>What a worker's period amounts to, indicator by indicator. Pure.</summary>
/// <param name="days">The period.</param>
/// <param name="calendar">What excludes days.</param>
/// <param name="settings">What counts as done, and in time.</param>
/// <param name="nowMs">Whose time is not up yet is left out, ms since 1970 UTC.</param>
internal sealed class WorkerIndicators(SourceDays days, ExclusionCalendar calendar, PolicyTiming settings, long nowMs)
{
    public const string Exercise = "exercise";
    public const string Pending = "pending";
    public const string Cancelled = "cancelled";
    private const short CancelledState = 9;

    /// <summary>The spans in which somebody on duty could have walked.</summary>
    public bool[] DueSpans(WorkerFacts facts, CoverageSpans spans, SubjectSources into, int squares)
    {
        var due = new bool[spans.Count];
        for (var span = 0; span < due.Length; span++)
        {
            var states = spans.DaysOf(span).Select(day => (Day: day, State: StateOf(facts, day))).ToList();
            due[span] = states.Any(one => one.State is DayState.Patrolled or DayState.Missed);
            if (!due[span])
            {
                // The kind that stands first in this order tells why nobody could.
                var why = states.Where(one => one.State == DayState.Excluded).Select(one => calendar.Of(facts.Worker, one.Day)).FirstOrDefault()
                    ?? (states.Any(one => one.State == DayState.PhoneDark) ? DutyDays.PhoneDark : DutyDays.OffDuty);
                into[IndicatorIds.GridCoverage].Exclude(why, squares);
            }
        }

        return due;
    }

    public void AddCoverage(VisitedSquares squares, SubjectSources into)
    {
        into[IndicatorIds.GridCoverage].Add(squares.Visited, squares.Due);
        if (squares.Ground.Count > 0 && squares.DueSpans > 0)
        {
            into.Evidence[IndicatorIds.GridCoverage] = new Evidence(DueSpans: squares.DueSpans, Cells: squares.Runs());
        }
    }

    public void AddDays(WorkerFacts facts, SubjectSources into)
    {
        var (patrols, online) = (new List<DayFact>(), new List<DayFact>());
        foreach (var day in days.Days)
        {
            var state = StateOf(facts, day);
            var pending = day >= days.Over && state is (DayState.Missed or DayState.PhoneDark);
            if (pending)
            {
                into[IndicatorIds.PatrolRegularity].Exclude(Pending);
            }
            else if (state is DayState.Patrolled or DayState.Missed)
            {
                into[IndicatorIds.PatrolRegularity].Count(state == DayState.Patrolled);
            }
            else if (state is not DayState.OffDuty)
            {
                into[IndicatorIds.PatrolRegularity].Exclude(state == DayState.Excluded ? calendar.Of(facts.Worker, day)! : DutyDays.PhoneDark);
            }

            if (state != DayState.OffDuty)
            {
                patrols.Add(new DayFact(day, pending ? Pending : state == DayState.Excluded ? calendar.Of(facts.Worker, day)! : state.Word(), facts.CreditedMs.GetValueOrDefault(day) / 1_000.0));
            }

            // Part of a day would make hours and kilometres a day too few.
            if (day < days.Over && facts.Days.TryGetValue(day, out var tracked) && tracked.Fixes > 0)
            {
                into[IndicatorIds.HoursOnline].Add(Math.Round(tracked.Seconds / 3_600, 4), 1);
                into[IndicatorIds.Mileage].Add(Math.Round(tracked.Meters / 1_000, 4), 1);
                online.Add(new DayFact(day, "counted", Math.Round(tracked.Seconds), Math.Round(tracked.Meters)));
            }
        }

        if (patrols.Count > 0)
        {
            into.Evidence[IndicatorIds.PatrolRegularity] = new Evidence(Days: patrols);
        }

        if (online.Count > 0)
        {
            into.Evidence[IndicatorIds.HoursOnline] = into.Evidence[IndicatorIds.Mileage] = new Evidence(Days: online);
        }
    }

    public void AddAssignments(WorkerFacts facts, SubjectSources into)
    {
        Add(IndicatorIds.AlarmAcknowledged, settings.AcceptSeconds, one => one.AcceptedMs);
        Add(IndicatorIds.AlarmArrived, settings.ArriveSeconds, one => one.OnSceneMs);
        Add(IndicatorIds.AssignmentsOnTime, settings.DoneSeconds, one => one.ClearedMs);

        void Add(string indicator, int withinSeconds, Func<AssignmentRecord, long?> done)
        {
            var counted = new List<AssignmentFact>();
            foreach (var one in facts.Assignments)
            {
                var doneMs = done(one);
                var why = one.Exercise ? Exercise
                    : doneMs is null && one.State == CancelledState ? Cancelled
                    : doneMs is null && one.State <= 5 && nowMs - one.SentMs < withinSeconds * 1_000L ? Pending
                    : null;
                if (why is not null)
                {
                    into[indicator].Exclude(why);
                    continue;
                }

                var seconds = (doneMs - one.SentMs) / 1_000.0;
                into[indicator].Count(seconds <= withinSeconds);
                counted.Add(new AssignmentFact(one.Id, one.Alarm, one.SentMs, doneMs, seconds, seconds <= withinSeconds));
            }

            if (counted.Count > 0)
            {
                into.Evidence[indicator] = new Evidence(Assignments: [.. counted.Take(Evidence.MostItems)]);
            }
        }
    }

    public SubjectSources Begin(WorkerFacts facts) => new(SubjectKind.Worker, facts.Worker.Code, facts.Worker.HomeAreaId, facts.Worker.Id);

    private DayState StateOf(WorkerFacts facts, DateOnly day) => DutyDays.Of(facts, day, days, calendar.Of(facts.Worker, day), settings);
}
