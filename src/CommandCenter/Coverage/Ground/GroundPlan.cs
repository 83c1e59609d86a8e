using System.Collections.Concurrent;
using CommandCenter.Areas;
using CommandCenter.Contracts.Areas;
using CommandCenter.Geo;
using NetTopologySuite.Geometries;

namespace CommandCenter.Coverage.Ground;

/// <summary>
/// The squares of all grids as they were drawn then, without masks. A higher area has those of its grids; a square belongs to one grid alone, to an exclusive one (专属网格) before
/// the ordinary one around it. An area without grids below it stands for itself, so that a center that has none yet is shown, too. Pure.
/// </summary>
public sealed class GroundPlan
{
    private const int MostKept = 4_096;

    private readonly Dictionary<CoverageTile, GroundTile> _tiles = [];
    private readonly AreaNode[] _units;
    private readonly ConcurrentDictionary<int, AreaSquares> _squares = [];

    /// <param name="tree">Whose areas they are.</param>
    /// <param name="plane">That squares lie in; null: there are none.</param>
    /// <param name="shapeOf">Of an area then.</param>
    /// <param name="masks">In force then.</param>
    public GroundPlan(AreaTree tree, GaussKruger? plane, Func<AreaNode, Geometry?> shapeOf, IEnumerable<Geometry> masks)
    {
        (Tree, Plane) = (tree, plane);
        _units = plane is null ? [] : [.. tree.Nodes.Where(IsUnit)];
        foreach (var unit in Enumerable.Range(0, _units.Length).OrderBy(unit => _units[unit].Area.GridType == GridType.Exclusive))
        {
            Lay(shapeOf(_units[unit]), (tile, row, first, end) => Tile(tile).Give(unit, row, first, end));
        }

        foreach (var mask in plane is null ? [] : masks)
        {
            Lay(mask, (at, row, first, end) => _tiles.GetValueOrDefault(at)?.Mask(row, first, end));
        }
    }

    public AreaTree Tree { get; }

    public GaussKruger? Plane { get; }

    /// <summary>The grids, as the ordinals of <see cref="GroundTile.UnitAt"/> name them.</summary>
    public IReadOnlyList<AreaNode> Units => _units;

    public GroundTile? TileAt(CoverageTile tile) => _tiles.GetValueOrDefault(tile);

    /// <summary>The grid that a square belongs to, masked or not; null outside of all.</summary>
    public AreaNode? UnitOf(CoverageCell cell) =>
        TileAt(CoverageTile.Of(cell)) is { } tile && tile.UnitAt(CoverageTile.PlaceOf(cell)) is var unit and >= 0 ? _units[unit] : null;

    /// <summary>Patrollable squares of an area, by row, then column; none for an area that is not known.</summary>
    public IReadOnlyList<CellSpan> SpansOf(int areaId) => Tree.Find(areaId) is { } area ? SquaresOf(area).Spans() : [];

    /// <summary>How many they are.</summary>
    public int CellsOf(int areaId) => Tree.Find(areaId) is { } area ? SquaresOf(area).Count : 0;

    public AreaSquares SquaresOf(AreaNode area)
    {
        if (_squares.Count > MostKept)
        {
            _squares.Clear();
        }

        return _squares.GetOrAdd(area.Area.Id, _ => new AreaSquares(area, BitsOf(area)));
    }

    private static bool IsUnit(AreaNode node) =>
        node.Area.Kind == AreaKind.Grid || (node.Area.Kind < AreaKind.Grid && node.Children.Count == 0);

    private IEnumerable<(GroundTile Tile, ulong[] Squares)> BitsOf(AreaNode area)
    {
        var first = Array.FindIndex(_units, area.Contains);
        return first >= 0 ? OfUnits(first, first + _units.Skip(first).TakeWhile(area.Contains).Count()) : Within(area);
    }

    private IEnumerable<(GroundTile Tile, ulong[] Squares)> OfUnits(int first, int end)
    {
        foreach (var tile in _tiles.Values.Where(tile => tile.Units.Any(unit => unit >= first && unit < end)))
        {
            var squares = GroundTile.NewSet();
            for (var place = 0; place < CoverageTile.Side * CoverageTile.Side; place++)
            {
                if (tile.UnitAt(place) is var unit && unit >= first && unit < end)
                {
                    squares[place >> CoverageTile.Bits] |= 1UL << (place & (CoverageTile.Side - 1));
                }
            }

            yield return (tile, squares);
        }
    }

    /// <summary>Below a grid: what of the grid's squares lies in the smaller polygon.</summary>
    private IEnumerable<(GroundTile Tile, ulong[] Squares)> Within(AreaNode area)
    {
        var found = new Dictionary<CoverageTile, ulong[]>();
        Lay(area.Area.Geometry, (at, row, first, end) =>
        {
            if (_tiles.ContainsKey(at))
            {
                (found.TryGetValue(at, out var squares) ? squares : found[at] = GroundTile.NewSet())[row] |= GroundTile.Run(first, end);
            }
        });
        foreach (var (at, squares) in found)
        {
            var tile = _tiles[at];
            for (var place = 0; place < CoverageTile.Side * CoverageTile.Side; place++)
            {
                if (tile.UnitAt(place) is var unit && (unit < 0 || !_units[unit].Contains(area)))
                {
                    squares[place >> CoverageTile.Bits] &= ~(1UL << (place & (CoverageTile.Side - 1)));
                }
            }

            yield return (tile, squares);
        }
    }

    private GroundTile Tile(CoverageTile at) => _tiles.TryGetValue(at, out var tile) ? tile : _tiles[at] = new GroundTile(at);

    /// <summary>Cuts a polygon's rows of squares at the borders of tiles.</summary>
    private void Lay(Geometry? shape, Action<CoverageTile, int, int, int> each)
    {
        const int Last = CoverageTile.Side - 1;
        foreach (var span in shape is null || Plane is null ? [] : CellRaster.Of(shape, Plane))
        {
            for (var column = span.FirstColumn; column < span.EndColumn;)
            {
                var end = Math.Min(span.EndColumn, (column | Last) + 1);
                each(CoverageTile.Of(new CoverageCell(column, span.Row)), span.Row & Last, column & Last, ((end - 1) & Last) + 1);
                column = end;
            }
        }
    }
}
