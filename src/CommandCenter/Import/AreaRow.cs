using CommandCenter.Contracts.Areas;
using NetTopologySuite.Geometries;

namespace CommandCenter.Import;

/// <summary>
/// A feature of an area file that could be read. What the file does not say is null and stays as it is stored;
/// <paramref name="NameEnGiven"/> tells a name taken away from one not spoken of.
/// </summary>
/// <param name="Row">The feature's number, from 1.</param>
/// <param name="Code">The area's name everywhere.</param>
/// <param name="Name">In Chinese.</param>
/// <param name="NameEn">In English.</param>
/// <param name="NameEnGiven">The property is there.</param>
/// <param name="Kind">Its level.</param>
/// <param name="GridType">Of grids alone.</param>
/// <param name="Parent">The parent's code.</param>
/// <param name="Geometry">WGS-84; null also where the file's is not valid.</param>
/// <param name="GeometryGiven">The file draws it, well or not.</param>
public sealed record AreaRow(
    int Row,
    string Code,
    string? Name,
    string? NameEn,
    bool NameEnGiven,
    AreaKind? Kind,
    GridType? GridType,
    string? Parent,
    Geometry? Geometry,
    bool GeometryGiven);

/// <summary>What a whole area file says.</summary>
/// <param name="Features">All, the unreadable ones too.</param>
/// <param name="Rows">Those with a code of their own.</param>
public sealed record AreaFile(int Features, IReadOnlyList<AreaRow> Rows);
