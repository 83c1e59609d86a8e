namespace CommandCenter.Tracks.Folding;

/// <summary>A worker's hour to be folded, and how many fixes its pieces hold.</summary>
public readonly record struct DueHour(long HourMs, int WorkerId, long Fixes);

/// <summary>A stored body, of a piece or a segment, to be folded.</summary>
public readonly record struct FoldPart(int WorkerId, byte[] Body);

/// <summary>
/// What pieces and the segment there was amount to. The same fixes end in the same bytes whatever pieces they came in and in whatever order and steps these were
/// folded. Pure.
/// </summary>
public static class TrackFold
{
    /// <summary>One segment a worker, by worker.</summary>
    /// <param name="parts">Of one hour.</param>
    /// <exception cref="InvalidDataException">A body is damaged.</exception>
    public static List<TrackPiece> Merge(IEnumerable<FoldPart> parts)
    {
        var segments = new List<TrackPiece>();
        var fixes = new List<Fix>();
        foreach (var worker in parts.GroupBy(part => part.WorkerId, part => part.Body).OrderBy(worker => worker.Key))
        {
            fixes.Clear();
            foreach (var body in worker)
            {
                TrackCodec.Decode(body, fixes);
            }

            segments.Add(TrackPiece.From(fixes));
        }

        return segments;
    }

    /// <summary>Batches of one hour and at most so many fixes each (or of a single worker with more).</summary>
    /// <param name="due">By hour.</param>
    /// <param name="mostFixes">In one batch.</param>
    public static IEnumerable<List<DueHour>> Batches(IEnumerable<DueHour> due, long mostFixes)
    {
        var batch = new List<DueHour>();
        long fixes = 0;
        foreach (var hour in due)
        {
            if (batch.Count > 0 && (hour.HourMs != batch[0].HourMs || fixes + hour.Fixes > mostFixes))
            {
                yield return batch;
                batch = [];
                fixes = 0;
            }

            batch.Add(hour);
            fixes += hour.Fixes;
        }

        if (batch.Count > 0)
        {
            yield return batch;
        }
    }
}
