using CommandCenter.Areas;
using CommandCenter.Contracts.Areas;
using CommandCenter.Coverage;
using CommandCenter.Coverage.Answers;
using CommandCenter.Coverage.Ground;
using CommandCenter.Geo;
using NetTopologySuite.Geometries;
using static CommandCenter.Tests.Coverage.Patrols;

namespace CommandCenter.Tests.Coverage;

/// <summary>A district of two grids side by side, 8 by 4 squares each, whose middle column of the west one is water: small enough to count by pencil.</summary>
internal static class SmallGround
{
    public const int District = 1;
    public const int West = 2;
    public const int East = 3;

    /// <summary>Seven days; the last one has begun.</summary>
    public static readonly CoverageWindow Week = new(new DateOnly(2026, 11, 16), new DateOnly(2026, 11, 23), new DateOnly(2026, 11, 22));

    public static AreaTree Tree(params Area[] more) => new(
        [
            new Area(District, "D", "区", null, AreaKind.District, null, null, Box(0, 0, 16, 4)),
            new Area(West, "D-1", "西", null, AreaKind.Grid, GridType.Ordinary, District, Box(0, 0, 8, 4)),
            new Area(East, "D-2", "东", null, AreaKind.Grid, GridType.Ordinary, District, Box(8, 0, 16, 4)),
            .. more,
        ],
        1);

    public static GroundPlan Plan(IEnumerable<Geometry>? masks = null, params Area[] more) => new(Tree(more), Zone, node => node.Area.Geometry, masks ?? []);

    /// <summary>From so many squares from the origin to before so many.</summary>
    public static Polygon Box(double west, double south, double east, double north)
    {
        var ring = new[] { (west, south), (east, south), (east, north), (west, north), (west, south) }.Select(corner =>
        {
            var (longitude, latitude) = Zone.Unproject(Origin.East + (corner.Item1 * 25), Origin.North + (corner.Item2 * 25));
            return new Coordinate(longitude, latitude);
        });
        return Wgs84.Factory.CreatePolygon([.. ring]);
    }

    public static AreaSquares Of(GroundPlan plan, int area) => plan.SquaresOf(plan.Tree.Find(area)!);

    /// <summary>A day, with what somebody did in squares so many from the origin.</summary>
    public static CoverageDayTiles Day(AreaSquares squares, DateOnly day, params (int Column, int Row, int Visits, int Seconds)[] done) => new(
        day,
        [.. squares.Tiles.Select(tile => TileDay.Read(CoverageCodec.Encode(
            tile.Ground.At,
            [.. done.Select(one => new CellTotal(Cell(one.Column, one.Row), one.Seconds * 1_000L, one.Visits, 0, 1, 0))
                .Where(total => CoverageTile.Of(total.Cell) == tile.Ground.At).OrderBy(total => CoverageTile.PlaceOf(total.Cell))],
            0), withColumns: true))]);
}
