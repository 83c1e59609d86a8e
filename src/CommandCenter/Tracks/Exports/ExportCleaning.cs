using System.Runtime.InteropServices;
using CommandCenter.Contracts.Tracks;
using CommandCenter.Tracks.Meaning;

namespace CommandCenter.Tracks.Exports;

/// <summary>Fixes that a cleaned export holds, where a new stretch begins among them, and what was left out.</summary>
internal sealed record CleanTrack(List<Fix> Fixes, List<bool> Begins, LeftOutFixes LeftOut);

/// <summary>
/// One worker's fixes as they mean something (docs/track-meaning.md): without places made up or too vague, second fixes of one moment, jumps, and what a phone wanders
/// at rest. Nothing is moved, an SOS at rest stays, and what is left out joins nothing: stretches are parted where the meaning sees no line. Pure; not for two threads.
/// </summary>
internal sealed class ExportCleaning(TrackMeaningOptions options)
{
    private readonly TrackMeaning _meaning = new(options);

    /// <param name="fixes">One worker's, in <see cref="FixOrder"/> and without repeats.</param>
    public CleanTrack Clean(List<Fix> fixes)
    {
        var span = CollectionsMarshal.AsSpan(fixes);
        _meaning.Read(span);
        var verdicts = new SetAsideReason?[span.Length];
        SetAsideRules.Judge(span, _meaning, verdicts);
        var legs = _meaning.Kept.Legs;
        var clean = new CleanTrack([], [], new LeftOutFixes(0, 0, 0, 0));
        long noPlace = 0, duplicates = 0, jumps = 0, drift = 0;
        var believed = 0;
        for (var i = 0; i < span.Length; i++)
        {
            switch (verdicts[i])
            {
                case null:
                    clean.Begins.Add(believed == 0 || legs[believed] != Leg.Line);
                    clean.Fixes.Add(span[i]);
                    believed++;
                    break;
                case SetAsideReason.Drift:
                    drift++;
                    believed++;
                    break;
                case SetAsideReason.Duplicate:
                    duplicates++;
                    break;
                case SetAsideReason.Jump:
                    jumps++;
                    break;
                default:
                    noPlace++;
                    break;
            }
        }

        return clean with { LeftOut = new LeftOutFixes(noPlace, duplicates, jumps, drift) };
    }
}
