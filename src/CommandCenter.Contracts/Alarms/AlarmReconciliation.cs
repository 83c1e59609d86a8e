namespace CommandCenter.Contracts.Alarms;

/// <summary>That nothing was lost between two moments, as answered by <c>GET /api/alarms/reconciliation</c>: how many reached each station, and which did not.</summary>
/// <param name="From">Of arrival, inclusive.</param>
/// <param name="To">Exclusive.</param>
/// <param name="Answered">In the log or the store when the phone was told: every one of <paramref name="Received"/>.</param>
/// <param name="Received">Alarms and presses that joined one.</param>
/// <param name="Stored">With their first ledger entry in PostgreSQL.</param>
/// <param name="Shown">Drawn by at least one wall.</param>
/// <param name="Acknowledged">By somebody.</param>
/// <param name="Closed">Resolved or found false.</param>
/// <param name="MedianShownMilliseconds">From arrival to the first wall's drawing; null when none was shown.</param>
/// <param name="P99ShownMilliseconds">The same.</param>
/// <param name="NotShown">Ids, at most 100.</param>
/// <param name="NotAcknowledged">Ids, at most 100.</param>
/// <param name="Broken">Ids whose ledger's hashes do not follow, at most 100.</param>
/// <param name="KeptFrom">Alarms that ended before this are past their keeping and deleted: none of them is counted, and none is lost. Null: the whole interval is kept.</param>
/// <param name="Erased">Of these alarms, those whose words were deleted.</param>
public sealed record AlarmReconciliation(
    DateTimeOffset From,
    DateTimeOffset To,
    int Received,
    int Answered,
    int Stored,
    int Shown,
    int Acknowledged,
    int Closed,
    double? MedianShownMilliseconds,
    double? P99ShownMilliseconds,
    IReadOnlyList<string> NotShown,
    IReadOnlyList<string> NotAcknowledged,
    IReadOnlyList<string> Broken,
    DateTimeOffset? KeptFrom,
    int Erased);
