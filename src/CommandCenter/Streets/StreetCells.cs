using System.Runtime.InteropServices;
using CommandCenter.Geo;

namespace CommandCenter.Streets;

/// <summary>Both ends of a straight piece of street, 1e-7°.</summary>
internal readonly record struct StreetEnds(int LongitudeA, int LatitudeA, int LongitudeB, int LatitudeB);

/// <summary>Which pieces of streets pass a cell of a thousandth of a degree (some hundred metres): finds the nearest one by looking at rings of cells.</summary>
internal sealed class StreetCells
{
    private const int CellE7 = 10_000;
    private const double NarrowestCos = 0.05;
    private const double MetersPerE7 = Distance.EarthRadiusMeters * Math.PI / 180 / 1e7;

    private readonly Dictionary<(int X, int Y), (int From, int Count)> _cells = [];
    private readonly int[] _edges;

    public StreetCells(int count, Func<int, StreetEnds> endsOf)
    {
        var held = new Dictionary<(int, int), List<int>>();
        for (var edge = 0; edge < count; edge++)
        {
            foreach (var cell in CellsOf(endsOf(edge)))
            {
                (CollectionsMarshal.GetValueRefOrAddDefault(held, cell, out _) ??= []).Add(edge);
            }
        }

        var all = new List<int>();
        foreach (var (cell, edges) in held)
        {
            _cells[cell] = (all.Count, edges.Count);
            all.AddRange(edges);
        }

        _edges = [.. all];
    }

    /// <param name="longitudeE7">1e-7°.</param>
    /// <param name="latitudeE7">1e-7°.</param>
    /// <param name="withinMeters">No further away.</param>
    /// <param name="endsOf">Where a piece lies.</param>
    /// <param name="which">Only those; null: all.</param>
    public StreetPlace? Nearest(int longitudeE7, int latitudeE7, double withinMeters, Func<int, StreetEnds> endsOf, Func<int, bool>? which)
    {
        if (_edges.Length == 0)
        {
            return null;
        }

        // Nobody walks at a pole, but a broken phone may say so: cells that are no metre wide would be looked at by the billion.
        var east = MetersPerE7 * Math.Max(NarrowestCos, Math.Cos(latitudeE7 / 1e7 * Math.PI / 180));
        var cellMeters = CellE7 * Math.Min(east, MetersPerE7);
        var (x, y) = (longitudeE7 / CellE7, latitudeE7 / CellE7);
        StreetPlace? best = null;
        var bestMeters = withinMeters;

        // What lies n rings away is at least n - 1 cells off.
        for (var ring = 0; (ring - 1) * cellMeters <= bestMeters; ring++)
        {
            for (var dx = -ring; dx <= ring; dx++)
            {
                for (var dy = -ring; dy <= ring; dy += Math.Abs(dx) == ring || ring == 0 ? 1 : 2 * ring)
                {
                    if (!_cells.TryGetValue((x + dx, y + dy), out var held))
                    {
                        continue;
                    }

                    foreach (var edge in _edges.AsSpan(held.From, held.Count))
                    {
                        if (which is null || which(edge))
                        {
                            var (fraction, meters) = Project(endsOf(edge), longitudeE7, latitudeE7, east);
                            if (meters < bestMeters || (best is null && meters <= bestMeters))
                            {
                                (best, bestMeters) = (new StreetPlace(edge, (float)fraction, (float)meters), meters);
                            }
                        }
                    }
                }
            }
        }

        return best;
    }

    private static (double Fraction, double Meters) Project(in StreetEnds ends, int longitudeE7, int latitudeE7, double east)
    {
        var (ax, ay) = (((double)ends.LongitudeA - longitudeE7) * east, ((double)ends.LatitudeA - latitudeE7) * MetersPerE7);
        var (dx, dy) = (((double)ends.LongitudeB - ends.LongitudeA) * east, ((double)ends.LatitudeB - ends.LatitudeA) * MetersPerE7);
        var squared = (dx * dx) + (dy * dy);
        var fraction = squared == 0 ? 0 : Math.Clamp(-((ax * dx) + (ay * dy)) / squared, 0, 1);
        var (px, py) = (ax + (fraction * dx), ay + (fraction * dy));
        return (fraction, Math.Sqrt((px * px) + (py * py)));
    }

    /// <summary>Those that the piece passes, column by column.</summary>
    private static IEnumerable<(int X, int Y)> CellsOf(StreetEnds ends)
    {
        var (west, east) = ends.LongitudeA <= ends.LongitudeB ? ((ends.LongitudeA, ends.LatitudeA), (ends.LongitudeB, ends.LatitudeB)) : ((ends.LongitudeB, ends.LatitudeB), (ends.LongitudeA, ends.LatitudeA));
        if (west.Item1 == east.Item1)
        {
            for (var y = Math.Min(west.Item2, east.Item2) / CellE7; y <= Math.Max(west.Item2, east.Item2) / CellE7; y++)
            {
                yield return (west.Item1 / CellE7, y);
            }

            yield break;
        }

        for (var x = west.Item1 / CellE7; x <= east.Item1 / CellE7; x++)
        {
            // Cells on either side of the meridian of Greenwich are one, twice as wide: division rounds towards it.
            var (from, to) = (LatitudeAt(Math.Max(west.Item1, (x <= 0 ? x - 1L : x) * CellE7)), LatitudeAt(Math.Min(east.Item1, (x >= 0 ? x + 1L : x) * CellE7)));
            var (south, north) = ((int)(Math.Min(from, to) / CellE7), (int)(Math.Max(from, to) / CellE7));
            for (var y = south; y <= north; y++)
            {
                yield return (x, y);
            }
        }

        double LatitudeAt(long longitude) => west.Item2 + (((double)east.Item2 - west.Item2) * (longitude - west.Item1) / ((double)east.Item1 - west.Item1));
    }
}
