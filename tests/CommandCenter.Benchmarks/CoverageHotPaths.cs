using CommandCenter.Coverage;
using CommandCenter.Coverage.Answers;
using CommandCenter.Coverage.Reckoning;
using CommandCenter.Geo;
using CommandCenter.Tracks;
using CommandCenter.Tracks.Meaning;
using CommandCenter.Tracks.Reading;

namespace CommandCenter.Benchmarks;

/// <summary>What the reckoning of coverage does for each fix, and a picture for each square that it reads.</summary>
internal static class CoverageHotPaths
{
    private const int FixesOfAnHour = 720;
    private const int SquaresOfATile = 2_400;

    public static IEnumerable<HotPaths.HotPath> All => [OfAWorkerDay(), OfSegments(), OfATile("sets", withColumns: false), OfATile("columns", withColumns: true)];

    private static HotPaths.HotPath OfAWorkerDay()
    {
        var day = PatrolDay.Make();
        var coverage = new WorkerCoverage(new MetricPlane(GaussKruger.ZoneOf(day[0].Longitude)), new CoverageOptions(), new TrackMeaningOptions());
        return new("coverage of a worker-day", PatrolDay.FixesOfADay, () => coverage.Read(day, 0, long.MaxValue));
    }

    /// <summary>From stored bytes to stored bytes, which are what is allocated.</summary>
    private static HotPaths.HotPath OfSegments()
    {
        var day = PatrolDay.Make();
        var parts = day.Chunk(FixesOfAnHour)
            .Select(hour => new TrackPart(hour[0].WorkerId, 0, hour[0].FixTimeMs, hour[^1].FixTimeMs, hour.Length, TrackCodec.Encode(hour))).ToList();
        var input = new WorkerInput(day[0].WorkerId, 0, parts, [], 0);
        var reckoner = new WorkerReckoner(GaussKruger.ZoneOf(day[0].Longitude), new CoverageOptions(), new TrackMeaningOptions());
        var span = new DaySpan(DateOnly.FromDateTime(DateTime.UnixEpoch.AddMilliseconds(day[0].FixTimeMs)), day[0].FixTimeMs, day[^1].FixTimeMs + 1);
        return new("coverage from segments", PatrolDay.FixesOfADay, () => reckoner.Reckon(input, span));
    }

    private static HotPaths.HotPath OfATile(string what, bool withColumns)
    {
        var body = CoverageCodec.Encode(
            default, [.. Enumerable.Range(0, SquaresOfATile).Select(place => new CellTotal(default(CoverageTile).CellAt(place), 45_000 + place, place % 3, 1, 2, 40_000_000))], 0);
        return new($"coverage tile as {what}", SquaresOfATile, () => TileDay.Read(body, withColumns));
    }
}
