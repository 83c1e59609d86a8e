namespace CommandCenter.Contracts.Assessment;

/// <summary>Body of <c>POST /api/assessment/scores/{id}/appeals</c>.</summary>
/// <param name="Indicator">Null: the whole score.</param>
/// <param name="Words">What the worker states.</param>
public sealed record NewAppeal(string? Indicator, string? Words);

/// <summary>An appeal against a score.</summary>
/// <param name="Id">Its own.</param>
/// <param name="Score">Against which.</param>
/// <param name="SubjectKind">Whose.</param>
/// <param name="Subject">Code.</param>
/// <param name="Name">As it is now.</param>
/// <param name="Area">Code of the home then, or of the area itself.</param>
/// <param name="Period">Of the score.</param>
/// <param name="Starts">Its first day.</param>
/// <param name="Version">Of the score.</param>
/// <param name="Indicator">Null: the whole score.</param>
/// <param name="Words">What was stated.</param>
/// <param name="ByWorker">By the worker's own phone; else an account recorded it.</param>
/// <param name="MadeBy">Code of the worker or name of the account.</param>
/// <param name="MadeAt">When.</param>
/// <param name="State">How far it has come.</param>
/// <param name="DecidedBy">Name of the account.</param>
/// <param name="DecidedAt">When.</param>
/// <param name="Decision">In words.</param>
/// <param name="Exclusion">What was excluded by it.</param>
/// <param name="Snapshot">The version that came of it; null: none yet.</param>
/// <param name="MayDecide">Whoever asks may decide it.</param>
public sealed record AppealInfo(
    string Id,
    long Score,
    [property: OneOf("worker", "grid", "community", "subdistrict", "department")] string SubjectKind,
    string? Subject,
    string? Name,
    string? Area,
    [property: OneOf("week", "month", "quarter")] string Period,
    string Starts,
    int Version,
    string? Indicator,
    string Words,
    bool ByWorker,
    string MadeBy,
    DateTimeOffset MadeAt,
    [property: OneOf("open", "upheld", "rejected")] string State,
    string? DecidedBy,
    DateTimeOffset? DecidedAt,
    string? Decision,
    int? Exclusion,
    string? Snapshot,
    bool MayDecide);

/// <summary>Body of <c>POST /api/assessment/appeals/{id}/decision</c>.</summary>
/// <param name="Upheld">Or rejected.</param>
/// <param name="Words">Why.</param>
/// <param name="Exclusion">Only when upheld: days that are nobody's fault, of the score's subject.</param>
public sealed record AppealDecision(bool? Upheld, string? Words, AppealExclusion? Exclusion);

/// <param name="Kind">leave, rest-day or no-signal.</param>
/// <param name="From">First day.</param>
/// <param name="To">The day after the last.</param>
/// <param name="Note">In words.</param>
public sealed record AppealExclusion(string? Kind, string? From, string? To, string? Note);

/// <summary>Body of <c>POST /api/assessment/exclusions</c>.</summary>
/// <param name="SubjectKind">worker, or the kind of area.</param>
/// <param name="Subject">Code.</param>
/// <param name="Kind">leave, rest-day or no-signal.</param>
/// <param name="From">First day.</param>
/// <param name="To">The day after the last.</param>
/// <param name="Note">In words.</param>
public sealed record NewExclusion(string? SubjectKind, string? Subject, string? Kind, string? From, string? To, string? Note);

/// <summary>Days that are nobody's fault: of a worker, or of an area with all at home in it and below.</summary>
public sealed record ExclusionInfo(
    int Id,
    [property: OneOf("worker", "grid", "community", "subdistrict", "department")] string SubjectKind,
    string? Subject,
    string? Name,
    [property: OneOf("leave", "rest-day", "no-signal")] string Kind,
    string From,
    string To,
    string? Note,
    string SetBy,
    DateTimeOffset SetAt,
    string? WithdrawnBy,
    DateTimeOffset? WithdrawnAt);

/// <summary>A worker's own scores, as answered by <c>GET /api/assessed</c>.</summary>
public sealed record OwnScores(IReadOnlyList<ScoreDetail> Items);
