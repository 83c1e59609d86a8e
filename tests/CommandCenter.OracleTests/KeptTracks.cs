using CommandCenter.Coverage;
using CommandCenter.OracleTests.Postgis;
using CommandCenter.Tracks;
using CommandCenter.Tracks.Meaning;

namespace CommandCenter.OracleTests;

/// <summary>What both sides read: cleaning is one rule for all pages, with tests of its own, so PostGIS is given what it kept.</summary>
internal static class KeptTracks
{
    public static IEnumerable<KeptFix> Of(int track, ReadOnlySpan<Fix> fixes, CoverageOptions options, TrackMeaningOptions meaning)
    {
        List<Fix> earning = [];
        foreach (var fix in fixes)
        {
            if (!fix.Flags.HasFlag(FixFlags.Sos) && (fix.AccuracyDm == Fix.UnknownAccuracy || fix.AccuracyDm <= options.AccurateMeters * 10))
            {
                earning.Add(fix);
            }
        }

        Fix[] all = [.. earning];
        var kept = new KeptFixes();
        CleaningRules.Keep(all, clean: true, GapRules.ThresholdMs(all, meaning), meaning, kept);
        return Enumerable.Range(0, kept.Count).Select(i => new KeptFix(track, kept.Ms[i], kept.Longitude[i], kept.Latitude[i]));
    }
}
