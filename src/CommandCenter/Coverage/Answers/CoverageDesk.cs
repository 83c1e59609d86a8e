using CommandCenter.Areas;
using CommandCenter.Coverage.Ground;
using CommandCenter.Coverage.Store;
using Microsoft.Extensions.Options;

namespace CommandCenter.Coverage.Answers;

/// <summary>The days that an answer is made of.</summary>
/// <param name="Window">What is asked about.</param>
/// <param name="Plan">The ground of its last day.</param>
/// <param name="Rules">Masks and targets as they are.</param>
/// <param name="All">Reckoned days of the window and of the look-back before its begin.</param>
public sealed record CoverageDays(CoverageWindow Window, GroundPlan Plan, GroundRules Rules, IReadOnlyList<CoverageDay> All)
{
    public IReadOnlyList<CoverageDay> Within { get; } = [.. All.Where(day => day.Day >= Window.From)];

    /// <summary>As of when the window's newest day was reckoned: an older one that was looked at since makes today no newer.</summary>
    public DateTimeOffset? ReckonedAt => Within.Count == 0 ? null : Within.MaxBy(day => day.Day)!.ReckonedAt;

    public DateTimeOffset? CorrectedAt => Within.Max(day => day.CorrectedAt);

    /// <summary>Stored stretches of tracks of the window that could not be read and are in no answer.</summary>
    public int Damaged => Within.Sum(day => day.Damaged);

    /// <summary>The days of the window of which something could not be read.</summary>
    public IReadOnlyList<string> DamagedDays => [.. Within.Where(day => day.Damaged > 0).Select(day => CoverageWindow.TextOf(day.Day))];

    /// <summary>By the ordinal of a grid.</summary>
    public Func<int, int> Targets()
    {
        var days = Plan.Units.Select(Rules.DaysOf).ToArray();
        return unit => unit >= 0 ? days[unit] : GroundRules.UsualDays;
    }
}

/// <summary>Reads days, a few tiles at a time, and has the rules reckon pictures and rates of them. So many at once as the options allow.</summary>
public sealed class CoverageDesk(CoverageStore store, CoverageGround ground, GroundDirectory rules, TileDays tiles, IOptions<CoverageOptions> options) : IDisposable
{
    /// <summary>Tiles times days that are held at a time: 20 to 100 MB where somebody was everywhere.</summary>
    private const int MostTileDays = 4_000;

    private readonly SemaphoreSlim _places = new(options.Value.AnswersAtOnce);

    public async Task<CoverageDays> DaysAsync(CoverageWindow window, CancellationToken cancellationToken)
    {
        var plan = await ground.OnAsync(window.Last, cancellationToken);
        return new CoverageDays(
            window, plan, rules.Current, await store.ReadDaysAsync(window.From.AddDays(-options.Value.LookBackDays), window.Last.AddDays(1), cancellationToken));
    }

    public async Task<CoveragePicture> PictureAsync(CoverageDays days, AreaNode area, CoverageMeasure measure, int meters, CancellationToken cancellationToken)
    {
        var squares = days.Plan.SquaresOf(area);
        var picture = new PictureRules(measure, meters, squares, days.Window, days.Targets());
        var since = days.Window.Last.AddDays(1 - options.Value.LookBackDays);
        var read = measure.IsDays() ? [.. days.All.Where(day => day.Day >= since)] : days.Within;
        await EachAsync(squares, read, _ => !measure.IsDays(), picture.Add, cancellationToken);
        return picture.Picture(days.Within.Count);
    }

    /// <summary>Counts beside the parts, and the area's visited squares by day.</summary>
    public async Task<RateRules> RatesAsync(CoverageDays days, AreaNode area, IReadOnlyList<AreaNode> parts, CancellationToken cancellationToken)
    {
        var squares = days.Plan.SquaresOf(area);
        var rates = new RateRules([.. parts.Select(days.Plan.SquaresOf)], days.Window, options.Value.LookBackDays, days.Targets());
        await EachAsync(squares, days.All, day => day >= days.Window.From, rates.Add, cancellationToken);
        return rates;
    }

    public void Dispose() => _places.Dispose();

    private async Task EachAsync(
        AreaSquares squares,
        IReadOnlyList<CoverageDay> days,
        Func<DateOnly, bool> withColumns,
        Action<IReadOnlyList<AreaTileSquares>, IReadOnlyList<CoverageDayTiles>> add,
        CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        try
        {
            foreach (var some in squares.Tiles.Chunk(Math.Max(1, MostTileDays / Math.Max(1, days.Count))))
            {
                add(some, await tiles.ReadAsync(days, [.. some.Select(tile => tile.Ground.At)], withColumns, cancellationToken));
            }
        }
        finally
        {
            _places.Release();
        }
    }
}
