using System.Globalization;
using CommandCenter.Access;
using CommandCenter.Workers;

namespace CommandCenter.Tracks.Exports;

/// <summary>An export that may be made: whose tracks, from when (inclusive) to when (exclusive, never later than now), as what, for whom and why.</summary>
/// <param name="Clean">Without what docs/track-meaning.md leaves out; false: every accepted fix. Never of a case.</param>
internal sealed record ExportRequest(
    ExportFormat Format, IReadOnlyList<Worker> Workers, DateTimeOffset From, DateTimeOffset To, AuditReason Reason, Viewer Viewer, bool Clean = false)
{
    public long FromMs => From.ToUnixTimeMilliseconds();

    public long ToMs => To.ToUnixTimeMilliseconds();

    public string Title => string.Create(CultureInfo.InvariantCulture, $"{(Clean ? "Cleaned tracks" : "Tracks")} {From:yyyy-MM-dd'T'HH:mm:ss'Z'}/{To:yyyy-MM-dd'T'HH:mm:ss'Z'}");

    public string FileName => string.Create(
        CultureInfo.InvariantCulture,
        $"{(Format == ExportFormat.Case ? "case" : Clean ? "tracks-cleaned" : "tracks")}-{From:yyyyMMdd'T'HHmm'Z'}-{To:yyyyMMdd'T'HHmm'Z'}.{Format.Extension()}");

    /// <summary>For the audit trail: what left.</summary>
    public string Detail => string.Create(CultureInfo.InvariantCulture, $"{Format.Word()}{(Clean ? " cleaned" : "")} {From:O}/{To:O}");
}
