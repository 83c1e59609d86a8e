namespace CommandCenter.Coverage;

/// <summary>What one worker's day earned in a square.</summary>
/// <param name="Cell">Where.</param>
/// <param name="DwellMs">Time in it.</param>
/// <param name="Visits">Of at least 30 s within 15 min.</param>
/// <param name="Passes">Shorter.</param>
/// <param name="LastMs">When it was left last, ms since 1970 UTC.</param>
public readonly record struct CellDay(CoverageCell Cell, int DwellMs, int Visits, int Passes, long LastMs);
