using CommandCenter.Workers;

namespace CommandCenter.Tracks.Exports;

/// <summary>
/// Fixes of one worker without a gap between them, in <see cref="FixOrder"/>: what a segment, a line or a trajectory is in every format.
/// <paramref name="Number"/> counts the worker's from 1.
/// </summary>
internal sealed record Stretch(Worker Worker, int Number, List<Fix> Fixes);

/// <summary>Splits one worker's fixes, given in order and piece by piece, at its gaps. Pure.</summary>
internal sealed class StretchCutter(Worker worker, int most = StretchCutter.MostFixes)
{
    /// <summary>
    /// A longer stretch is cut, the next beginning with the next fix, so that memory stays flat: at a fix per five seconds this is
    /// three days without one gap.
    /// </summary>
    public const int MostFixes = 50_000;

    private List<Fix> _open = [];
    private int _number;

    /// <param name="fixes">The next of the worker.</param>
    /// <param name="gapMs">A longer silence is a gap.</param>
    public IEnumerable<Stretch> Add(IReadOnlyList<Fix> fixes, long gapMs)
    {
        foreach (var fix in fixes)
        {
            if (fix.IsHeartbeat)
            {
                continue;
            }

            if (_open.Count > 0 && (fix.FixTimeMs - _open[^1].FixTimeMs > gapMs || _open.Count >= most))
            {
                yield return Close();
            }

            _open.Add(fix);
        }
    }

    /// <summary>A cleaned track, whose stretches are known: a silence in it may be a rest.</summary>
    public IEnumerable<Stretch> Add(CleanTrack track)
    {
        for (var i = 0; i < track.Fixes.Count; i++)
        {
            if (_open.Count > 0 && (track.Begins[i] || _open.Count >= most))
            {
                yield return Close();
            }

            _open.Add(track.Fixes[i]);
        }
    }

    public IEnumerable<Stretch> End()
    {
        if (_open.Count > 0)
        {
            yield return Close();
        }
    }

    private Stretch Close()
    {
        var stretch = new Stretch(worker, ++_number, _open);
        _open = [];
        return stretch;
    }
}
