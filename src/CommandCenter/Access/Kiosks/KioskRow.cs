using CommandCenter.Areas;
using CommandCenter.Contracts.Access;

namespace CommandCenter.Access.Kiosks;

/// <summary>A row of kiosks with its account's area; revoked when the account is disabled.</summary>
public sealed class KioskRow
{
    public int Id { get; init; }

    public string Name { get; init; } = "";

    public int AreaId { get; init; }

    public string Language { get; init; } = "";

    public string Style { get; init; } = "";

    public int[] ViewAreas { get; init; } = [];

    public int[] ViewSeconds { get; init; } = [];

    public string? ReloadAt { get; init; }

    public DateTime CreatedAt { get; init; }

    public DateTime? LastSeenAt { get; init; }

    public DateTime? RevokedAt { get; init; }

    /// <param name="tree">Views whose area is gone, or no longer in the kiosk's own, are left out.</param>
    /// <param name="seen">When this node saw it last: it may not be written yet.</param>
    public KioskInfo ToInfo(AreaTree tree, DateTimeOffset? seen)
    {
        var area = tree.Find(AreaId);
        var views = ViewAreas.Zip(ViewSeconds)
            .Select(view => (Node: tree.Find(view.First), Seconds: view.Second))
            .Where(view => area is not null && area.Contains(view.Node))
            .Select(view => new KioskView(view.Node!.Area.Code, view.Seconds));
        var written = LastSeenAt is { } at ? Utc(at) : (DateTimeOffset?)null;
        return new KioskInfo(
            Id,
            Name,
            area?.Area.Code ?? "",
            Language,
            Style,
            [.. views],
            ReloadAt,
            Utc(CreatedAt),
            seen is null || written > seen ? written : seen,
            RevokedAt is { } revoked ? Utc(revoked) : null);
    }

    private static DateTimeOffset Utc(DateTime time) => new(time, TimeSpan.Zero);
}
