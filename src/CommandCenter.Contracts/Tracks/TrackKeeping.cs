namespace CommandCenter.Contracts.Tracks;

/// <summary>
/// How long raw tracks are kept, as answered by <c>GET /api/tracks/retention</c>: <paramref name="Days"/> unless a rule of the home area or of the nearest above it
/// says otherwise. <paramref name="Above"/>: what such a rule above the viewer's own area says, where there is one. <paramref name="Beside"/>: what is kept for a time of its own.
/// </summary>
public sealed record TrackRetention(int Days, IReadOnlyList<TrackRetentionRule> Rules, int? Above, IReadOnlyList<KeptBeside> Beside);

/// <param name="What">alarmWords: who, where and what was said of alarms that are over; alarms: the alarms themselves, with their ledgers; coverage: what squares earned; assessmentEvidence: what stands behind scores; assessment: the scores.</param>
/// <param name="Days">From their end.</param>
public sealed record KeptBeside([property: OneOf("alarmWords", "alarms", "coverage", "assessmentEvidence", "assessment")] string What, int Days);

/// <summary>What a rule would change, as answered by <c>GET /api/tracks/retention/{area}/preview</c>; nothing is changed by asking.</summary>
/// <param name="Area">Code.</param>
/// <param name="DaysNow">Kept now.</param>
/// <param name="DaysThen">Kept with the rule, or without it.</param>
/// <param name="People">At home where the rule would count: in the area and below, but for areas with rules of their own.</param>
/// <param name="Before">Tracks before this would be past their keeping.</param>
/// <param name="Rows">Pieces and segments that would go at once; null when they cannot be counted in time.</param>
/// <param name="Fixes">In those.</param>
/// <param name="Held">Pieces and segments as old that cases keep.</param>
/// <param name="Oldest">The oldest hour of what would go.</param>
/// <param name="RoundMinutes">It goes within so many minutes.</param>
public sealed record TrackRetentionPreview(
    string Area, int DaysNow, int DaysThen, int People, DateTimeOffset Before, long? Rows, long? Fixes, long? Held, DateTimeOffset? Oldest, double RoundMinutes);

/// <param name="Area">Code.</param>
/// <param name="Days">Raw tracks of people at home in it, and below it, are deleted after so many.</param>
/// <param name="Reason">Why.</param>
/// <param name="SetAt">When.</param>
/// <param name="SetBy">User name.</param>
public sealed record TrackRetentionRule(string Area, int Days, string Reason, DateTimeOffset SetAt, string SetBy);

/// <summary>Body of <c>PUT /api/tracks/retention/{area}</c>: 1 to 3,650 days.</summary>
public sealed record TrackRetentionChange(int Days, string? Reason);

/// <summary>Body of <c>POST /api/tracks/holds</c>: tracks of these workers between two moments are kept for a case, whatever their age.</summary>
/// <param name="Workers">Codes; null when <paramref name="Area"/> is given.</param>
/// <param name="From">Inclusive.</param>
/// <param name="To">Exclusive.</param>
/// <param name="Until">When the hold ends by itself; at most ten years away.</param>
/// <param name="Case">The case's number.</param>
/// <param name="Reason">Why.</param>
/// <param name="Area">Code: everybody who is at home in it or below when the hold is placed.</param>
public sealed record NewTrackHold(
    IReadOnlyList<string>? Workers, DateTimeOffset From, DateTimeOffset To, DateTimeOffset Until, string? Case, string? Reason, string? Area = null);

/// <summary>
/// A hold, as answered by <c>GET /api/tracks/holds</c>. <paramref name="Workers"/> are the first 50 of the <paramref name="Count"/> in the viewer's area, those outside
/// it are counted in <paramref name="Others"/>. <paramref name="Area"/>: the area that was named, when the viewer may see it.
/// </summary>
public sealed record TrackHold(
    long Id,
    IReadOnlyList<string> Workers,
    int Others,
    DateTimeOffset From,
    DateTimeOffset To,
    DateTimeOffset Until,
    string Case,
    string Reason,
    DateTimeOffset PlacedAt,
    string PlacedBy,
    DateTimeOffset? ReleasedAt,
    string? ReleasedBy,
    int Count,
    string? Area);

/// <summary>Body of <c>POST /api/workers/{code}/erasure</c>. Without <paramref name="Plan"/> nothing is deleted and the answer is a plan.</summary>
public sealed record TrackErasureRequest(string? Reason, string? Case, string? Plan);

/// <summary>What an erasure would delete. <paramref name="Plan"/> is the word that does it, for a quarter of an hour.</summary>
public sealed record TrackErasurePlan(string Worker, IReadOnlyList<ErasedTable> Tables, IReadOnlyList<string> HeldFor, string? Plan, IReadOnlyList<string> Stays);

/// <param name="Table">Of the database.</param>
/// <param name="Rows">Deleted, or to be.</param>
/// <param name="Fixes">In them; 0 where a row is none.</param>
public sealed record ErasedTable(string Table, long Rows, long Fixes);

/// <summary>
/// That a person's tracks were deleted, without anything of what was in them. <paramref name="Sha256"/> is of the receipt as docs/exports.md says;
/// null while the deletion goes on. <paramref name="LaterFixes"/> came afterwards and were deleted too.
/// </summary>
public sealed record TrackErasureReceipt(
    long Id,
    string Worker,
    DateTimeOffset RequestedAt,
    string RequestedBy,
    string Reason,
    string? Case,
    DateTimeOffset? FinishedAt,
    IReadOnlyList<ErasedTable> Tables,
    long LaterFixes,
    string? Sha256,
    IReadOnlyList<string> Stays);
