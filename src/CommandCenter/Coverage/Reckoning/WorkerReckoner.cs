using System.Runtime.InteropServices;
using CommandCenter.Geo;
using CommandCenter.Tracks;
using CommandCenter.Tracks.Meaning;
using CommandCenter.Tracks.Reading;

namespace CommandCenter.Coverage.Reckoning;

/// <summary>What one worker's day is to be reckoned of.</summary>
/// <param name="WorkerId">Whose.</param>
/// <param name="Input">Stands for it: the same fixes under the same rules are the same number.</param>
/// <param name="Parts">As they are stored.</param>
/// <param name="Newest">What the log holds.</param>
/// <param name="ErasedUntilMs">What was before does not count.</param>
internal sealed record WorkerInput(int WorkerId, long Input, List<TrackPart> Parts, IReadOnlyList<Fix> Newest, long ErasedUntilMs);

/// <summary>What came out, ready to store; <paramref name="Damaged"/>: stored stretches that could not be read and are not in it.</summary>
internal sealed record ReckonedDay(int WorkerId, long Input, long CreditedMs, int Cells, byte[] Body, int Damaged);

/// <summary>Reckons one worker's day after another, its lists used again. Not for two threads.</summary>
internal sealed class WorkerReckoner(GaussKruger zone, CoverageOptions options, TrackMeaningOptions meaning)
{
    private readonly WorkerCoverage _coverage = new(new MetricPlane(zone), options, meaning);
    private readonly List<Fix> _fixes = [];

    public ReckonedDay Reckon(WorkerInput input, in DaySpan day)
    {
        _fixes.Clear();
        var damaged = 0;
        foreach (var part in input.Parts)
        {
            damaged += part.TryRead(_fixes) ? 0 : 1;
        }

        _fixes.AddRange(input.Newest);
        FixOrder.SortAndDeduplicate(_fixes);
        var near = CollectionsMarshal.AsSpan(_fixes);
        var (first, end) = (FirstFrom(near, Math.Max(day.NearMs, input.ErasedUntilMs)), FirstFrom(near, day.NearEndMs));
        _coverage.Read(near[first..end], day.FromMs, day.ToMs);
        return new ReckonedDay(
            input.WorkerId, input.Input, _coverage.CreditedMs, _coverage.Cells.Count, CoverageCodec.Encode(_coverage.Cells, day.FromMs), damaged);
    }

    private static int FirstFrom(ReadOnlySpan<Fix> fixes, long ms)
    {
        var (low, high) = (0, fixes.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = fixes[middle].FixTimeMs < ms ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}

/// <summary>A day of the center in ms since 1970 UTC, and what is read around it so that jumps at its borders are known.</summary>
/// <param name="Day">Of the center's zone.</param>
/// <param name="FromMs">Its begin.</param>
/// <param name="ToMs">Its end, exclusive.</param>
internal readonly record struct DaySpan(DateOnly Day, long FromMs, long ToMs)
{
    private const long AroundMs = 15 * 60_000;

    public long NearMs => FromMs - AroundMs;

    public long NearEndMs => ToMs + AroundMs;
}
