namespace CommandCenter.Tracks.Reimport;

/// <summary>How much one request of a re-import holds at most: what is read of the store for it, and the transaction that writes, stay small. Pure.</summary>
internal static class ReimportLimits
{
    public const int MostFixes = 50_000;

    /// <summary>Different workers' hours: each is read.</summary>
    public const int MostWorkerHours = 2_000;

    public const int MostBytes = 16 * 1_024 * 1_024;

    /// <summary>Batches that fit, in the file's order; only one is held at a time.</summary>
    public static IEnumerable<List<FixLine>> Batches(IEnumerable<FixLine> lines, int mostFixes = MostFixes, int mostWorkerHours = MostWorkerHours)
    {
        var batch = new List<FixLine>();
        var hours = new HashSet<(string, long)>();
        foreach (var line in lines)
        {
            var hour = (line.Worker, TrackPiece.HourOf(line.Fix.FixTimeMs));
            if (batch.Count >= mostFixes || (hours.Count >= mostWorkerHours && !hours.Contains(hour)))
            {
                yield return batch;
                batch = [];
                hours.Clear();
            }

            batch.Add(line);
            hours.Add(hour);
        }

        if (batch.Count > 0)
        {
            yield return batch;
        }
    }
}
