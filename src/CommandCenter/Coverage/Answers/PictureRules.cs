using System.Numerics;
using CommandCenter.Coverage.Ground;

namespace CommandCenter.Coverage.Answers;

/// <summary>Reckons a picture, some tiles at a time: what each square of an area shows. Definitions in docs/coverage.md. Pure.</summary>
public sealed class PictureRules
{
    private const int Places = CoverageTile.Side * CoverageTile.Side;

    private readonly CoverageMeasure _measure;
    private readonly int _meters;
    private readonly CoverageWindow _window;
    private readonly Func<int, int> _targetOf;
    private readonly (int Column, int Row, int Columns, int Rows) _box;
    private readonly int[] _shown;
    private readonly int[] _values = new int[Places];
    private readonly List<int> _block = [];

    /// <param name="measure">What to show.</param>
    /// <param name="meters">Of a square's side: 25, 50 or 100.</param>
    /// <param name="area">Whose squares.</param>
    /// <param name="window">What is asked about.</param>
    /// <param name="targetOf">Days after which a square of a grid is blind, by the grid's ordinal.</param>
    public PictureRules(CoverageMeasure measure, int meters, AreaSquares area, CoverageWindow window, Func<int, int> targetOf)
    {
        (_measure, _meters, _window, _targetOf, _box) = (measure, meters, window, targetOf, BoxOf(area, meters));
        _shown = new int[_box.Columns * _box.Rows];
    }

    /// <param name="reckoned">Days of the window that were.</param>
    public CoveragePicture Picture(int reckoned) =>
        new(_measure, _meters, _box.Column, _box.Row, _box.Columns, _box.Rows, _shown, _window.Days, reckoned);

    /// <param name="tiles">Of the area, each once.</param>
    /// <param name="days">Reckoned days in any order: of the window for visits and dwell, of the look-back before its end for age and blind. Their tiles are beside these.</param>
    public void Add(IReadOnlyList<AreaTileSquares> tiles, IReadOnlyList<CoverageDayTiles> days)
    {
        var (one, newestFirst) = ((int)(_meters / CoverageCell.Meters), days.OrderByDescending(day => day.Day).ToList());
        var shift = BitOperations.Log2((uint)one);
        for (var n = 0; n < tiles.Count; n++)
        {
            Fill(_values, tiles[n], newestFirst, n);
            var first = tiles[n].Ground.At.CellAt(0);
            for (var at = 0; at < Places; at += at % CoverageTile.Side == CoverageTile.Side - one ? (CoverageTile.Side * (one - 1)) + one : one)
            {
                var value = one == 1 ? _values[at] : Together(at, one);
                if (value != CoveragePicture.Outside)
                {
                    var (x, y) = ((first.Column + (at % CoverageTile.Side)) >> shift, (first.Row + (at / CoverageTile.Side)) >> shift);
                    _shown[((y - _box.Row) * _box.Columns) + x - _box.Column] = value;
                }
            }
        }
    }

    /// <summary>How many squares of that size the box around an area has.</summary>
    public static long SquaresIn(AreaSquares squares, int meters) => BoxOf(squares, meters) is var box ? (long)box.Columns * box.Rows : 0;

    /// <summary>Days since the last visit by place, -1: none as far as was looked back.</summary>
    /// <param name="ages">Takes them.</param>
    /// <param name="among">Squares to look at.</param>
    /// <param name="last">The day of age 0.</param>
    /// <param name="newestFirst">Days not after it.</param>
    /// <param name="tile">Beside the days' tiles.</param>
    internal static void Ages(Span<int> ages, ulong[] among, DateOnly last, IReadOnlyList<CoverageDayTiles> newestFirst, int tile)
    {
        ages.Fill(-1);
        Span<ulong> left = stackalloc ulong[CoverageTile.Side];
        among.CopyTo(left);
        foreach (var day in newestFirst)
        {
            var (age, any) = (last.DayNumber - day.Day.DayNumber, 0UL);
            if (age < 0)
            {
                continue;
            }

            var visited = day.Tiles[tile].Visited;
            for (var row = 0; row < CoverageTile.Side; row++)
            {
                for (var found = left[row] & visited[row]; found != 0; found &= found - 1)
                {
                    ages[(row << CoverageTile.Bits) | BitOperations.TrailingZeroCount(found)] = age;
                }

                left[row] &= ~visited[row];
                any |= left[row];
            }

            if (any == 0)
            {
                return;
            }
        }
    }

