using CommandCenter.Areas;

namespace CommandCenter.Tracks.Reading;

/// <summary>
/// Who was in an area: the workers with at least one fix in it and in the interval. Bounds decide where they lie all inside or all outside; only parts on the
/// area's border or at the interval's ends are decoded. A damaged part says nothing of anybody: those of workers who were not seen otherwise are counted.
/// </summary>
internal sealed class TrackAreaSearch(TrackPartStore store)
{
    private const int PartsADecoding = 500;

    /// <param name="area">Whose ground is asked about.</param>
    /// <param name="newest">What the log holds of the interval.</param>
    /// <param name="fromMs">Inclusive.</param>
    /// <param name="toMs">Exclusive.</param>
    /// <param name="damaged">Told of each part that cannot be read and may have shown somebody there.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public async Task<HashSet<int>> FindAsync(
        AreaNode area, TrackNewest newest, long fromMs, long toMs, Action<TrackPart> damaged, CancellationToken cancellationToken)
    {
        var ground = new TrackGround(area);
        var found = new HashSet<int>();
        if (ground.Bounds.IsNull)
        {
            return found;
        }

        foreach (ref readonly var fix in newest.All)
        {
            if (!found.Contains(fix.WorkerId) && ground.Holds(fix))
            {
                found.Add(fix.WorkerId);
            }
        }

        var undecided = new List<(int WorkerId, long HourMs)>();
        await foreach (var place in store.PlacesAsync(BoxOf(ground, fromMs, toMs), TrackPiece.HoursOf(fromMs, toMs), cancellationToken))
        {
            if (found.Contains(place.WorkerId))
            {
                continue;
            }

            var relation = ground.RelationTo(place);
            if (relation == GroundRelation.Inside && (IsWithin(place.FirstMs) || IsWithin(place.LastMs)))
            {
                found.Add(place.WorkerId);
            }
            else if (relation != GroundRelation.Outside)
            {
                undecided.Add((place.WorkerId, place.HourMs));
            }
        }

        foreach (var part in await DecideAsync(undecided, ground, found, fromMs, toMs, cancellationToken))
        {
            if (!found.Contains(part.WorkerId))
            {
                damaged(part);
            }
        }

        return found;

        bool IsWithin(long ms) => ms >= fromMs && ms < toMs;
    }

    /// <summary>Adds those who were there; the parts that could not be read.</summary>
    private async Task<List<TrackPart>> DecideAsync(
        List<(int WorkerId, long HourMs)> undecided, TrackGround ground, HashSet<int> found, long fromMs, long toMs, CancellationToken cancellationToken)
    {
        var fixes = new List<Fix>();
        var unreadable = new List<TrackPart>();
        foreach (var hour in undecided.Where(part => !found.Contains(part.WorkerId)).Distinct().GroupBy(part => part.HourMs, part => part.WorkerId))
        {
            foreach (var workerIds in hour.Where(id => !found.Contains(id)).Order().Chunk(PartsADecoding))
            {
                await foreach (var part in store.PartsAsync(workerIds, [hour.Key], fromMs, toMs, cancellationToken))
                {
                    if (found.Contains(part.WorkerId))
                    {
                        continue;
                    }

                    fixes.Clear();
                    if (!part.TryRead(fixes))
                    {
                        unreadable.Add(part with { Body = [] });
                    }
                    else if (fixes.Exists(fix => fix.FixTimeMs >= fromMs && fix.FixTimeMs < toMs && ground.Holds(fix)))
                    {
                        found.Add(part.WorkerId);
                    }
                }
            }
        }

        return unreadable;
    }

    private static TrackPlace BoxOf(TrackGround ground, long fromMs, long toMs) => new(
        0, 0, fromMs, toMs,
        (int)Math.Floor(ground.Bounds.MinX * 1e7), (int)Math.Floor(ground.Bounds.MinY * 1e7),
        (int)Math.Ceiling(ground.Bounds.MaxX * 1e7), (int)Math.Ceiling(ground.Bounds.MaxY * 1e7));
}
