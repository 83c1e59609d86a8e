namespace CommandCenter.Coverage.Store;

/// <summary>A day of the center that was reckoned.</summary>
/// <param name="Day">Of the center's zone.</param>
/// <param name="Version">Grows with each change.</param>
/// <param name="ReckonedAt">As of when it was looked at last, changed or not: what came to the center later is not in it.</param>
/// <param name="CorrectedAt">When it came out otherwise than before after it was over; null: never.</param>
/// <param name="Correction">What has become more (or less) of it since it was over first.</param>
/// <param name="Totals">Of all squares.</param>
/// <param name="Damaged">Stored stretches of tracks that could not be read and are not in it.</param>
public sealed record CoverageDay(
    DateOnly Day, long Version, DateTimeOffset ReckonedAt, DateTimeOffset? CorrectedAt, CoverageTotals? Correction, CoverageTotals Totals, int Damaged);

/// <param name="Workers">Who earned anything.</param>
/// <param name="CreditedMs">Time of all of them, ms.</param>
/// <param name="Cells">Squares with any of it.</param>
/// <param name="Visits">Of all.</param>
/// <param name="Passes">Of all.</param>
public sealed record CoverageTotals(int Workers, long CreditedMs, int Cells, long Visits, long Passes)
{
    public static readonly CoverageTotals None = new(0, 0, 0, 0, 0);

    public static CoverageTotals operator +(CoverageTotals a, CoverageTotals b) =>
        new(a.Workers + b.Workers, a.CreditedMs + b.CreditedMs, a.Cells + b.Cells, a.Visits + b.Visits, a.Passes + b.Passes);

    public static CoverageTotals operator -(CoverageTotals a, CoverageTotals b) =>
        new(a.Workers - b.Workers, a.CreditedMs - b.CreditedMs, a.Cells - b.Cells, a.Visits - b.Visits, a.Passes - b.Passes);
}

/// <summary>What one worker earned on a day.</summary>
public sealed record WorkerCells(DateOnly Day, int WorkerId, long CreditedMs, List<CellDay> Cells);

/// <summary>A tile of a day as it is stored; <see cref="CoverageCodec.DecodeTile"/> reads it.</summary>
public readonly record struct StoredTile(DateOnly Day, CoverageTile Tile, byte[] Body);
