using System.Diagnostics;
using CommandCenter.Chaos.Load;
using CommandCenter.Chaos.Walls;

namespace CommandCenter.Chaos.Check;

/// <summary>What the walls show of what was answered: each worker where the newest answered fix is.</summary>
/// <param name="Walls">Looked at.</param>
/// <param name="Workers">With an answered fix.</param>
/// <param name="Elsewhere">Workers shown at another place or not at all, summed over the walls.</param>
/// <param name="After">How long it took until all were right; null: not within the time given.</param>
public sealed record ShownCheck(int Walls, int Workers, int Elsewhere, TimeSpan? After)
{
    public bool IsWhole => Elsewhere == 0;

    public static async Task<ShownCheck> RunAsync(IReadOnlyList<WatchingWall> walls, Ledger ledger, TimeSpan within, CancellationToken cancellationToken)
    {
        var newest = Enumerable.Range(0, ledger.Workers.Count)
            .Select(i => (ledger.Workers[i].Id, Fixes: ledger.Of(i)))
            .Where(w => w.Fixes.Length > 0)
            .Select(w => (w.Id, Newest: w.Fixes.MaxBy(f => f.FixTimeMs)))
            .ToList();
        var clock = Stopwatch.StartNew();
        while (true)
        {
            var elsewhere = walls.Sum(wall => newest.Count(w => wall.PlaceOf(w.Id) != (w.Newest.LongitudeE7, w.Newest.LatitudeE7)));
            if (elsewhere == 0 || clock.Elapsed > within)
            {
                return new ShownCheck(walls.Count, newest.Count, elsewhere, elsewhere == 0 ? clock.Elapsed : null);
            }

            await Task.Delay(100, cancellationToken);
        }
    }
}
