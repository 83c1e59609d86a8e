using NetTopologySuite.Geometries;

namespace CommandCenter.Areas;

/// <summary>
/// The areas that may hold a point, by cells over all of them: what is asked for every fix of a worker who left the area he was in. The
/// deepest stand first, of one depth the first in the walk, so that the first to hold the point is the answer.
/// </summary>
internal sealed class AreaCells
{
    private const int CellsAnArea = 4;
    private const int MostCells = 1 << 18;

    /// <summary>Large areas stand in many cells; so often on average at most, or cells are made larger.</summary>
    private const int MostRepeats = 32;

    private readonly Envelope _bounds = new();
    private readonly int _columns;
    private readonly int _rows;
    private readonly int[] _first;
    private readonly AreaNode[] _nodes;

    public AreaCells(IEnumerable<AreaNode> all)
    {
        var nodes = all.Where(node => node.Shape is not null).OrderByDescending(node => node.Depth).ThenBy(node => node.Enter).ToArray();
        foreach (var node in nodes)
        {
            _bounds.ExpandToInclude(node.Area.Geometry!.EnvelopeInternal);
        }

        var side = (int)Math.Sqrt(Math.Clamp(CellsAnArea * nodes.Length, 1, MostCells));
        do
        {
            _columns = _rows = Math.Max(1, side);
            _first = new int[(_columns * _rows) + 1];
            foreach (var node in nodes)
            {
                foreach (var cell in CellsOf(node))
                {
                    _first[cell]++;
                }
            }

            side /= 2;
        }
        while (side > 0 && _first.Sum(count => (long)count) > MostRepeats * (long)nodes.Length);

        for (int cell = 0, at = 0; cell < _first.Length; cell++)
        {
            (_first[cell], at) = (at, at + _first[cell]);
        }

        _nodes = new AreaNode[_first[^1]];
        var next = _first.ToArray();
        foreach (var node in nodes)
        {
            foreach (var cell in CellsOf(node))
            {
                _nodes[next[cell]++] = node;
            }
        }
    }

    public AreaNode? Locate(double x, double y)
    {
        if (!_bounds.Contains(x, y))
        {
            return null;
        }

        var cell = (RowOf(y) * _columns) + ColumnOf(x);
        foreach (var node in _nodes.AsSpan(_first[cell], _first[cell + 1] - _first[cell]))
        {
            if (node.Shape!.Locate(x, y) != Location.Exterior)
            {
                return node;
            }
        }

        return null;
    }

    private IEnumerable<int> CellsOf(AreaNode node)
    {
        var box = node.Area.Geometry!.EnvelopeInternal;
        for (var row = RowOf(box.MinY); row <= RowOf(box.MaxY); row++)
        {
            for (var column = ColumnOf(box.MinX); column <= ColumnOf(box.MaxX); column++)
            {
                yield return (row * _columns) + column;
            }
        }
    }

    private int ColumnOf(double x) => PlaceOf(x - _bounds.MinX, _bounds.Width, _columns);

    private int RowOf(double y) => PlaceOf(y - _bounds.MinY, _bounds.Height, _rows);

    /// <summary>Never falls as the distance grows, so that an area stands in the cell of each of its points.</summary>
    private static int PlaceOf(double distance, double length, int count) =>
        length > 0 ? Math.Clamp((int)(distance / length * count), 0, count - 1) : 0;
}
