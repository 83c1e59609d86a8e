using Microsoft.Extensions.Options;

namespace CommandCenter.Tracks.Reading;

/// <summary>A worker's nearest fix to a place.</summary>
public readonly record struct NearestFix(double Meters, long AtMs);

/// <summary>Who was near a place then: parts whose bounds meet the circle's box are decoded, the others are not read at all.</summary>
public sealed class TrackNearSearch(TrackPartStore store, INewestFixes newest, IOptions<TrackReadingOptions> options) : IDisposable
{
    private const int PartsADecoding = 500;

    private readonly TrackPlaces _places = new(options.Value.NearReadersAtOnce);

    public int AtOnce => _places.Most;

    /// <summary>A place among those that search; null: all are taken.</summary>
    public IDisposable? TryTake() => _places.TryTake();

    public void Dispose() => _places.Dispose();

    /// <summary>Each worker with a fix in the circle and the interval, whoever they are; the log is read before the store, so that nothing is missed between; and how many stretches are damaged.</summary>
    /// <exception cref="Storage.RedisAwayException">The log is away: without it the newest fixes would be missing.</exception>
    public async Task<(Dictionary<int, NearestFix> Found, int Unreadable)> FindAsync(TrackNearPlace place, CancellationToken cancellationToken)
    {
        var found = new Dictionary<int, NearestFix>();
        var unreadable = 0;
        foreach (var fix in await newest.ReadAsync(null, place.FromMs, place.ToMs, cancellationToken))
        {
            Look(fix);
        }

        var there = new HashSet<(long HourMs, int WorkerId)>();
        await foreach (var part in store.PlacesAsync(place.Box(), TrackPiece.HoursOf(place.FromMs, place.ToMs), cancellationToken))
        {
            there.Add((part.HourMs, part.WorkerId));
        }

        var fixes = new List<Fix>();
        foreach (var hour in there.GroupBy(part => part.HourMs, part => part.WorkerId))
        {
            foreach (var workerIds in hour.Order().Chunk(PartsADecoding))
            {
                await foreach (var part in store.PartsAsync(workerIds, [hour.Key], place.FromMs, place.ToMs, cancellationToken))
                {
                    fixes.Clear();
                    if (!part.TryRead(fixes))
                    {
                        unreadable++;
                        ReadingMetrics.Unreadable.Add(1);
                    }

                    fixes.ForEach(Look);
                }
            }
        }

        return (found, unreadable);

        void Look(Fix fix)
        {
            if (place.MetersTo(fix) is { } meters && (!found.TryGetValue(fix.WorkerId, out var known) || meters < known.Meters))
            {
                found[fix.WorkerId] = new NearestFix(meters, fix.FixTimeMs);
            }
        }
    }
}
