namespace CommandCenter.Basemaps;

/// <summary>Keeps the cache below its bounds: at the start, every hour, and soon after it has become full.</summary>
internal sealed class TileCacheTrimming(TileCache cache, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Often = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield(); // the host does not wait for a large folder
        var last = long.MinValue;
        while (!stoppingToken.IsCancellationRequested)
        {
            if (last == long.MinValue || cache.IsFull || time.GetElapsedTime(last) >= Often)
            {
                // A disk that failed is looked at again soon: until it was counted once, nothing is kept.
                last = cache.Trim(stoppingToken) ? time.GetTimestamp() : long.MinValue;
            }

            await Task.Delay(Look, time, stoppingToken);
        }
    }
}
