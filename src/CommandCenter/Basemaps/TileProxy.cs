using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Options;

namespace CommandCenter.Basemaps;

/// <summary>A tile for a browser, or why there is none.</summary>
internal readonly record struct ProxiedTile(TileOutcome Outcome, CachedTile? Tile = null, bool Stale = false, TimeSpan Wait = default);

/// <summary>
/// From the cache while fresh, else from the map's server, else from the cache however old. However many ask for a tile, it is asked
/// for once; and what failed or is not there is remembered for a while, so that a map's server is not asked again and again. Who causes a
/// request does so within bounds of their own.
/// </summary>
internal sealed partial class TileProxy(
    TileCache cache,
    TileUpstream upstream,
    ViewerLanes lanes,
    IOptions<BasemapOptions> options,
    TimeProvider time,
    IHostApplicationLifetime lifetime,
    ILogger<TileProxy> logger)
{
    private const int MostRemembered = 20_000;

    private static readonly Counter<long> Served =
        new Meter("CommandCenter.Basemaps").CreateCounter<long>("commandcenter.basemaps.tiles", description: "Tiles asked of the proxy, by map and how they were answered");

    private static readonly TimeSpan LogPause = TimeSpan.FromMinutes(1);

    private readonly BasemapOptions _options = options.Value;
    private readonly ConcurrentDictionary<(string Map, TileAddress Tile), TaskCompletionSource<ProxiedTile>> _underWay = new();
    private readonly ConcurrentDictionary<(string Map, TileAddress Tile), (TileOutcome Outcome, long Until)> _failed = new();
    private readonly ConcurrentDictionary<string, long> _logged = new();

    /// <param name="source">The map.</param>
    /// <param name="tile">One of its own.</param>
    /// <param name="viewer">The account that asks.</param>
    /// <param name="cancellationToken">Ends the wait alone.</param>
    public async Task<ProxiedTile> GetAsync(TileSource source, TileAddress tile, int viewer, CancellationToken cancellationToken)
    {
        var (at, known) = await LookAsync(source, tile, cancellationToken);
        if (at is { } answer)
        {
            return answer;
        }

        var key = (source.CacheName, tile);
        if (!_underWay.TryGetValue(key, out var shared))
        {
            if (await lanes.EnterAsync(viewer, cancellationToken) is not { } place)
            {
                return Limited(source, known, ViewerLanes.FullFor);
            }

            // Another may have begun while this one waited for its turn.
            if (!_underWay.TryGetValue(key, out shared) && lanes.Charge(viewer) is var wait && wait > TimeSpan.Zero)
            {
                place.Dispose();
                return Limited(source, known, wait);
            }

            shared = Begin(source, tile, place);
        }

        var fetched = await shared.Task.WaitAsync(cancellationToken);
        return fetched.Outcome == TileOutcome.Fetched ? fetched : Answer(fetched.Outcome, known);
    }

    // The fetch belongs to nobody: who leaves does not take the tile from the others. It keeps its place in the lane to its end, so that coming and leaving
    // again buys nothing. And it begins only when it is its viewer's turn, so that nobody waits in somebody else's line.
    private TaskCompletionSource<ProxiedTile> Begin(TileSource source, TileAddress tile, IDisposable place)
    {
        var mine = new TaskCompletionSource<ProxiedTile>(TaskCreationOptions.RunContinuationsAsynchronously);
        var shared = _underWay.GetOrAdd((source.CacheName, tile), mine);
        if (shared == mine)
        {
            _ = FetchAsync(source, tile, place, mine);
        }
        else
        {
            place.Dispose();
        }

        return shared;
    }

    private static ProxiedTile Limited(TileSource source, CachedTile? known, TimeSpan wait) =>
        Count(source, "limited", Answer(TileOutcome.Limited, known) with { Wait = wait });

    /// <summary>The answer that needs nobody else's server, and the tile as it lies in the cache.</summary>
    private async Task<(ProxiedTile? Answer, CachedTile? Known)> LookAsync(TileSource source, TileAddress tile, CancellationToken cancellationToken)
    {
        var known = await cache.ReadAsync(source.CacheName, tile, cancellationToken);
        if (IsFresh(known))
        {
            return (Count(source, "cached", new ProxiedTile(TileOutcome.Fetched, known)), known);
        }

        if (_failed.TryGetValue((source.CacheName, tile), out var failed))
        {
            if (time.GetTimestamp() < failed.Until)
            {
                return (Count(source, "remembered", Answer(failed.Outcome, known)), known);
            }

            _failed.TryRemove(KeyValuePair.Create((source.CacheName, tile), failed));
        }

        return (null, known);
    }

    private bool IsFresh([NotNullWhen(true)] CachedTile? tile) =>
        tile is not null && time.GetUtcNow() - tile.FetchedAt < TimeSpan.FromDays(_options.FreshDays);

    private async Task FetchAsync(TileSource source, TileAddress tile, IDisposable place, TaskCompletionSource<ProxiedTile> promise)
    {
        try
        {
            // Another's fetch may have ended while this one waited for its turn.
            promise.SetResult(
                await cache.ReadAsync(source.CacheName, tile, lifetime.ApplicationStopping) is { } known && IsFresh(known)
                    ? Count(source, "cached", new ProxiedTile(TileOutcome.Fetched, known))
                    : await AskAsync(source, tile));
        }
        catch (Exception e)
        {
            promise.SetException(e); // thrown where it is awaited
        }
        finally
        {
            _underWay.TryRemove(KeyValuePair.Create((source.CacheName, tile), promise));
            place.Dispose();
        }
    }

    private async Task<ProxiedTile> AskAsync(TileSource source, TileAddress tile)
    {
        var answer = await upstream.FetchAsync(source, tile, lifetime.ApplicationStopping);
        if (answer.Body is { } body)
        {
            await cache.WriteAsync(source.CacheName, tile, body);
            return Count(source, "fetched", new ProxiedTile(TileOutcome.Fetched, new CachedTile(body, time.GetUtcNow())));
        }

        Remember(source, tile, answer);
        return Count(source, answer.Outcome.ToString().ToLowerInvariant(), new ProxiedTile(answer.Outcome));
    }

    private void Remember(TileSource source, TileAddress tile, TileAnswer answer)
    {
        if (answer.Outcome == TileOutcome.Busy)
        {
            return; // about this server's moment, not about the tile
        }

        if (_failed.Count >= MostRemembered)
        {
            _failed.Clear();
        }

        var seconds = answer.Outcome == TileOutcome.Absent ? _options.AbsentSeconds : _options.RetrySeconds;
        _failed[(source.CacheName, tile)] = (answer.Outcome, time.GetTimestamp() + (long)(seconds * time.TimestampFrequency));
        if (answer.Trouble is { } trouble && MayLog(source.Id))
        {
            LogTrouble(source.Id, trouble, tile.Z, tile.X, tile.Y);
        }
    }

    private bool MayLog(string map)
    {
        var now = time.GetTimestamp();
        var last = _logged.GetOrAdd(map, long.MinValue);
        return (last == long.MinValue || time.GetElapsedTime(last, now) >= LogPause) && _logged.TryUpdate(map, now, last);
    }

    /// <summary>What is old is better than nothing, unless its server says that it is no more.</summary>
    private static ProxiedTile Answer(TileOutcome outcome, CachedTile? known) =>
        known is not null && outcome != TileOutcome.Absent ? new ProxiedTile(TileOutcome.Fetched, known, Stale: true) : new ProxiedTile(outcome);

    private static ProxiedTile Count(TileSource source, string how, ProxiedTile tile)
    {
        Served.Add(1, new KeyValuePair<string, object?>("map", source.Id), new KeyValuePair<string, object?>("how", how));
        return tile;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The server of basemap {Map} gives no tile: {Trouble} (first at {Z}/{X}/{Y}; said once a minute)")]
    private partial void LogTrouble(string map, string trouble, int z, int x, int y);
}
