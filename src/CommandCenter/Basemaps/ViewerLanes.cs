using CommandCenter.Http;
using Microsoft.Extensions.Options;

namespace CommandCenter.Basemaps;

/// <summary>
/// How much one viewer may have fetched: so many tiles a minute, so many at a time, and so many that wait for their turn. What lies in the cache or is on
/// its way already is free. So one browser neither uses up the key's quota nor keeps the others from their tiles.
/// </summary>
internal sealed class ViewerLanes(IOptions<BasemapOptions> options, TimeProvider time)
{
    /// <summary>How long to stay away when the line is too long.</summary>
    public static readonly TimeSpan FullFor = TimeSpan.FromSeconds(2);

    private readonly int _turns = Math.Clamp(options.Value.UpstreamRequests - 1, 1, options.Value.ViewerRequests);
    private readonly int _most = options.Value.ViewerRequests + options.Value.ViewerQueue;
    private readonly StrangerRates _rates = new(Rate.PerMinute(options.Value.ViewerTilesPerMinute, options.Value.ViewerTilesAtOnce), time);
    private readonly Lock _lock = new();
    private readonly Dictionary<int, Lane> _lanes = [];

    /// <summary>Viewers with something under way: for tests.</summary>
    internal int Count
    {
        get
        {
            lock (_lock)
            {
                return _lanes.Count;
            }
        }
    }

    /// <summary>Counts a tile that is now fetched. Zero: go on; otherwise how long to stay away.</summary>
    public TimeSpan Charge(int viewer) => _rates.TryTake((ulong)viewer);

    /// <summary>A place to fetch one tile, perhaps after a wait in the viewer's own line, until it is disposed; null when the line is too long.</summary>
    public async ValueTask<IDisposable?> EnterAsync(int viewer, CancellationToken cancellationToken)
    {
        Lane? lane;
        lock (_lock)
        {
            if (!_lanes.TryGetValue(viewer, out lane))
            {
                _lanes[viewer] = lane = new Lane(_turns);
            }

            if (lane.Present >= _most)
            {
                return null;
            }

            lane.Present++;
        }

        try
        {
            await lane.Turns.WaitAsync(cancellationToken);
            return new Place(this, viewer, lane);
        }
        catch (OperationCanceledException)
        {
            Leave(viewer, lane);
            throw;
        }
    }

    private void Leave(int viewer, Lane lane)
    {
        lock (_lock)
        {
            if (--lane.Present == 0)
            {
                _lanes.Remove(viewer);
            }
        }
    }

    private sealed class Lane(int turns)
    {
        public SemaphoreSlim Turns { get; } = new(turns);

        /// <summary>Those whose turn it is and those who wait.</summary>
        public int Present { get; set; }
    }

    private sealed class Place(ViewerLanes lanes, int viewer, Lane lane) : IDisposable
    {
        public void Dispose()
        {
            lane.Turns.Release();
            lanes.Leave(viewer, lane);
        }
    }
}
