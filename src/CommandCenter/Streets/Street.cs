using NetTopologySuite.Geometries;

namespace CommandCenter.Streets;

/// <summary>How much traffic a street takes; the numbers are stored, and those of simulator.json. Nobody walks along a trunk road.</summary>
public enum StreetClass
{
    Path = 0,
    Residential = 1,
    Secondary = 2,
    Primary = 3,
    Trunk = 4,
}

/// <summary>A street or a piece of one. Streets meet where their lines share a position, and nowhere else: a bridge does not meet what it crosses.</summary>
/// <param name="Class">Of traffic.</param>
/// <param name="Name">Null for one without a name.</param>
/// <param name="NameEn">The same in English.</param>
/// <param name="Line">WGS-84 degrees, X longitude; two positions or more.</param>
public sealed record Street(StreetClass Class, string? Name, string? NameEn, IReadOnlyList<Coordinate> Line);