    /// <summary>Days over the target; 0: not blind, null: not known, since nothing is known from so long ago.</summary>
    /// <param name="age">-1: no visit as far as was looked back.</param>
    /// <param name="target">Days.</param>
    /// <param name="lookedBack">Days, from the oldest that was reckoned to the last.</param>
    internal static int? Over(int age, int target, int lookedBack) =>
        age >= 0 ? Math.Max(0, age - target) : lookedBack > target ? CoverageMeasures.Longer : null;

    /// <summary>Days from the oldest one that was reckoned to the last.</summary>
    internal static int LookedBack(DateOnly last, IReadOnlyList<CoverageDayTiles> newestFirst) =>
        newestFirst.Count == 0 ? 0 : last.DayNumber - newestFirst[^1].Day.DayNumber + 1;

    private void Fill(int[] values, AreaTileSquares tile, List<CoverageDayTiles> newestFirst, int n)
    {
        if (_measure.IsDays())
        {
            Ages(values, tile.Patrolled, _window.Last, newestFirst, n);
        }
        else
        {
            Sums(values, _measure, newestFirst, n);
        }

        var lookedBack = LookedBack(_window.Last, newestFirst);
        for (var at = 0; at < Places; at++)
        {
            var (row, bit) = (at >> CoverageTile.Bits, 1UL << (at & (CoverageTile.Side - 1)));
            values[at] = (tile.Patrolled[row] & bit) == 0
                ? (tile.Masked[row] & bit) == 0 ? CoveragePicture.Outside : CoveragePicture.NotPatrolled
                : newestFirst.Count == 0 ? CoveragePicture.NoData
                : _measure switch
                {
                    CoverageMeasure.Age => CoveragePicture.FirstValue + (values[at] < 0 ? CoverageMeasures.Longer : values[at]),
                    CoverageMeasure.Blind => Over(values[at], _targetOf(tile.Ground.UnitAt(at)), lookedBack) is { } over ? CoveragePicture.FirstValue + over : CoveragePicture.NoData,
                    _ => CoveragePicture.FirstValue + values[at],
                };
        }
    }

    private static void Sums(int[] values, CoverageMeasure measure, List<CoverageDayTiles> days, int tile)
    {
        const int MostValue = int.MaxValue - CoveragePicture.FirstValue;
        Span<long> sums = new long[Places];
        foreach (var day in days)
        {
            var (places, visits, dwell) = (day.Tiles[tile].Places, day.Tiles[tile].Visits, day.Tiles[tile].DwellMs);
            for (var n = 0; n < places.Length; n++)
            {
                sums[places[n]] += measure == CoverageMeasure.Visits ? visits[n] : dwell[n];
            }
        }

        for (var at = 0; at < Places; at++)
        {
            // Tenths a week; whole seconds, to the nearer one.
            values[at] = (int)Math.Min(MostValue, measure == CoverageMeasure.Visits ? ((sums[at] * 140) + days.Count) / Math.Max(1, 2 * days.Count) : (sums[at] + 500) / 1_000);
        }
    }

    private static (int Column, int Row, int Columns, int Rows) BoxOf(AreaSquares squares, int meters)
    {
        if (squares.Last.Row < squares.First.Row)
        {
            return default;
        }

        var shift = BitOperations.Log2((uint)(meters / CoverageCell.Meters));
        var (column, row) = (squares.First.Column >> shift, squares.First.Row >> shift);
        return (column, row, (squares.Last.Column >> shift) - column + 1, (squares.Last.Row >> shift) - row + 1);
    }

    /// <summary>A larger square of its smaller ones: the lower median of days, the mean of visits, the sum of dwell.</summary>
    private int Together(int at, int one)
    {
        _block.Clear();
        var (masked, unknown) = (false, false);
        for (var n = 0; n < one * one; n++)
        {
            var value = _values[at + (n / one * CoverageTile.Side) + (n % one)];
            masked |= value == CoveragePicture.NotPatrolled;
            unknown |= value == CoveragePicture.NoData;
            if (value >= CoveragePicture.FirstValue)
            {
                _block.Add(value - CoveragePicture.FirstValue);
            }
        }

        if (_block.Count == 0)
        {
            return unknown ? CoveragePicture.NoData : masked ? CoveragePicture.NotPatrolled : CoveragePicture.Outside;
        }

        if (_measure.IsDays())
        {
            _block.Sort();
            return CoveragePicture.FirstValue + _block[(_block.Count - 1) / 2];
        }

        var sum = _block.Sum(value => (long)value);
        return CoveragePicture.FirstValue + (int)Math.Min(int.MaxValue - CoveragePicture.FirstValue, _measure == CoverageMeasure.Visits ? (sum + (_block.Count / 2)) / _block.Count : sum);
    }
}
