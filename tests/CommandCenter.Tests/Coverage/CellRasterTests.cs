using CommandCenter.Coverage;
using CommandCenter.Demo;
using NetTopologySuite.Geometries;
using static CommandCenter.Tests.Coverage.Patrols;

namespace CommandCenter.Tests.Coverage;

public sealed class CellRasterTests
{
    [Test]
    public void AreTheSquaresWhoseMiddleLiesInThePolygonAndNotInItsHoles()
    {
        var polygon = new Polygon(Ring((0.3, 0.7), (990.1, 60.9), (700.7, 800.3), (401.9, 300.6), (31.3, 900.2)), [Ring((200.2, 100.9), (300.8, 111.3), (250.4, 221.7))]);

        var squares = CellRaster.Of(polygon, Zone).SelectMany(span => Enumerable.Range(span.FirstColumn, span.Count).Select(column => new CoverageCell(column, span.Row))).ToHashSet();

        var expected = new HashSet<CoverageCell>();
        for (var row = -2; row < 40; row++)
        {
            for (var column = -2; column < 42; column++)
            {
                var (longitude, latitude) = Zone.Unproject(Origin.East + ((column + 0.5) * 25), Origin.North + ((row + 0.5) * 25));
                if (polygon.Contains(new Point(longitude, latitude)))
                {
                    expected.Add(Cell(column, row));
                }
            }
        }

        Assert.That(expected, Has.Count.GreaterThan(500));
        Assert.That(squares, Is.EquivalentTo(expected));
    }

    [Test]
    public void NeighboursShareNoSquareAndLeaveNoneOut()
    {
        var district = DemoDistrict.Generate(DemoPlan.Yingze(DemoSize.Small));
        var grids = district.Areas.Where(area => area.GridType is not null).ToList();
        var parts = grids.SelectMany(grid => CellRaster.Of(grid.Outline, Zone)).Sum(span => span.Count);
        var squares = grids.SelectMany(grid => CellRaster.Of(grid.Outline, Zone)).SelectMany(span => Enumerable.Range(span.FirstColumn, span.Count).Select(column => (column, span.Row))).ToHashSet();
        var whole = CellRaster.Of(district.Areas[0].Outline, Zone).Sum(span => span.Count);

        Assert.That(squares, Has.Count.EqualTo(parts), "none twice");
        Assert.That(parts, Is.EqualTo(whole), "none left out");
    }

    private static LinearRing Ring(params (double East, double North)[] corners) => new([.. corners.Append(corners[0]).Select(corner =>
    {
        var (longitude, latitude) = Zone.Unproject(Origin.East + corner.East, Origin.North + corner.North);
        return new Coordinate(longitude, latitude);
    })]);
}
