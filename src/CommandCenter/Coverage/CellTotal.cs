namespace CommandCenter.Coverage;

/// <summary>What all workers earned in a square on one day.</summary>
/// <param name="Cell">Where.</param>
/// <param name="DwellMs">Time of all of them.</param>
/// <param name="Visits">Of all of them.</param>
/// <param name="Passes">Of all of them.</param>
/// <param name="Workers">How many different ones.</param>
/// <param name="LastMs">When the last of them left, ms since 1970 UTC.</param>
public readonly record struct CellTotal(CoverageCell Cell, long DwellMs, int Visits, int Passes, int Workers, long LastMs);
