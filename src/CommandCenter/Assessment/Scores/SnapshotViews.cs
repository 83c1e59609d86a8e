using System.Text.Json;
using CommandCenter.Assessment.Periods;
using CommandCenter.Contracts.Assessment;

namespace CommandCenter.Assessment.Scores;

/// <summary>Versions of periods as they go out.</summary>
internal static class SnapshotViews
{
    public static AssessmentSnapshot Of(SnapshotRow row) => new(
        row.Id.ToString("D"),
        row.Kind,
        Day(row.Starts),
        Day(row.Ends),
        row.Version,
        row.Latest,
        row.ClosedAt is null ? "open" : "closed",
        row.PolicyVersion,
        Utc(row.MadeAt),
        row.ClosedAt is { } closed ? Utc(closed) : null,
        row.Reason,
        row.Difference is null ? null : DifferenceOf(row.Difference),
        row.Hash is null ? null : Convert.ToHexStringLower(row.Hash),
        row.ClosedAt is null ? null : SnapshotSigner.IsSigned(row.Hash, row.Signature, row.Signer));

    public static string Day(DateOnly day) => day.ToString("O", System.Globalization.CultureInfo.InvariantCulture);

    public static DateTimeOffset Utc(DateTime at) => new(at, TimeSpan.Zero);

    private static AssessmentDifference? DifferenceOf(string text) =>
        JsonSerializer.Deserialize<SnapshotDifference>(text, ScoreBody.Json) is { } one ? new AssessmentDifference(one.Version, one.Changed, one.Added, one.Removed, one.Largest) : null;
}
