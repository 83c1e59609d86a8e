using CommandCenter.LoadGenerator.Center;
using CommandCenter.LoadGenerator.Load;
using CommandCenter.LoadGenerator.Measuring;

namespace CommandCenter.LoadGenerator.Walls;

/// <summary>All walls of a stage. They watch the whole where that fits a frame, otherwise areas of 10,000 workers in turn.</summary>
internal sealed class WallFleet : IAsyncDisposable
{
    /// <summary>The server's <c>Wall:MaxMarkers</c>, less what else may be on its roster.</summary>
    private const int WholeWorkers = 15_000;

    private const int OpenAtOnce = 32;

    private readonly CancellationTokenSource _ending = new();
    private readonly List<WallLink> _links = [];

    public IReadOnlyList<WallLink> Links => _links;

    public static async Task<WallFleet> OpenAsync(
        int walls, Uri server, string token, string root, bool whole, LoadWorkers workers, TimeProvider clock, CancellationToken cancellationToken)
    {
        var fleet = new WallFleet();
        try
        {
            foreach (var group in Enumerable.Range(0, walls).Chunk(OpenAtOnce))
            {
                var opening = group.Select(i =>
                {
                    var (area, first, count) = ScopeOf(i, root, whole, workers.Count);
                    var link = new WallLink(new WallView(workers, first, count), clock);
                    fleet._links.Add(link);
                    return link.OpenAsync(server, token, area, fleet._ending.Token);
                }).ToList();
                await Task.WhenAll(opening).WaitAsync(cancellationToken);
            }

            return fleet;
        }
        catch (Exception e) when (e is System.Net.WebSockets.WebSocketException or IOException or TimeoutException)
        {
            await fleet.DisposeAsync();
            throw new RunFailedException($"Wall {fleet._links.Count} of {walls} could not be opened: {e.Message}");
        }
    }

    public Histogram Delays(Func<WallLink, bool> of)
    {
        var all = new Histogram();
        foreach (var link in _links.Where(of))
        {
            all.Add(link.View.Delays);
        }

        return all;
    }

    public (long Frames, long Records, long Bytes) Traffic() =>
        (_links.Sum(link => link.View.Frames), _links.Sum(link => link.View.Records), _links.Sum(link => link.View.Bytes));

    public IReadOnlyList<string> Failures() =>
        [.. _links.Where(link => link.Failure is not null).GroupBy(link => link.Failure).Select(why => $"{why.Count()} walls ended: {why.Key}")];

    /// <summary>Waits until each wall shows each of its workers' newest accepted fix; then, or when the patience is over, how many do not.</summary>
    public async Task<(long LookedFor, long Missing)> UntilShownAsync(Ledger ledger, TimeSpan patience, TimeProvider clock, CancellationToken cancellationToken)
    {
        var start = clock.GetTimestamp();
        while (true)
        {
            var (lookedFor, missing) = Compare(ledger);
            if (missing == 0 || clock.GetElapsedTime(start) > patience)
            {
                return (lookedFor, missing);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), clock, cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await Task.WhenAll(_links.Select(link => link.Running)).WaitAsync(TimeSpan.FromSeconds(10)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _links.ForEach(link => link.Dispose());
        _ending.Dispose();
    }

    internal static (string Area, int First, int Count) ScopeOf(int wall, string root, bool whole, int workers)
    {
        if (whole || workers <= WholeWorkers)
        {
            return (root, 0, workers);
        }

        var areas = (workers + LoadWorkers.AreaWorkers - 1) / LoadWorkers.AreaWorkers;
        var first = wall % areas * LoadWorkers.AreaWorkers;
        return (LoadWorkers.AreaOf(first), first, Math.Min(LoadWorkers.AreaWorkers, workers - first));
    }

    private (long LookedFor, long Missing) Compare(Ledger ledger)
    {
        var (lookedFor, missing) = (0L, 0L);
        foreach (var view in _links.Select(link => link.View))
        {
            for (var worker = view.FirstWorker; worker < view.FirstWorker + view.Count; worker++)
            {
                if (ledger.NewestOf(worker) > 0)
                {
                    lookedFor++;
                    missing += ledger.MayShow(worker, view.ShownOf(worker)) ? 0 : 1;
                }
            }
        }

        return (lookedFor, missing);
    }
}
