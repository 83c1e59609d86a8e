using CommandCenter.Coverage;

namespace CommandCenter.Assessment.Sources;

/// <summary>The patrollable squares of an area, each with its place: 0 to <see cref="Count"/> - 1 by row, then column. Pure.</summary>
internal sealed class GroundArea
{
    public static readonly GroundArea Empty = new([]);

    private readonly CellSpan[] _spans;
    private readonly int[] _before;
    private readonly int _firstRow;
    private readonly int[] _rowAt;

    /// <param name="spans">By row, then column; none overlaps another.</param>
    public GroundArea(IReadOnlyList<CellSpan> spans)
    {
        _spans = [.. spans];
        _before = new int[_spans.Length];
        for (var n = 0; n < _spans.Length; n++)
        {
            _before[n] = Count;
            Count += _spans[n].Count;
        }

        _firstRow = _spans.Length == 0 ? 0 : _spans[0].Row;
        _rowAt = new int[_spans.Length == 0 ? 1 : _spans[^1].Row - _firstRow + 2];
        for (int row = 0, n = 0; row < _rowAt.Length; row++)
        {
            while (n < _spans.Length && _spans[n].Row - _firstRow < row)
            {
                n++;
            }

            _rowAt[row] = n;
        }
    }

    public int Count { get; }

    public int FirstRow => _firstRow;

    public int EndRow => _firstRow + _rowAt.Length - 1;

    public int FirstColumn => _spans.Length == 0 ? 0 : _spans.Min(span => span.FirstColumn);

    public int EndColumn => _spans.Length == 0 ? 0 : _spans.Max(span => span.EndColumn);

    /// <summary>-1: not one of its squares.</summary>
    public int PlaceOf(CoverageCell cell)
    {
        var row = cell.Row - _firstRow;
        if (row < 0 || row >= _rowAt.Length - 1)
        {
            return -1;
        }

        for (var n = _rowAt[row]; n < _rowAt[row + 1]; n++)
        {
            if (cell.Column >= _spans[n].FirstColumn && cell.Column < _spans[n].EndColumn)
            {
                return _before[n] + cell.Column - _spans[n].FirstColumn;
            }
        }

        return -1;
    }

    /// <summary>Squares of a row side by side that were visited equally often.</summary>
    /// <param name="visited">By place: in how many spans.</param>
    public List<CellRun> Runs(ReadOnlySpan<int> visited)
    {
        var runs = new List<CellRun>();
        for (var n = 0; n < _spans.Length; n++)
        {
            var (first, place) = (_spans[n].FirstColumn, _before[n]);
            for (var column = first + 1; column <= _spans[n].EndColumn; column++)
            {
                if (column == _spans[n].EndColumn || visited[place + column - first] != visited[place])
                {
                    runs.Add(new CellRun(_spans[n].Row, first, column - first, visited[place]));
                    place += column - first;
                    first = column;
                }
            }
        }

        return runs;
    }
}

/// <summary>Squares of <paramref name="Row"/> from <paramref name="Column"/> on, <paramref name="Cells"/> of them, each visited in so many spans.</summary>
internal readonly record struct CellRun(int Row, int Column, int Cells, int Visited);
