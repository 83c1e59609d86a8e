namespace CommandCenter.Assessment.Scoring;

/// <summary>What is assessed, and how: data, checked by <see cref="Policies.PolicyReader"/>. Definitions in docs/assessment.md.</summary>
/// <param name="Name">Of the policy.</param>
/// <param name="Timing">What counts as in time, and as a patrolled day.</param>
/// <param name="Bands">Best first; the last begins at 0.</param>
/// <param name="Subjects">Kinds without an entry are not assessed.</param>
public sealed record AssessmentPolicy(TwoLanguages Name, PolicyTiming Timing, IReadOnlyList<Band> Bands, IReadOnlyDictionary<SubjectKind, IReadOnlyList<IndicatorRule>> Subjects);

public sealed record TwoLanguages(string Zh, string En);

/// <param name="AcknowledgeSeconds">From an alarm's arrival until the desk has acknowledged it.</param>
/// <param name="AcceptSeconds">From being sent until the worker has accepted.</param>
/// <param name="ArriveSeconds">From being sent until on scene.</param>
/// <param name="DoneSeconds">From being sent until cleared.</param>
/// <param name="PatrolMinutes">Credited time that makes a day a patrolled one.</param>
/// <param name="DutyMinutes">Time on duty that makes a day one on which a patrol is expected.</param>
public sealed record PolicyTiming(int AcknowledgeSeconds, int AcceptSeconds, int ArriveSeconds, int DoneSeconds, int PatrolMinutes, int DutyMinutes);

/// <param name="Id">Stored with scores, so never change one.</param>
/// <param name="Name">Shown.</param>
/// <param name="From">Totals from this on are in it, unless they are in a better one.</param>
public sealed record Band(string Id, TwoLanguages Name, double From);

/// <param name="Id">One of <see cref="IndicatorIds.All"/>.</param>
/// <param name="Weight">Percent; those of a subject make 100.</param>
/// <param name="MinimumSamples">Fewer are no data.</param>
/// <param name="Formula">Points of a value.</param>
public sealed record IndicatorRule(string Id, double Weight, int MinimumSamples, Formula Formula);

/// <summary>From numerator by denominator to points.</summary>
public abstract record Formula;

/// <summary>0 points at <paramref name="Zero"/>, 100 at <paramref name="Full"/>, even between, no more beyond. Less is better where zero is the greater one.</summary>
public sealed record LinearFormula(double Zero, double Full) : Formula;

/// <summary>Points of the highest step that the value has reached; 0 below all. Steps ascend.</summary>
public sealed record StepsFormula(IReadOnlyList<FormulaStep> Steps) : Formula;

public readonly record struct FormulaStep(double From, double Points);

/// <summary>The indicators' ids; stored, so never change one.</summary>
public static class IndicatorIds
{
    public const string GridCoverage = "grid-coverage";
    public const string AlarmAcknowledged = "alarm-acknowledged";
    public const string AlarmArrived = "alarm-arrived";
    public const string AssignmentsOnTime = "assignments-on-time";
    public const string PatrolRegularity = "patrol-regularity";
    public const string Incidents = "incidents";
    public const string Visits = "visits";
    public const string SpotChecks = "spot-checks";
    public const string HoursOnline = "hours-online";
    public const string Mileage = "mileage";

    public static readonly IReadOnlyList<string> All =
        [GridCoverage, AlarmAcknowledged, AlarmArrived, AssignmentsOnTime, PatrolRegularity, Incidents, Visits, SpotChecks, HoursOnline, Mileage];

    /// <summary>How long and how far somebody was watched: they weigh nothing unless somebody wrote down the legal basis.</summary>
    public static readonly IReadOnlyList<string> NeedLegalBasis = [HoursOnline, Mileage];
}
