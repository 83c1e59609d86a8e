using System.Diagnostics;
using CommandCenter.Coverage;
using CommandCenter.Geo;
using CommandCenter.OracleTests;
using CommandCenter.OracleTests.Postgis;
using CommandCenter.Tracks;
using CommandCenter.Tracks.Meaning;

namespace CommandCenter.Benchmarks;

/// <summary>
/// What coverage costs a fix on one thread, from the bytes of a worker's hours, beside the same by SQL in PostGIS, which is given places that are already decoded and cleaned:
/// <c>dotnet run -c Release -- coverage</c>; half a minute. Needs <c>tools/install postgresql-postgis</c>.
/// </summary>
internal static class CoverageFixMeasure
{
    private const int FixesOfAnHour = 720;
    private const int TracksInPostgis = 10;
    private const double DistrictMonth = 450e6;

    private static readonly TimeSpan Span = TimeSpan.FromSeconds(4);
    private static readonly CoverageOptions Options = new();
    private static readonly TrackMeaningOptions Meaning = new();

    public static async Task PrintAsync()
    {
        var day = PatrolDay.Make();
        var hours = day.Chunk(FixesOfAnHour).Select(hour => TrackCodec.Encode(hour)).ToArray();
        var zone = GaussKruger.ZoneOf(day[0].Longitude);
        var coverage = new WorkerCoverage(new MetricPlane(zone), Options, Meaning);
        var kept = new KeptFixes();
        var fixes = new List<Fix>(day.Length);
        Print("decoding alone", Time(Decode));
        Print("cleaning alone", Time(() => CleaningRules.Keep(day, clean: true, GapRules.ThresholdMs(day, Meaning), Meaning, kept)));
        Print("cleaning, walking and visits", Time(() => coverage.Read(day, 0, long.MaxValue)));
        var ours = Print("all of it, from bytes", Time(() =>
        {
            Decode();
            coverage.Read(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(fixes), 0, long.MaxValue);
        }));

        await using var postgis = await PostgisServer.StartAsync();
        var oracle = new PostgisCoverage(postgis.DataSource);
        KeptFix[] rows = [.. Enumerable.Range(0, TracksInPostgis).SelectMany(track => KeptTracks.Of(track, day, Options, Meaning))];
        await oracle.LoadAsync(rows);
        var clock = Stopwatch.StartNew();
        await oracle.ReadAsync(zone.Epsg!.Value, Options);
        var theirs = Print("PostGIS, one connection", clock.Elapsed.TotalNanoseconds / rows.Length);
        Console.WriteLine(FormattableString.Invariant($"PostGIS takes {theirs / ours:F1} times as long"));

        void Decode()
        {
            fixes.Clear();
            foreach (var hour in hours)
            {
                TrackCodec.Decode(hour, fixes);
            }
        }
    }

    /// <returns>Nanoseconds a fix.</returns>
    private static double Time(Action run)
    {
        for (var warm = Stopwatch.StartNew(); warm.Elapsed < Span / 4;)
        {
            run();
        }

        var (clock, runs) = (Stopwatch.StartNew(), 0);
        for (; clock.Elapsed < Span; runs++)
        {
            run();
        }

        return clock.Elapsed.TotalNanoseconds / runs / PatrolDay.FixesOfADay;
    }

    private static double Print(string what, double nanoseconds)
    {
        Console.WriteLine(FormattableString.Invariant($"{what,-32} {nanoseconds,10:F1} ns a fix, {nanoseconds * DistrictMonth / 1e9,10:F1} s for 450 million on one core"));
        return nanoseconds;
    }
}
