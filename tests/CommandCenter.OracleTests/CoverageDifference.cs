using CommandCenter.Coverage;
using CommandCenter.OracleTests.Postgis;

namespace CommandCenter.OracleTests;

/// <summary>How far two reckonings of the same tracks are apart.</summary>
internal sealed class CoverageDifference
{
    private const double MostMs = 1_000;
    private const double MostShare = 0.01;

    private readonly int _squares;
    private readonly int _common;
    private readonly double _worstMs;

    public CoverageDifference(Dictionary<(int Track, CoverageCell Cell), CellDay> ours, Dictionary<(int Track, CoverageCell Cell), PostgisCell> theirs)
    {
        foreach (var key in ours.Keys.Union(theirs.Keys))
        {
            var (mine, other) = (ours.GetValueOrDefault(key), theirs.GetValueOrDefault(key));
            _squares++;
            _common += ours.ContainsKey(key) && other is not null ? 1 : 0;
            var apart = Math.Abs(mine.DwellMs - (other?.DwellMs ?? 0));
            _worstMs = Math.Max(_worstMs, apart);
            if (apart > Math.Max(MostMs, MostShare * (other?.DwellMs ?? 0)))
            {
                DwellsApart.Add($"{key}: {mine.DwellMs} ms, PostGIS {other?.DwellMs ?? 0} ms");
            }

            if (other is not null && ours.ContainsKey(key) && (mine.Visits, mine.Passes) != (other.Visits, other.Passes))
            {
                VisitsApart.Add($"{key}: {mine.Visits} and {mine.Passes} in {mine.DwellMs} ms, PostGIS {other.Visits} and {other.Passes} in {other.DwellMs} ms");
            }
        }
    }

    public double Jaccard => _squares == 0 ? 0 : (double)_common / _squares;

    public List<string> DwellsApart { get; } = [];

    public List<string> VisitsApart { get; } = [];

    public override string ToString() => FormattableString.Invariant(
        $"{_squares} squares of tracks, Jaccard {Jaccard:F6}; worst dwell {_worstMs:F1} ms apart, {DwellsApart.Count} beyond the limit; visits differ in {VisitsApart.Count}");
}
