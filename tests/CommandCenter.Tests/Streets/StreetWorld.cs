using CommandCenter.Streets;
using NetTopologySuite.Geometries;

namespace CommandCenter.Tests.Streets;

/// <summary>
/// A town of straight streets every hundred metres or so (0.001°), cut in two by a river between its fifth and sixth column that one bridge crosses in the north.
/// </summary>
internal static class StreetWorld
{
    public const double West = 112.5;
    public const double South = 37.8;
    public const int Side = 11;
    public const int RiverAfter = 5;

    public static readonly StreetNetwork Town = new([.. Rows(), .. Columns()]);

    public static (double Longitude, double Latitude) At(double column, double row) => (West + (column / 1_000), South + (row / 1_000));

    public static Street Line(StreetClass kind, string? name, params (double Column, double Row)[] corners) => new(
        kind, name, name, [.. corners.Select(corner => new Coordinate(At(corner.Column, corner.Row).Longitude, At(corner.Column, corner.Row).Latitude))]);

    private static IEnumerable<Street> Rows()
    {
        for (var row = 0; row < Side; row++)
        {
            if (row == Side - 1)
            {
                yield return Line(StreetClass.Primary, "Bridge Street", [.. Enumerable.Range(0, Side).Select(column => ((double)column, (double)row))]);
                continue;
            }

            yield return Line(StreetClass.Residential, $"West {row}", [.. Enumerable.Range(0, RiverAfter + 1).Select(column => ((double)column, (double)row))]);
            yield return Line(StreetClass.Residential, $"East {row}", [.. Enumerable.Range(RiverAfter + 1, Side - RiverAfter - 1).Select(column => ((double)column, (double)row))]);
        }
    }

    private static IEnumerable<Street> Columns()
    {
        for (var column = 0; column < Side; column++)
        {
            yield return Line(StreetClass.Secondary, null, [.. Enumerable.Range(0, Side).Select(row => ((double)column, (double)row))]);
        }
    }
}
