namespace CommandCenter.Contracts.Assessment;

/// <summary>A page of a period's scores, as answered by <c>GET /api/assessment/{period}/scores</c>.</summary>
public sealed record AssessmentScores(AssessmentSnapshot Snapshot, IReadOnlyList<ScoreItem> Items, string? Next, ScoreDistribution Distribution);

/// <param name="Id">For its detail.</param>
/// <param name="Subject">A worker's or an area's code; null: the person was erased.</param>
/// <param name="Name">As it is now.</param>
/// <param name="Area">Code of a worker's home then, or of the area itself.</param>
/// <param name="AreaName">Of that.</param>
/// <param name="Total">0 to 100; null: too much of the policy's weight has no data.</param>
/// <param name="Band">The policy's word for the total.</param>
/// <param name="CoveredWeight">Share of the policy's weight that there is data for.</param>
/// <param name="Before">Total of the period before, in its newest version.</param>
/// <param name="Earlier">Total in the version before this one.</param>
/// <param name="Rank">Within what was asked for; equal totals share one.</param>
public sealed record ScoreItem(
    long Id, string? Subject, string? Name, string? Area, string? AreaName, double? Total, string? Band, double CoveredWeight, double? Before, double? Earlier, int? Rank);

/// <summary>Of all scores that were asked for, whatever the page.</summary>
/// <param name="Scored">With a total.</param>
/// <param name="Without">Without one.</param>
/// <param name="Mean">Of the totals.</param>
/// <param name="Median">Of the totals.</param>
/// <param name="Buckets">Ten of ten points each; the last one holds 100, too.</param>
/// <param name="Bands">The policy's words.</param>
public sealed record ScoreDistribution(int Scored, int Without, double? Mean, double? Median, IReadOnlyList<ScoreBucket> Buckets, IReadOnlyList<ScoreBand> Bands);

/// <param name="From">Inclusive.</param>
/// <param name="To">Exclusive, but for 100.</param>
/// <param name="Count">Scores in it.</param>
public sealed record ScoreBucket(int From, int To, int Count);

/// <summary>How many have it.</summary>
public sealed record ScoreBand(string Band, int Count);

/// <summary>One score with its indicators, as answered by <c>GET /api/assessment/scores/{id}</c>.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Snapshot">The version it stands in.</param>
/// <param name="SubjectKind">What it is of.</param>
/// <param name="Subject">Code; null: the person was erased.</param>
/// <param name="Name">As it is now.</param>
/// <param name="Area">Code of the home then, or of the area itself.</param>
/// <param name="AreaName">Of that.</param>
/// <param name="Total">0 to 100; null: see <paramref name="WhyNoTotal"/>.</param>
/// <param name="Band">The policy's word.</param>
/// <param name="CoveredWeight">Share of weight with data.</param>
/// <param name="WhyNoTotal">A word of the policy's.</param>
/// <param name="Before">Total of the period before.</param>
/// <param name="Erased">Its person was erased: its hash alone is left.</param>
/// <param name="Indicators">In the policy's order.</param>
/// <param name="History">All versions, newest first.</param>
/// <param name="Appeals">Against any of them, newest first.</param>
public sealed record ScoreDetail(
    long Id,
    AssessmentSnapshot Snapshot,
    [property: OneOf("worker", "grid", "community", "subdistrict", "department")] string SubjectKind,
    string? Subject,
    string? Name,
    string? Area,
    string? AreaName,
    double? Total,
    string? Band,
    double CoveredWeight,
    string? WhyNoTotal,
    double? Before,
    bool Erased,
    IReadOnlyList<ScoreIndicator> Indicators,
    IReadOnlyList<ScoreVersion> History,
    IReadOnlyList<AppealInfo> Appeals);

/// <summary>An indicator of a score: numerator over denominator, what was left out, and what became of it.</summary>
/// <param name="Indicator">Its id.</param>
/// <param name="Numerator">What was done.</param>
/// <param name="Denominator">What was to be done.</param>
/// <param name="Samples">How much it rests on.</param>
/// <param name="Value">The formula's.</param>
/// <param name="Points">0 to 100.</param>
/// <param name="Weight">The policy's.</param>
/// <param name="EffectiveWeight">After what has no data was left out.</param>
/// <param name="Excluded">Nobody's fault, in the denominator's unit.</param>
/// <param name="NoData">Why there is none; null: there is.</param>
/// <param name="Evidence">What stands behind it; null: nothing.</param>
public sealed record ScoreIndicator(
    string Indicator,
    double? Numerator,
    double? Denominator,
    int Samples,
    double? Value,
    double? Points,
    double Weight,
    double EffectiveWeight,
    IReadOnlyList<ScoreExclusion> Excluded,
    string? NoData,
    ScoreEvidenceMark? Evidence);

/// <summary>Something left out.</summary>
public sealed record ScoreExclusion(string Kind, double Amount, string? Why);

/// <summary>What evidence there is to be asked for.</summary>
public sealed record ScoreEvidenceMark([property: OneOf("cells", "alarms", "assignments", "days", "parts")] string Kind, int Count);

/// <summary>A score in one version, with what is different from the one before.</summary>
public sealed record ScoreVersion(
    long Id, int Version, bool Latest, [property: OneOf("provisional", "closed", "late-data", "exclusion", "appeal")] string Reason, DateTimeOffset MadeAt, double? Total, string? Band, IReadOnlyList<ScoreChange> Changes);

/// <summary>An indicator's points, before and after.</summary>
public sealed record ScoreChange(string Indicator, double? Before, double? After);
