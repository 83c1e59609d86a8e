using NetTopologySuite.Geometries;

namespace CommandCenter.Coverage.Ground;

/// <summary>Why nobody patrols a piece of ground; the words are stored.</summary>
public enum MaskKind
{
    Water,
    Closed,
}

/// <summary>A piece of ground that nobody patrols.</summary>
/// <param name="Code">Of its place in the operator's own data: the same code again is another drawing of it.</param>
/// <param name="Name">For people.</param>
/// <param name="Kind">Water was there before it was drawn; closed land is closed from <paramref name="From"/> on.</param>
/// <param name="Geometry">Polygon or several, WGS-84.</param>
/// <param name="From">Since when.</param>
/// <param name="To">Exclusive; null while in force.</param>
/// <param name="AddedBy">User name.</param>
public sealed record CoverageMask(string Code, string Name, MaskKind Kind, Geometry Geometry, DateTimeOffset From, DateTimeOffset? To, string AddedBy)
{
    public static readonly IReadOnlyDictionary<string, MaskKind> Kinds = new Dictionary<string, MaskKind>(StringComparer.Ordinal)
    {
        ["water"] = MaskKind.Water,
        ["closed"] = MaskKind.Closed,
    };

    public static string NameOf(MaskKind kind) => kind == MaskKind.Water ? "water" : "closed";
}
