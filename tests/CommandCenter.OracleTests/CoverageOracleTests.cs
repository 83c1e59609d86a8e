using CommandCenter.Benchmarks;
using CommandCenter.Coverage;
using CommandCenter.Geo;
using CommandCenter.OracleTests.Postgis;
using CommandCenter.Tests.Tracks.Meaning;
using CommandCenter.Tracks;
using CommandCenter.Tracks.Meaning;

[assembly: System.Runtime.Versioning.SupportedOSPlatform("linux")]

namespace CommandCenter.OracleTests;

/// <summary>Coverage as the rules have it and as PostGIS has it, of the same tracks. Recorded tracks are among the cases where their files are.</summary>
public sealed class CoverageOracleTests
{
    private static readonly CoverageOptions Options = new();
    private static readonly TrackMeaningOptions Meaning = new();

    private PostgisServer _postgis = null!;

    private static IEnumerable<TestCaseData> Cases()
    {
        yield return new TestCaseData((Func<Fix[][]>)(() => [PatrolDay.Make()])).SetArgDisplayNames("a patrol's day");
        yield return new TestCaseData((Func<Fix[][]>)(() => TownPatrols.Make(40))).SetArgDisplayNames("40 people in a town");
        if (RecordedTracks.All.Count > 0)
        {
            yield return new TestCaseData((Func<Fix[][]>)(() => [.. RecordedTracks.All.OrderBy(day => day.Key, StringComparer.Ordinal).Select(day => day.Value)])).SetArgDisplayNames("GeoLife");
        }
    }

    [OneTimeSetUp]
    public async Task Start() => _postgis = await PostgisServer.StartAsync();

    [OneTimeTearDown]
    public async Task Stop() => await (_postgis?.DisposeAsync() ?? default);

    [TestCaseSource(nameof(Cases))]
    public async Task IsWhatPostgisSays(Func<Fix[][]> make)
    {
        var tracks = make();
        var zone = GaussKruger.ZoneOf(tracks[0][0].Longitude);
        var reader = new WorkerCoverage(new MetricPlane(zone), Options, Meaning);
        var ours = new Dictionary<(int Track, CoverageCell Cell), CellDay>();
        var credited = 0L;
        for (var track = 0; track < tracks.Length; track++)
        {
            reader.Read(tracks[track], 0, long.MaxValue);
            credited += reader.CreditedMs;
            foreach (var cell in reader.Cells)
            {
                ours.Add((track, cell.Cell), cell);
            }
        }

        var oracle = new PostgisCoverage(_postgis.DataSource);
        await oracle.LoadAsync(tracks.SelectMany((fixes, track) => KeptTracks.Of(track, fixes, Options, Meaning)));
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var theirs = (await oracle.ReadAsync(zone.Epsg!.Value, Options)).ToDictionary(cell => (cell.Track, cell.Cell));

        var difference = new CoverageDifference(ours, theirs);
        await TestContext.Out.WriteLineAsync(FormattableString.Invariant(
            $"{tracks.Sum(track => track.Length)} fixes, EPSG:{zone.Epsg}, PostGIS {clock.Elapsed.TotalSeconds:F1} s; credited {credited} and {theirs.Values.Sum(cell => cell.DwellMs):F1} ms; {difference}"));
        Assert.Multiple(() =>
        {
            Assert.That(credited, Is.EqualTo(theirs.Values.Sum(cell => cell.DwellMs)).Within(1), "ms credited");
            Assert.That(difference.Jaccard, Is.GreaterThanOrEqualTo(0.99), "the same squares");
            Assert.That(difference.DwellsApart, Is.Empty, "dwell, by more than 1 s and 1 %");
            // The plane is bilinear between corners, PROJ is not: a centimetre may make a graze, or 30 s of 29.99 s.
            Assert.That(difference.VisitsApart, Has.Count.LessThanOrEqualTo(theirs.Count / 4_000), "visits and passes");
        });
    }
}
