using System.Numerics;
using CommandCenter.Areas;

namespace CommandCenter.Coverage.Ground;

/// <summary>An area's squares within one tile.</summary>
/// <param name="Ground">Whose grids they are.</param>
/// <param name="Patrolled">Those somebody has to go to.</param>
/// <param name="Masked">Those nobody has to.</param>
public sealed record AreaTileSquares(GroundTile Ground, ulong[] Patrolled, ulong[] Masked);

/// <summary>The squares of one area, patrolled and masked. Immutable.</summary>
public sealed class AreaSquares
{
    public AreaSquares(AreaNode area, IEnumerable<(GroundTile Tile, ulong[] Squares)> tiles)
    {
        Area = area;
        Tiles = [.. tiles.OrderBy(one => one.Tile.At).Select(one => new AreaTileSquares(one.Tile, Without(one.Squares, one.Tile.Masked), Both(one.Squares, one.Tile.Masked)))];
        Count = Tiles.Sum(tile => GroundTile.CountOf(tile.Patrolled));
        var (first, last) = (new CoverageCell(int.MaxValue, int.MaxValue), new CoverageCell(int.MinValue, int.MinValue));
        foreach (var tile in Tiles)
        {
            var corner = tile.Ground.At.CellAt(0);
            for (var row = 0; row < CoverageTile.Side; row++)
            {
                if ((tile.Patrolled[row] | tile.Masked[row]) is var squares and not 0)
                {
                    first = new(Math.Min(first.Column, corner.Column + BitOperations.TrailingZeroCount(squares)), Math.Min(first.Row, corner.Row + row));
                    last = new(Math.Max(last.Column, corner.Column + 63 - BitOperations.LeadingZeroCount(squares)), Math.Max(last.Row, corner.Row + row));
                }
            }
        }

        (First, Last) = Tiles.Count > 0 && last.Row >= first.Row ? (first, last) : (default, new(-1, -1));
    }

    public AreaNode Area { get; }

    /// <summary>By row, then column.</summary>
    public IReadOnlyList<AreaTileSquares> Tiles { get; }

    /// <summary>Patrolled squares.</summary>
    public int Count { get; }

    /// <summary>South-western corner of the box around all of them.</summary>
    public CoverageCell First { get; }

    /// <summary>Its north-eastern corner, inclusive: west of <see cref="First"/> where there is none.</summary>
    public CoverageCell Last { get; }

    /// <summary>Whether the square is one of them and patrolled; null: it is none of them.</summary>
    public bool? IsPatrolled(CoverageCell cell)
    {
        var (at, place) = (CoverageTile.Of(cell), CoverageTile.PlaceOf(cell));
        var (row, bit) = (place >> CoverageTile.Bits, 1UL << (place & (CoverageTile.Side - 1)));
        return Tiles.FirstOrDefault(tile => tile.Ground.At == at) is not { } there ? null
            : (there.Patrolled[row] & bit) != 0 ? true
            : (there.Masked[row] & bit) != 0 ? false
            : null;
    }

    /// <summary>The patrolled ones by row, then column.</summary>
    public IReadOnlyList<CellSpan> Spans()
    {
        var spans = new List<CellSpan>();
        foreach (var tiles in Tiles.GroupBy(tile => tile.Ground.At.Row))
        {
            for (var row = 0; row < CoverageTile.Side; row++)
            {
                foreach (var tile in tiles)
                {
                    Add(spans, tile.Ground.At.CellAt(row << CoverageTile.Bits), tile.Patrolled[row]);
                }
            }
        }

        return spans;
    }

    private static void Add(List<CellSpan> spans, CoverageCell first, ulong squares)
    {
        while (squares != 0)
        {
            var begin = BitOperations.TrailingZeroCount(squares);
            var length = BitOperations.TrailingZeroCount(~(squares >> begin));
            var end = Math.Min(begin + length, CoverageTile.Side);
            var span = new CellSpan(first.Row, first.Column + begin, first.Column + end);
            if (spans.Count > 0 && spans[^1] is var last && last.Row == span.Row && last.EndColumn == span.FirstColumn)
            {
                spans[^1] = last with { EndColumn = span.EndColumn };
            }
            else
            {
                spans.Add(span);
            }

            squares &= ~GroundTile.Run(begin, end);
        }
    }

    private static ulong[] Both(ulong[] a, ulong[] b) => [.. a.Select((row, n) => row & b[n])];

    private static ulong[] Without(ulong[] a, ulong[] b) => [.. a.Select((row, n) => row & ~b[n])];
}
