namespace CommandCenter.Contracts.Assessment;

/// <summary>The same subject in earlier periods of the kind, newest first, as answered by <c>GET /api/assessment/scores/{id}/past</c>.</summary>
public sealed record PastScores(IReadOnlyList<PastScore> Items);

/// <summary>A subject's score in the newest version of a period.</summary>
/// <param name="Id">For its detail.</param>
/// <param name="Starts">First day of its period.</param>
/// <param name="Ends">The day after its last.</param>
/// <param name="Version">Which one.</param>
/// <param name="Total">0 to 100; null: none.</param>
/// <param name="Band">The policy's word.</param>
/// <param name="CoveredWeight">Share of weight with data.</param>
/// <param name="PolicyVersion">By which it was scored: points of another policy may not compare.</param>
public sealed record PastScore(long Id, string Starts, string Ends, int Version, double? Total, string? Band, double CoveredWeight, int PolicyVersion);
