using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CommandCenter.Contracts.Tracks;

namespace CommandCenter.Tracks.Keeping;

/// <summary>What a receipt says, and the sum that tells whether a copy of it is the one given out. Pure.</summary>
internal static class ErasureReceipts
{
    /// <summary>What an erasure leaves, and why.</summary>
    public static readonly IReadOnlyList<string> Stays =
    [
        "audit: who looked at the tracks, and this erasure, stay on the trail",
        "roster: the worker's entry, devices and duty periods stay until they are removed there",
        "alarms: that there was a call for help, when, in which area and who of the center did what stays, without who, where exactly and what was said; an alarm that is still open goes when it is over",
        "notes: what others wrote about the worker in alarms of other people goes with the words of those alarms",
        "assessment: of scores their salted hashes stay, and the sums of areas that were frozen with them; what was excluded for an area stays",
        "picture: the newest place stays in the servers' memory and its checkpoint until the next fix replaces it or the worker leaves the roster",
        "log: fixes of the last minutes that are not stored yet are deleted once they are, within the hours in which the erasure settles",
        "poisoned_log_entries: entries of the log that cannot be decoded are set aside, and nobody can tell whose they are; they go when raw tracks of their age do",
        "backups: copies made before hold the tracks until the backups expire",
        "exports: files that people took before are in their hands; the trail says who",
    ];

    public static TrackErasureReceipt Of(ErasureRow row, IReadOnlyList<ErasedTable> tables) => new(
        row.Id,
        row.Worker,
        Utc(row.RequestedAt),
        row.UserName,
        row.Reason,
        row.CaseNumber,
        row.FinishedAt is { } finished ? Utc(finished) : null,
        tables,
        row.LaterFixes,
        row.Sha256,
        Stays);

    /// <summary>
    /// SHA-256 of the lines <c>id</c>, <c>worker</c>, <c>requestedAt</c> and <c>finishedAt</c> in ms since 1970, <c>requestedBy</c>, <c>reason</c>, <c>case</c> and, by
    /// name, <c>table rows fixes</c>; UTF-8, each ended by a line feed.
    /// </summary>
    public static string Sum(ErasureRow row, DateTimeOffset finishedAt, IReadOnlyList<ErasedTable> tables)
    {
        var text = new StringBuilder();
        string[] lines =
        [
            row.Id.ToString(CultureInfo.InvariantCulture),
            row.Worker,
            Utc(row.RequestedAt).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
            finishedAt.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
            row.UserName,
            row.Reason,
            row.CaseNumber ?? "",
            .. tables.OrderBy(table => table.Table, StringComparer.Ordinal)
                .Select(table => string.Create(CultureInfo.InvariantCulture, $"{table.Table} {table.Rows} {table.Fixes}")),
        ];
        foreach (var line in lines)
        {
            text.Append(line).Append('\n');
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static DateTimeOffset Utc(DateTime at) => new(at, TimeSpan.Zero);
}
