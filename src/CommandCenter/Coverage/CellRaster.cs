using CommandCenter.Geo;
using NetTopologySuite.Geometries;

namespace CommandCenter.Coverage;

/// <summary>Squares of one row side by side; <paramref name="EndColumn"/> is exclusive.</summary>
public readonly record struct CellSpan(int Row, int FirstColumn, int EndColumn)
{
    public int Count => EndColumn - FirstColumn;
}

/// <summary>
/// The squares of a polygon: those whose middle lies in it, so that polygons which share a border share no square and leave none out. Pure.
/// </summary>
public static class CellRaster
{
    /// <param name="geometry">A polygon or several, in degrees; holes are left out.</param>
    /// <param name="projection">Of the center.</param>
    /// <returns>By row, then column.</returns>
    public static List<CellSpan> Of(Geometry geometry, GaussKruger projection)
    {
        var crossings = new SortedDictionary<int, List<double>>();
        for (var n = 0; n < geometry.NumGeometries; n++)
        {
            if (geometry.GetGeometryN(n) is Polygon polygon)
            {
                AddRing(polygon.ExteriorRing, projection, crossings);
                foreach (var hole in polygon.InteriorRings)
                {
                    AddRing(hole, projection, crossings);
                }
            }
        }

        var spans = new List<CellSpan>();
        foreach (var (row, at) in crossings)
        {
            at.Sort();
            for (var i = 0; i + 1 < at.Count; i += 2)
            {
                // A middle on the left border belongs to it, one on the right border to the neighbour.
                var (first, end) = ((int)Math.Ceiling(at[i] - 0.5), (int)Math.Ceiling(at[i + 1] - 0.5));
                if (end > first)
                {
                    spans.Add(new CellSpan(row, first, end));
                }
            }
        }

        return spans;
    }

    /// <summary>Where the ring crosses the line through the middles of each row, in squares. Each edge holds its lower end and not its upper one, so that a corner counts once.</summary>
    private static void AddRing(LineString ring, GaussKruger projection, SortedDictionary<int, List<double>> crossings)
    {
        var corners = ring.Coordinates;
        var (x0, y0) = Squares(corners[0]);
        foreach (var corner in corners.AsSpan(1))
        {
            var (x1, y1) = Squares(corner);
            var (low, high) = (Math.Min(y0, y1), Math.Max(y0, y1));
            for (var row = (int)Math.Ceiling(low - 0.5); row + 0.5 < high; row++)
            {
                if (!crossings.TryGetValue(row, out var at))
                {
                    crossings[row] = at = [];
                }

                at.Add(x0 + ((row + 0.5 - y0) / (y1 - y0) * (x1 - x0)));
            }

            (x0, y0) = (x1, y1);
        }

        (double X, double Y) Squares(Coordinate at)
        {
            var (east, north) = projection.Project(at.X, at.Y);
            return (east / CoverageCell.Meters, north / CoverageCell.Meters);
        }
    }
}
