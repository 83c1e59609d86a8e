using CommandCenter.Geo;
using CommandCenter.Tracks;
using CommandCenter.Tracks.Meaning;

namespace CommandCenter.Coverage;

/// <summary>
/// What one worker's track earned: a pure function of the accepted fixes, in whatever order and however often they came. Its columns are used again by the next
/// <see cref="Read"/>, so that nothing is allocated for a fix. Not for two threads. Definitions in docs/coverage.md.
/// </summary>
public sealed class WorkerCoverage(MetricPlane plane, CoverageOptions options, TrackMeaningOptions meaning)
{
    /// <summary>Kept even off duty: who asks for help earns nothing by it.</summary>
    private const FixFlags NotPatrolling = FixFlags.Sos;

    private readonly KeptFixes _kept = new();
    private readonly CellStays _stays = new();
    private readonly List<Fix> _earning = [];
    private readonly List<CellDay> _cells = [];

    /// <summary>By square.</summary>
    public IReadOnlyList<CellDay> Cells => _cells;

    /// <summary>In all squares, ms.</summary>
    public long CreditedMs => _stays.CreditedMs;

    /// <param name="fixes">One worker's, in <see cref="FixOrder"/> and without repeats; some from before and after the window let jumps at its borders be known.</param>
    /// <param name="fromMs">Begin of the window, ms since 1970 UTC.</param>
    /// <param name="toMs">Its end, exclusive: what lies across it is cut there.</param>
    public void Read(ReadOnlySpan<Fix> fixes, long fromMs, long toMs)
    {
        _stays.Restart();
        _earning.Clear();
        foreach (ref readonly var fix in fixes)
        {
            if ((fix.Flags & NotPatrolling) == 0 && !(fix.AccuracyMeters > options.AccurateMeters))
            {
                _earning.Add(fix);
            }
        }

        var span = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_earning);
        CleaningRules.Keep(span, clean: true, GapRules.ThresholdMs(span, meaning), meaning, _kept);
        Walk(fromMs, toMs);
        CountVisits();
    }

    private void Walk(long fromMs, long toMs)
    {
        var (joinMs, mps) = (options.JoinSeconds * 1_000L, options.PatrolMps);
        var before = default((double X, double Y));
        for (var i = 0; i < _kept.Count; i++)
        {
            var (east, north) = plane.Project(_kept.Longitude[i], _kept.Latitude[i]);
            var here = (X: east / CoverageCell.Meters, Y: north / CoverageCell.Meters);
            if (i > 0 && _kept.Legs[i] == Leg.Line)
            {
                var (start, end) = (_kept.Ms[i - 1], _kept.Ms[i]);
                var meters = CoverageCell.Meters * Math.Sqrt(((here.X - before.X) * (here.X - before.X)) + ((here.Y - before.Y) * (here.Y - before.Y)));
                if (end - start <= joinMs && meters <= mps * (end - start) / 1_000 && end > fromMs && start < toMs)
                {
                    AddWithin(before, start, here, end, fromMs, toMs);
                }
            }

            before = here;
        }
    }

    private void AddWithin((double X, double Y) from, long start, (double X, double Y) to, long end, long fromMs, long toMs)
    {
        var (first, last) = (Math.Max(start, fromMs), Math.Min(end, toMs));
        var (a, b) = (At(first), At(last));
        CellWalk.Add(a.X, a.Y, first, b.X, b.Y, last, _stays);

        (double X, double Y) At(long ms) => ms == start ? from : ms == end ? to
            : (from.X + ((to.X - from.X) * (ms - start) / (end - start)), from.Y + ((to.Y - from.Y) * (ms - start) / (end - start)));
    }

    private void CountVisits()
    {
        _cells.Clear();
        var stays = _stays.Sorted();
        for (int first = 0, end; first < stays.Length; first = end)
        {
            end = first + 1;
            while (end < stays.Length && stays[end].Key == stays[first].Key)
            {
                end++;
            }

            _cells.Add(VisitCount.Of(stays[first..end], options));
        }
    }
}
