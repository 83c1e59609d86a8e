using CommandCenter.Coverage.Store;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace CommandCenter.Coverage.Answers;

/// <summary>Tiles of reckoned days as answers need them, kept decoded: the same day is asked for again and again, with another measure, size, area or week.</summary>
public sealed class TileDays(CoverageStore store, IOptions<CoverageOptions> options) : IDisposable
{
    private readonly MemoryCache _cache = new(new MemoryCacheOptions { SizeLimit = (long)options.Value.CacheMegabytes << 20, CompactionPercentage = 0.25 });

    /// <param name="days">That were reckoned.</param>
    /// <param name="tiles">Each once; at least one.</param>
    /// <param name="withColumns">Of which days how much, too, and not only where.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>Beside the days, tiles beside those asked for.</returns>
    public async Task<IReadOnlyList<CoverageDayTiles>> ReadAsync(
        IReadOnlyList<CoverageDay> days, IReadOnlyList<CoverageTile> tiles, Func<DateOnly, bool> withColumns, CancellationToken cancellationToken)
    {
        var read = new CoverageDayTiles[days.Count];
        var missing = new List<int>();
        for (var n = 0; n < days.Count; n++)
        {
            read[n] = new CoverageDayTiles(days[n].Day, new TileDay[tiles.Count]);
            if (!Find(days[n], tiles, withColumns(days[n].Day), read[n].Tiles))
            {
                missing.Add(n);
            }
        }

        if (missing.Count > 0)
        {
            await ReadAsync(days, tiles, withColumns, read, missing, cancellationToken);
        }

        return read;
    }

    public void Dispose() => _cache.Dispose();

    private bool Find(CoverageDay day, IReadOnlyList<CoverageTile> tiles, bool columns, TileDay[] into)
    {
        for (var n = 0; n < tiles.Count; n++)
        {
            var key = new Key(day.Day, day.Version, tiles[n], columns);
            if (!_cache.TryGetValue(key, out TileDay? known) && (columns || !_cache.TryGetValue(key with { Columns = true }, out known)))
            {
                return false;
            }

            into[n] = known!;
        }

        return true;
    }

    /// <summary>Whole stretches of days at a time: mostly one day is missing, or all.</summary>
    private async Task ReadAsync(
        IReadOnlyList<CoverageDay> days, IReadOnlyList<CoverageTile> tiles, Func<DateOnly, bool> withColumns, CoverageDayTiles[] read, List<int> missing, CancellationToken cancellationToken)
    {
        var placeOf = new Dictionary<CoverageTile, int>(tiles.Count);
        var (west, east, south, north) = (int.MaxValue, int.MinValue, int.MaxValue, int.MinValue);
        for (var n = 0; n < tiles.Count; n++)
        {
            placeOf[tiles[n]] = n;
            (west, east) = (Math.Min(west, tiles[n].Column), Math.Max(east, tiles[n].Column));
            (south, north) = (Math.Min(south, tiles[n].Row), Math.Max(north, tiles[n].Row));
        }

        for (int first = 0, end; first < missing.Count; first = end)
        {
            end = first + 1;
            while (end < missing.Count && missing[end] == missing[end - 1] + 1)
            {
                end++;
            }

            var dayAt = missing[first..end].ToDictionary(n => days[n].Day);
            foreach (var n in dayAt.Values)
            {
                read[n].Tiles.AsSpan().Fill(TileDay.Nobody);
            }

            var (from, to) = (days[missing[first]].Day, days[missing[end - 1]].Day.AddDays(1));
            await foreach (var stored in store.ReadTilesAsync(from, to, new(west, south), new(east, north), cancellationToken))
            {
                if (placeOf.TryGetValue(stored.Tile, out var place) && dayAt.TryGetValue(stored.Day, out var n))
                {
                    read[n].Tiles[place] = TileDay.Read(stored.Body, withColumns(stored.Day));
                }
            }

            foreach (var n in dayAt.Values)
            {
                Keep(days[n], tiles, withColumns(days[n].Day), read[n].Tiles);
            }
        }
    }

    private void Keep(CoverageDay day, IReadOnlyList<CoverageTile> tiles, bool columns, TileDay[] read)
    {
        for (var n = 0; n < tiles.Count; n++)
        {
            _cache.Set(new Key(day.Day, day.Version, tiles[n], columns), read[n], new MemoryCacheEntryOptions { Size = read[n].Bytes });
        }
    }

    private readonly record struct Key(DateOnly Day, long Version, CoverageTile Tile, bool Columns);
}
