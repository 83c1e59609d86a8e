namespace CommandCenter.Contracts.Assessment;

/// <summary>The best of a closed month, quarter or year.</summary>
/// <param name="Period">Which kind.</param>
/// <param name="Starts">Its first day.</param>
/// <param name="Ends">The day after its last.</param>
/// <param name="Months">Closed months that a year's totals are means of; 1 otherwise.</param>
/// <param name="Items">Best first; equal totals share a rank.</param>
public sealed record AssessmentBoard([property: OneOf("month", "quarter", "year")] string Period, string Starts, string Ends, int Months, IReadOnlyList<BoardItem> Items);

/// <param name="Rank">From 1.</param>
/// <param name="Subject">Code.</param>
/// <param name="Name">As it is now.</param>
/// <param name="Area">Code of the home, or of the area itself.</param>
/// <param name="AreaName">Of that.</param>
/// <param name="Total">0 to 100.</param>
/// <param name="Band">The policy's word; null for a year.</param>
/// <param name="Months">With a total.</param>
/// <param name="Score">For its detail; null for a year.</param>
public sealed record BoardItem(int Rank, string Subject, string? Name, string? Area, string? AreaName, double Total, string? Band, int Months, long? Score);
