using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using CommandCenter.IntegrationTests.Access;
using CommandCenter.IntegrationTests.Harness;
using CommandCenter.Tracks;
using Dapper;

namespace CommandCenter.IntegrationTests.Tracks;

/// <summary>Exports as GDAL reads them, which has never seen this code: every fix is there, where it was.</summary>
public sealed partial class IndependentReaderTests
{
    private const int Fixes = 240;

    private readonly TemporaryFolder _folder = new();
    private DemoServer _demo = null!;
    private List<(string Code, string Name, int Id)> _workers = [];
    private string _asked = "";
    private double[] _extent = [];

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _demo = await DemoServer.StartAsync("--TrackFolding:Enabled=false");
        await using var connection = await _demo.Backends.DataSource.OpenConnectionAsync();
        _workers = [.. await connection.QueryAsync<(string Code, string Name, int Id)>("select code, name, id from workers order by id desc limit 2")];
        var hour = TrackPiece.HourOf(DateTimeOffset.UtcNow.AddDays(-2).ToUnixTimeMilliseconds());
        foreach (var (_, _, id) in _workers)
        {
            // Half an hour's walk with a silence of ten minutes in the middle.
            await TrackRows.InsertAsync(connection, TrackPiece.From([.. Enumerable.Range(0, Fixes / 2).Select(n => Walk(id, hour, n))]));
        }

        _extent = [.. new[] { Walk(_workers[0].Id, hour, 0), Walk(_workers[0].Id, hour, (Fixes / 2) - 1) }.SelectMany(fix => new[] { fix.LongitudeE7 / 1e7, fix.LatitudeE7 / 1e7 })];
        var (from, to) = (DateTimeOffset.FromUnixTimeMilliseconds(hour), DateTimeOffset.FromUnixTimeMilliseconds(hour + TrackPiece.HourMilliseconds));
        _asked = $"/api/tracks/export?workers={_workers[0].Code},{_workers[1].Code}&from={Text(from)}&to={Text(to)}&reason=gdal";
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _demo.DisposeAsync();
        _folder.Dispose();
    }

    [Test]
    public async Task GpxHasEveryFixAsATrackPoint()
    {
        var layers = await ReadAsync("gpx");
        Assert.That(layers.Single(layer => layer.Name == "track_points").Features, Is.EqualTo(Fixes));
        Assert.That(layers.Single(layer => layer.Name == "tracks").Features, Is.EqualTo(2));
        Assert.That(layers.Single(layer => layer.Name == "track_points").Extent, Is.EqualTo(_extent).Within(1e-6));
    }

    [Test]
    public async Task CsvHasEveryFixAsARow()
    {
        var layer = (await ReadAsync("csv", "-oo", "X_POSSIBLE_NAMES=longitude_wgs84", "-oo", "Y_POSSIBLE_NAMES=latitude_wgs84")).Single();
        Assert.That(layer.Features, Is.EqualTo(Fixes));
        Assert.That(layer.Extent, Is.EqualTo(_extent).Within(1e-6));
    }

    [Test]
    public async Task KmlHasALayerForEachWorkerWhereTheFixesWere()
    {
        var layers = await ReadAsync("kml");
        Assert.That(layers.Select(layer => layer.Name), Is.EquivalentTo(_workers.Select(worker => $"{worker.Code} {worker.Name}")));
        Assert.That(layers.Select(layer => layer.Features), Has.All.EqualTo(2), "before and after the silence");
        foreach (var layer in layers)
        {
            Assert.That(layer.Extent, Is.EqualTo(_extent).Within(1e-6), layer.Name);
        }
    }

    [Test]
    public async Task GeoJsonHasALineForEachStretch()
    {
        var layer = (await ReadAsync("geojson")).Single();
        Assert.That(layer.Features, Is.EqualTo(4), "nothing is drawn across the silence");
        Assert.That(layer.Extent, Is.EqualTo(_extent).Within(1e-6));
    }

    /// <summary>GDAL takes moving features for GeoJSON whose shapes are elsewhere: it counts them, and reads no place.</summary>
    [Test]
    public async Task MovingFeaturesAreGeoJsonToWhoKnowsNoTime() => Assert.That((await ReadAsync("mf-json")).Single().Features, Is.EqualTo(4));

    private async Task<List<(string Name, int Features, double[] Extent)>> ReadAsync(string format, params string[] options)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{_asked}&format={format}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _demo.TokenOf("administrator"));
        using var answer = await _demo.Server.Http.SendAsync(request);
        var file = Path.Combine(_folder.Path, "tracks." + (format == "mf-json" ? "json" : format));
        await File.WriteAllBytesAsync(file, await answer.Content.ReadAsByteArrayAsync());

        var command = new ProcessStartInfo("ogrinfo", [.. options, "-ro", "-al", "-so", file]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var reader = Process.Start(command)!;
        var (said, complaint) = (await reader.StandardOutput.ReadToEndAsync(), await reader.StandardError.ReadToEndAsync());
        await reader.WaitForExitAsync();
        Assert.That((reader.ExitCode, complaint), Is.EqualTo((0, "")), said);
        return [.. Layers().Matches(said).Select(found => (
            found.Groups["name"].Value,
            int.Parse(found.Groups["count"].ValueSpan, CultureInfo.InvariantCulture),
            found.Groups["extent"].Success ? [.. Numbers().Matches(found.Groups["extent"].Value).Select(number => double.Parse(number.ValueSpan, CultureInfo.InvariantCulture))] : Array.Empty<double>()))];
    }

    private static Fix Walk(int worker, long hour, int n) => TrackRows.Fix(worker, hour + (n * 10_000L) + (n >= 60 ? 600_000 : 0)) with
    {
        LongitudeE7 = 1_125_600_000 + (n * 1_000),
        LatitudeE7 = 378_600_000 + (n * 900),
    };

    private static string Text(DateTimeOffset at) => Uri.EscapeDataString(at.ToString("O", CultureInfo.InvariantCulture));

    [GeneratedRegex(@"Layer name: (?<name>.+)\nGeometry: .*\nFeature Count: (?<count>\d+)\n(Extent: (?<extent>.*)\n)?")]
    private static partial Regex Layers();

    [GeneratedRegex(@"-?\d+\.\d+")]
    private static partial Regex Numbers();
}
