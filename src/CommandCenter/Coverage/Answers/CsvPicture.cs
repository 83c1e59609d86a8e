using System.Globalization;
using System.Text;
using CommandCenter.Coverage.Ground;
using CommandCenter.Geo;

namespace CommandCenter.Coverage.Answers;

/// <summary>Writes a picture as CSV: a row for each patrolled square, with the grid that it, or of a larger one the first of its small ones, lies in. Pure.</summary>
public static class CsvPicture
{
    public static byte[] Encode(CoveragePicture picture, GroundPlan plan)
    {
        var text = new StringBuilder("key,longitude,latitude,area,", 1 << 16).Append(picture.Measure.Name()).Append('_').Append(picture.Measure.Unit().Replace('-', '_')).Append('\n');
        if (plan.Plane is { } plane)
        {
            foreach (var (column, row, square) in picture.PatrolledSquares())
            {
                Append(text, picture, plan, plane, column, row, square);
            }
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void Append(StringBuilder text, CoveragePicture picture, GroundPlan plan, GaussKruger plane, int column, int row, int square)
    {
        var half = picture.Meters / 2.0;
        var (longitude, latitude) = plane.Unproject(((picture.Column + column) * (double)picture.Meters) + half, ((picture.Row + row) * (double)picture.Meters) + half);
        var value = square == CoveragePicture.NoData ? ""
            : picture.IsLonger(square) ? "longer"
            : GeoJsonPicture.ValueOf(picture, square).ToString(CultureInfo.InvariantCulture);
        text.Append(CultureInfo.InvariantCulture, $"{picture.KeyOf(column, row)},{longitude:0.0000000},{latitude:0.0000000},{GridOf(picture, plan, column, row)},{value}\n");
    }

    private static string GridOf(CoveragePicture picture, GroundPlan plan, int column, int row)
    {
        var one = (int)(picture.Meters / CoverageCell.Meters);
        for (var n = 0; n < one * one; n++)
        {
            var cell = new CoverageCell(((picture.Column + column) * one) + (n % one), ((picture.Row + row) * one) + (n / one));
            if (plan.UnitOf(cell) is { } grid)
            {
                return grid.Area.Code;
            }
        }

        return "";
    }
}
