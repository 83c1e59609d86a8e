using CommandCenter.Contracts.Assessment;

namespace CommandCenter.Assessment.Scores;

/// <summary>How totals lie. Pure.</summary>
internal static class DistributionRules
{
    private const int Buckets = 10;

    public static ScoreDistribution Of(IReadOnlyList<(double? Total, string? Band)> scores)
    {
        var totals = scores.Where(score => score.Total is not null).Select(score => score.Total!.Value).Order().ToList();
        var counts = new int[Buckets];
        foreach (var total in totals)
        {
            counts[Math.Clamp((int)(total / Buckets), 0, Buckets - 1)]++;
        }

        return new ScoreDistribution(
            totals.Count,
            scores.Count - totals.Count,
            totals.Count == 0 ? null : Math.Round(totals.Average(), 4),
            totals.Count == 0 ? null : Math.Round((totals[(totals.Count - 1) / 2] + totals[totals.Count / 2]) / 2, 4),
            [.. counts.Select((count, n) => new ScoreBucket(n * Buckets, (n + 1) * Buckets, count))],
            [.. scores.Where(score => score.Band is not null).GroupBy(score => score.Band!, StringComparer.Ordinal).OrderByDescending(band => band.Max(score => score.Total)).Select(band => new ScoreBand(band.Key, band.Count()))]);
    }
}
