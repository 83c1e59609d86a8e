using System.Numerics;
using CommandCenter.Coverage.Ground;

namespace CommandCenter.Coverage.Answers;

/// <summary>How much of an area was patrolled; see docs/coverage.md for what is counted.</summary>
public sealed class AreaCount
{
    public int Visited { get; set; }

    public int Blind { get; set; }

    /// <summary>Of which nobody can say whether they are blind.</summary>
    public int Unknown { get; set; }

    public int Planned { get; set; }

    public int Done { get; set; }

    public long DwellMs { get; set; }

    public long Visits { get; set; }
}

/// <summary>Reckons rates of an area and of those in it, some tiles at a time. Pure.</summary>
/// <param name="parts">Areas to count, each within the whole.</param>
/// <param name="window">What is asked about.</param>
/// <param name="lookBackDays">How far before the window's end, and before its begin, visits are looked for.</param>
/// <param name="targetOf">Days after which a square of a grid is blind, by the grid's ordinal.</param>
public sealed class RateRules(IReadOnlyList<AreaSquares> parts, CoverageWindow window, int lookBackDays, Func<int, int> targetOf)
{
    private const int Places = CoverageTile.Side * CoverageTile.Side;

    private readonly AreaCount[] _counts = [.. parts.Select(_ => new AreaCount())];
    private readonly ILookup<CoverageTile, (AreaTileSquares Tile, int Part)> _partsOf =
        parts.SelectMany((part, n) => part.Tiles.Select(tile => (tile.Ground.At, One: (tile, n)))).ToLookup(one => one.At, one => one.One);

    private readonly Dictionary<DateOnly, int> _trend = [];
    private readonly Squares _squares = new(window);

    /// <summary>Beside the parts.</summary>
    public IReadOnlyList<AreaCount> Counts => _counts;

    /// <summary>The whole's visited squares by day of the window.</summary>
    public IReadOnlyDictionary<DateOnly, int> Trend => _trend;

    /// <param name="tiles">Of the whole area, each once.</param>
    /// <param name="days">Reckoned days from so long before the window's begin to its last, with columns where they lie in the window. Their tiles are beside these.</param>
    public void Add(IReadOnlyList<AreaTileSquares> tiles, IReadOnlyList<CoverageDayTiles> days)
    {
        var within = days.Where(day => day.Day >= window.From && day.Day <= window.Last).OrderBy(day => day.Day).ToList();
        var before = days.Where(day => day.Day < window.From && day.Day >= window.From.AddDays(-lookBackDays)).OrderByDescending(day => day.Day).ToList();
        var lately = days.Where(day => day.Day <= window.Last && day.Day > window.Last.AddDays(-lookBackDays)).OrderByDescending(day => day.Day).ToList();
        var lookedBack = PictureRules.LookedBack(window.Last, lately);
        for (var n = 0; n < tiles.Count; n++)
        {
            _squares.Read(tiles[n], within, before, lately, n);
            foreach (var day in within)
            {
                _trend[day.Day] = _trend.GetValueOrDefault(day.Day) + CountOf(day.Tiles[n].Visited, tiles[n].Patrolled);
            }

            foreach (var (tile, part) in _partsOf[tiles[n].Ground.At])
            {
                _squares.Count(tile, _counts[part], targetOf, lookedBack, isKnown: within.Count > 0);
            }
        }
    }

    private static int CountOf(ulong[] visited, ulong[] among)
    {
        var count = 0;
        for (var row = 0; row < CoverageTile.Side; row++)
        {
            count += BitOperations.PopCount(visited[row] & among[row]);
        }

        return count;
    }

    /// <summary>One tile's squares, used again for the next.</summary>
    private sealed class Squares(CoverageWindow window)
    {
        private readonly int[] _age = new int[Places];
        private readonly int[] _ageBefore = new int[Places];
        private readonly int[] _first = new int[Places];
        private readonly long[] _visits = new long[Places];
        private readonly long[] _dwellMs = new long[Places];

        public void Read(AreaTileSquares tile, List<CoverageDayTiles> within, List<CoverageDayTiles> before, List<CoverageDayTiles> lately, int n)
        {
            PictureRules.Ages(_age, tile.Patrolled, window.Last, lately, n);
            PictureRules.Ages(_ageBefore, tile.Patrolled, window.From, before, n);
            _first.AsSpan().Fill(-1);
            _visits.AsSpan().Clear();
            _dwellMs.AsSpan().Clear();
            foreach (var day in within)
            {
                var (at, one) = (day.Day.DayNumber - window.From.DayNumber, day.Tiles[n]);
                for (var i = 0; i < one.Places.Length; i++)
                {
                    var place = one.Places[i];
                    _visits[place] += one.Visits[i];
                    _dwellMs[place] += one.DwellMs[i];
                    _first[place] = one.Visits[i] > 0 && _first[place] < 0 ? at : _first[place];
                }
            }
        }

        public void Count(AreaTileSquares tile, AreaCount count, Func<int, int> targetOf, int lookedBack, bool isKnown)
        {
            for (var row = 0; row < CoverageTile.Side; row++)
            {
                for (var squares = tile.Patrolled[row]; squares != 0; squares &= squares - 1)
                {
                    Count((row << CoverageTile.Bits) | BitOperations.TrailingZeroCount(squares), tile.Ground, count, targetOf, lookedBack, isKnown);
                }
            }
        }

        private void Count(int place, GroundTile ground, AreaCount count, Func<int, int> targetOf, int lookedBack, bool isKnown)
        {
            var target = targetOf(ground.UnitAt(place));
            count.DwellMs += _dwellMs[place];
            count.Visits += _visits[place];
            count.Visited += _first[place] >= 0 ? 1 : 0;
            var over = PictureRules.Over(_age[place], target, lookedBack);
            count.Blind += over > 0 ? 1 : 0;
            count.Unknown += over is null ? 1 : 0;
            if (isKnown && DueOn(_ageBefore[place], target) is var due && due < window.Length)
            {
                count.Planned++;
                count.Done += _first[place] >= 0 && _first[place] <= due ? 1 : 0;
            }
        }

        /// <summary>Days into the window; what was overdue when it began is given its target again, or until the last day.</summary>
        private int DueOn(int ageBefore, int target) =>
            ageBefore >= 0 && target >= ageBefore ? target - ageBefore : Math.Min(target, window.Length) - 1;
    }
}
