namespace CommandCenter.Contracts.Assessment;

/// <summary>A version of a week, month or quarter.</summary>
/// <param name="Id">Of this version.</param>
/// <param name="Period">What it is.</param>
/// <param name="Starts">Its first day, such as 2026-10-01.</param>
/// <param name="Ends">The day after its last.</param>
/// <param name="Version">From 1.</param>
/// <param name="Latest">There is none newer.</param>
/// <param name="State">Open: it still runs, and its scores are replaced.</param>
/// <param name="PolicyVersion">That it was scored by.</param>
/// <param name="MadeAt">When.</param>
/// <param name="ClosedAt">When it was frozen; null while open.</param>
/// <param name="Reason">Why there is this version.</param>
/// <param name="Difference">Against the version before; null in a first one.</param>
/// <param name="Hash">SHA-256 in hex over its rows; null while open.</param>
/// <param name="Signed">The hash is signed by the key that stands with it; null while open.</param>
public sealed record AssessmentSnapshot(
    string Id,
    [property: OneOf("week", "month", "quarter")] string Period,
    string Starts,
    string Ends,
    int Version,
    bool Latest,
    [property: OneOf("open", "closed")] string State,
    int PolicyVersion,
    DateTimeOffset MadeAt,
    DateTimeOffset? ClosedAt,
    [property: OneOf("provisional", "closed", "late-data", "exclusion", "appeal")] string Reason,
    AssessmentDifference? Difference,
    string? Hash,
    bool? Signed);

/// <summary>What a version says otherwise than the one before.</summary>
/// <param name="Version">The one before.</param>
/// <param name="Changed">Scores that say something else.</param>
/// <param name="Added">Subjects that were not in it.</param>
/// <param name="Removed">Subjects that are not in it any more.</param>
/// <param name="Largest">The largest change of a total, in points; null: none changed.</param>
public sealed record AssessmentDifference(int Version, int Changed, int Added, int Removed, double? Largest);

/// <summary>All versions of periods, newest first.</summary>
public sealed record AssessmentPeriods(IReadOnlyList<AssessmentSnapshot> Items);
