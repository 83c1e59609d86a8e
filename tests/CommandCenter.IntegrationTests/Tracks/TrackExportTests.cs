using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using CommandCenter.IntegrationTests.Access;
using CommandCenter.IntegrationTests.Harness;
using CommandCenter.Tracks;
using Dapper;
using Npgsql;

namespace CommandCenter.IntegrationTests.Tracks;

/// <summary>Tracks as files, from the stored piece and the phone to the download.</summary>
public sealed partial class TrackExportTests
{
    private const int StoredFixes = 3_000;

    private DemoServer _demo = null!;
    private string _worker = "";
    private string _other = "";
    private int _workerId;
    private DateTimeOffset _from;
    private string _interval = "";

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        // The log keeps what comes: only what reads it can export it.
        _demo = await DemoServer.StartAsync("--TrackWriter:FlushSeconds=300", "--TrackExport:MostFixes=100000", "--TrackExport:MostWorkers=2");
        var device = _demo.Secrets.Devices[0];
        (_worker, _other) = (device.Worker, _demo.Secrets.Devices.First(other => other.Worker != device.Worker).Worker);
        _from = DateTimeOffset.UtcNow.AddHours(-6);
        _interval = $"&from={Text(_from)}&to={Text(_from.AddDays(1))}";
        await using var connection = await _demo.Backends.DataSource.OpenConnectionAsync();
        _workerId = await connection.QuerySingleAsync<int>("select id from workers where code = @_worker", new { _worker });
        var stored = Enumerable.Range(0, StoredFixes).Select(n => Fix(_from.ToUnixTimeMilliseconds() + (n * 5_000) + (n >= 2_000 ? 600_000 : 0), n));
        foreach (var hour in stored.GroupBy(fix => TrackPiece.HourOf(fix.FixTimeMs)))
        {
            await TrackRows.InsertAsync(connection, TrackPiece.From([.. hour]));
        }

        using var answer = await _demo.Server.Http.GetAsync(string.Create(
            CultureInfo.InvariantCulture, $"/osmand?id={device.OsmandId}&timestamp={DateTimeOffset.UtcNow.AddSeconds(-2).ToUnixTimeMilliseconds()}&lat=37.86&lon=112.57&speed=2&accuracy=8&batt=41"));
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _demo.DisposeAsync();

    [Test]
    public async Task HoldsEveryStoredFixAndTheOneOfAMomentAgo()
    {
        using var answer = await GetAsync("dispatcher", $"{_worker}&format=csv{_interval}&reason=every%20fix");
        var rows = (await answer.Content.ReadAsStringAsync()).Split("\r\n");
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(answer.Content.Headers.ContentType!.MediaType, Is.EqualTo("text/csv"));
        Assert.That(answer.Content.Headers.ContentDisposition!.FileName, Does.StartWith("tracks-").And.EndsWith(".csv"));
        Assert.That(rows, Has.Length.EqualTo(1 + StoredFixes + 1 + 1), "header, stored, in the log, the end of the last line");
        Assert.That(rows[^2], Does.Contain("112.5700000,37.8600000,1.03,,8.0,,41,"), "OsmAnd speaks in knots");
        Assert.That(answer.Headers.GetValues("X-Export-Fixes").Single(), Is.EqualTo(StoredFixes.ToString(CultureInfo.InvariantCulture)), "as counted in the store");
    }

    [Test]
    public async Task SplitsAtTheSilencesAndNowhereElse()
    {
        using var answer = await GetAsync("dispatcher", $"{_worker}&format=gpx{_interval}&reason=gaps");
        var gpx = XDocument.Parse(await answer.Content.ReadAsStringAsync());
        XNamespace ns = "http://www.topografix.com/GPX/1/1";
        Assert.That(gpx.Root!.Elements(ns + "trk").Single().Elements(ns + "trkseg").Select(segment => segment.Elements(ns + "trkpt").Count()), Is.EqualTo(new[] { 2_000, 1_000, 1 }));
    }

    [TestCase("kml", "application/vnd.google-earth.kml+xml")]
    [TestCase("geojson", "application/geo+json")]
    [TestCase("mf-json", "application/json")]
    public async Task EveryFormatIsWhole(string format, string type)
    {
        using var answer = await GetAsync("supervisor", $"{_worker}&format={format}{_interval}&reason=formats", request => request.Headers.AcceptEncoding.ParseAdd("br, gzip"));
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        Assert.That(answer.Content.Headers.ContentType!.MediaType, Is.EqualTo(type));
        Assert.That(answer.Content.Headers.ContentEncoding, Is.Empty.Or.EqualTo(new[] { "identity" }), "ranges are of the bytes as they are");
        if (format == "kml")
        {
            Assert.That(XDocument.Parse(Encoding.UTF8.GetString(bytes)).Descendants().Count(element => element.Name.LocalName == "when"), Is.EqualTo(StoredFixes + 1));
        }
        else
        {
            using var json = JsonDocument.Parse(bytes);
            Assert.That(json.RootElement.GetProperty("features").GetArrayLength(), Is.EqualTo(3));
        }
    }

    [Test]
    public async Task ACaseSaysWhoAndWhyAndItsSumsAreRight()
    {
        using var answer = await GetAsync("supervisor", $"{_worker},{_other}&format=case{_interval}", request =>
        {
            request.Headers.Add("X-Audit-Reason", Uri.EscapeDataString("投诉核查"));
            request.Headers.Add("X-Audit-Case", "2026-117");
        });
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        using var zip = new ZipArchive(new MemoryStream(await answer.Content.ReadAsByteArrayAsync()));
        var files = zip.Entries.ToDictionary(entry => entry.FullName, Bytes);
        var sums = Encoding.UTF8.GetString(files["SHA256SUMS"]).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split("  ")).ToDictionary(parts => parts[1], parts => parts[0]);

        Assert.That(sums.Keys, Is.EquivalentTo(files.Keys.Where(name => name != "SHA256SUMS")));
        Assert.That(sums, Is.All.Matches<KeyValuePair<string, string>>(sum => sum.Value == Convert.ToHexStringLower(SHA256.HashData(files[sum.Key]))));
        var manifest = JsonDocument.Parse(files["manifest.json"]).RootElement;
        Assert.That(manifest.GetProperty("exportedBy").GetProperty("user").GetString(), Is.EqualTo("supervisor"));
        Assert.That(manifest.GetProperty("reason").GetString(), Is.EqualTo("投诉核查"));
        Assert.That(manifest.GetProperty("case").GetString(), Is.EqualTo("2026-117"));
        Assert.That(manifest.GetProperty("workers").EnumerateArray().Select(worker => (worker.GetProperty("code").GetString(), worker.GetProperty("fixes").GetInt64())), Is.EqualTo(new[] { (_worker, StoredFixes + 1L), (_other, 0L) }));
        var raw = Encoding.UTF8.GetString(files["raw/fixes.jsonl"]).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.That(raw, Has.Length.EqualTo(StoredFixes + 1));
        Assert.That(JsonDocument.Parse(raw[7]).RootElement.GetProperty("longitudeE7").GetInt32(), Is.EqualTo(1_125_600_000 + 7_000));
        var parts = Encoding.UTF8.GetString(files["raw/parts.jsonl"]).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.That(parts.Sum(part => part.GetProperty("fixes").GetInt32()), Is.EqualTo(StoredFixes), "the fix of a moment ago is not stored yet");
        var decoded = new List<Fix>();
        foreach (var part in parts)
        {
            var body = part.GetProperty("body").GetBytesFromBase64();
            Assert.That(part.GetProperty("sha256").GetString(), Is.EqualTo(Convert.ToHexStringLower(SHA256.HashData(body))));
            TrackCodec.Decode(body, decoded);
        }

        Assert.That(decoded.Select(fix => fix.FixTimeMs), Is.EqualTo(raw.Take(StoredFixes).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("fixTimeMs").GetInt64())));
        Assert.That(manifest.GetProperty("devices").EnumerateArray().Select(device => device.GetProperty("device").GetInt32()), Does.Contain(1), "since when which phone was whose");
        Assert.That(files.Keys, Is.SupersetOf(new[] { "tracks/tracks.gpx", "tracks/tracks.kml", "tracks/tracks.csv", "tracks/tracks.geojson", "tracks/tracks.mf.json", "VERIFY.txt" }));

        static byte[] Bytes(ZipArchiveEntry entry)
        {
            using var stream = entry.Open();
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            return copy.ToArray();
        }
    }

    [Test]
    public async Task ABrokenDownloadGoesOnWhereItBroke()
    {
        var query = $"{_worker}&format=gpx{_interval}&reason=resume";
        using var whole = await GetAsync("administrator", query);
        var bytes = await whole.Content.ReadAsByteArrayAsync();
        var tag = whole.Headers.ETag!;
        Assert.That(tag.IsWeak, Is.False);

        using var rest = await GetAsync("administrator", query, Resume(tag, 1_000));
        Assert.That(rest.StatusCode, Is.EqualTo(HttpStatusCode.PartialContent));
        Assert.That(rest.Content.Headers.ContentRange!.Length, Is.EqualTo(bytes.Length));
        Assert.That(await rest.Content.ReadAsByteArrayAsync(), Is.EqualTo(bytes[1_000..]));

        using var beyond = await GetAsync("administrator", query, Resume(tag, bytes.Length + 1));
        Assert.That(beyond.StatusCode, Is.EqualTo(HttpStatusCode.RequestedRangeNotSatisfiable));
        using var others = await GetAsync("supervisor", query, Resume(tag, 1_000));
        Assert.That(others.StatusCode, Is.EqualTo(HttpStatusCode.OK), "another person's file is not taken up");
        await others.Content.ReadAsByteArrayAsync();
        using var anew = await GetAsync("administrator", query, Resume(new EntityTagHeaderValue("\"other\""), 1_000));
        Assert.That(anew.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(anew.Headers.ETag, Is.Not.EqualTo(tag));
        await anew.Content.ReadAsByteArrayAsync();

        static Action<HttpRequestMessage> Resume(EntityTagHeaderValue tag, long at) => request =>
        {
            request.Headers.Range = new RangeHeaderValue(at, null);
            request.Headers.IfRange = new RangeConditionHeaderValue(tag);
        };
    }

    [Test]
    public async Task ACleanedExportSaysSoInItsNameItsAnswerAndTheTrailAndIsAnotherFile()
    {
        await using var connection = await _demo.Backends.DataSource.OpenConnectionAsync();
        var (third, id) = await UnseenAsync(connection, 0);
        var hour = TrackPiece.HourOf(_from.ToUnixTimeMilliseconds()) + TrackPiece.HourMilliseconds;
        await TrackRows.InsertAsync(connection, TrackPiece.From([.. Enumerable.Range(0, 300).Select(n => Walk(id, hour + (n * 5_000), n, n is > 100 and < 105 ? 100_000 : 0, n == 200 ? FixFlags.Mock : FixFlags.None))]));

        var query = $"{third}&format=gpx{_interval}&reason=cleaned&clean=true";
        using var clean = await GetAsync("administrator", query);
        var bytes = await clean.Content.ReadAsByteArrayAsync();
        using var raw = await GetAsync("administrator", $"{third}&format=gpx{_interval}&reason=cleaned");
        await raw.Content.ReadAsByteArrayAsync();

        Assert.That(clean.Content.Headers.ContentDisposition!.FileName, Does.StartWith("tracks-cleaned-"));
        Assert.That(clean.Headers.GetValues("X-Export-Cleaned").Single(), Is.EqualTo("no-place, duplicates, jumps, drift"));
        Assert.That(Encoding.UTF8.GetString(bytes), Does.Contain("5 fixes are left out: 1 no-place, 0 duplicates, 4 jumps, 0 drift"));
        Assert.That(raw.Headers.ETag, Is.Not.EqualTo(clean.Headers.ETag));
        using var rest = await GetAsync("administrator", query, request =>
        {
            request.Headers.Range = new RangeHeaderValue(500, null);
            request.Headers.IfRange = new RangeConditionHeaderValue(clean.Headers.ETag!);
        });
        Assert.That(rest.StatusCode, Is.EqualTo(HttpStatusCode.PartialContent));
        Assert.That(await rest.Content.ReadAsByteArrayAsync(), Is.EqualTo(bytes[500..]));
        Assert.That(rest.Headers.GetValues("X-Export-Left-Out").Single(), Is.EqualTo("5"), "four of a jump and one made up; counted by now");
        var (_, audit) = await _demo.CallAsync("administrator", "GET", $"/api/audit?action=export-track&worker={third}");
        Assert.That(audit.GetProperty("items").EnumerateArray().Select(row => row.GetProperty("detail").GetString()), Has.Some.StartsWith("gpx cleaned 20"));
    }

    [Test]
    public async Task ADamagedPartCostsItselfAloneAndIsNamed()
    {
        await using var connection = await _demo.Backends.DataSource.OpenConnectionAsync();
        var (fourth, id) = await UnseenAsync(connection, 1);
        var hour = TrackPiece.HourOf(_from.ToUnixTimeMilliseconds()) + TrackPiece.HourMilliseconds;
        var (good, bad) = (TrackPiece.From([Walk(id, hour, 0)]), TrackPiece.From([.. Enumerable.Range(0, 20).Select(n => Walk(id, hour + TrackPiece.HourMilliseconds + (n * 5_000), n))]));
        await TrackRows.InsertAsync(connection, good);
        await TrackRows.InsertAsync(connection, bad with { Body = bad.Body[..12] });

        using var csv = await GetAsync("supervisor", $"{fourth}&format=csv{_interval}&reason=damaged");
        Assert.That(csv.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await csv.Content.ReadAsStringAsync()).Split("\r\n"), Has.Length.EqualTo(1 + 1 + 1));
        using var again = await GetAsync("supervisor", $"{fourth}&format=csv{_interval}&reason=damaged", request => request.Headers.Range = new RangeHeaderValue(0, 0));
        Assert.That(again.Headers.GetValues("X-Export-Damaged").Single(), Is.EqualTo("1"), "counted by now");
        using var json = await GetAsync("supervisor", $"{fourth}&format=geojson{_interval}&reason=damaged");
        var left = (await json.ReadJsonAsync()).GetProperty("leftOut");
        Assert.That((left.GetProperty("damagedParts").GetInt32(), left.GetProperty("damaged")[0].GetProperty("fixes").GetInt32()), Is.EqualTo((1, 20)));
        using var zipped = await GetAsync("supervisor", $"{fourth}&format=case{_interval}&reason=damaged");
        using var zip = new ZipArchive(new MemoryStream(await zipped.Content.ReadAsByteArrayAsync()));
        using var manifest = JsonDocument.Parse(zip.GetEntry("manifest.json")!.Open());
        Assert.That(manifest.RootElement.GetProperty("damaged")[0].GetProperty("worker").GetString(), Is.EqualTo(fourth));
        Assert.That(manifest.RootElement.GetProperty("workers")[0].GetProperty("gapSeconds").GetDouble(), Is.EqualTo(120));
    }

    [Test]
    public async Task ABodyOfSomebodyElseOrOfAnotherTimeDoesNotLeaveWithACase()
    {
        await using var connection = await _demo.Backends.DataSource.OpenConnectionAsync();
        var (code, id) = await UnseenAsync(connection, 14);
        var hour = TrackPiece.HourOf(_from.ToUnixTimeMilliseconds()) + TrackPiece.HourMilliseconds;
        var (first, second, third) = (TrackPiece.From([Walk(id, hour, 0)]), TrackPiece.From([Walk(id, hour + 60_000, 1)]), TrackPiece.From([Walk(id, hour + 120_000, 2)]));
        await TrackRows.InsertAsync(connection, first);
        await TrackRows.InsertAsync(connection, second with { Body = TrackPiece.From([Walk(id + 1, hour + 60_000, 1)]).Body });
        await TrackRows.InsertAsync(connection, third with { Body = TrackPiece.From([Walk(id, hour - (48 * TrackPiece.HourMilliseconds), 2)]).Body });

        using var zipped = await GetAsync("supervisor", $"{code}&format=case{_interval}&reason=withheld");
        using var zip = new ZipArchive(new MemoryStream(await zipped.Content.ReadAsByteArrayAsync()));
        using var reader = new StreamReader(zip.GetEntry("raw/parts.jsonl")!.Open());
        var parts = (await reader.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.That(
            parts.Select(part => (part.GetProperty("body").ValueKind, part.TryGetProperty("withheld", out var why) ? why.GetString() : null)),
            Is.EquivalentTo(new[] { (JsonValueKind.String, (string?)null), (JsonValueKind.Null, "another-worker"), (JsonValueKind.Null, "outside-interval") }));
    }

    [Test]
    public async Task APhoneThatReportsSeldomHasLongerGaps()
    {
        await using var connection = await _demo.Backends.DataSource.OpenConnectionAsync();
        var (fifth, id) = await UnseenAsync(connection, 2);
        var hour = TrackPiece.HourOf(_from.ToUnixTimeMilliseconds()) + TrackPiece.HourMilliseconds;
        await TrackRows.InsertAsync(connection, TrackPiece.From([.. Enumerable.Range(0, 11).Select(n => Walk(id, hour + (n * 180_000), n))]));

        using var answer = await GetAsync("supervisor", $"{fifth}&format=geojson{_interval}&reason=seldom");
        Assert.That((await answer.ReadJsonAsync()).GetProperty("features").GetArrayLength(), Is.EqualTo(1), "every three minutes is how it reports");
    }

    [Test]
    public async Task NothingOfItHasANameOnTheDisk()
    {
        using var answer = await GetAsync("dispatcher", $"{_worker}&format=csv{_interval}&reason=files");
        await answer.Content.ReadAsByteArrayAsync();
        var folder = Path.Combine(_demo.Folder, "exports");
        Assert.That(Directory.EnumerateFileSystemEntries(folder), Is.Empty);
        Assert.That(File.GetUnixFileMode(folder), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
        var kept = Directory.EnumerateFiles($"/proc/{_demo.Server.ProcessId}/fd").Select(fd => new FileInfo(fd).LinkTarget).Where(target => target?.Contains(folder + "/", StringComparison.Ordinal) == true);
        Assert.That(kept, Is.Not.Empty.And.All.EndsWith("(deleted)"), "kept for going on, by a handle alone");
    }

    [Test]
    public async Task EachWorkerIsARowAndTheWorkerSeesIt()
    {
        using var answer = await GetAsync("supervisor", $"{_worker},{_other}&format=csv{_interval}&reason=two%20of%20them&case=A-9");
        await answer.Content.ReadAsByteArrayAsync();
        var (_, audit) = await _demo.CallAsync("administrator", "GET", "/api/audit?action=export-track&limit=100");
        var rows = audit.GetProperty("items").EnumerateArray().Where(row => row.GetProperty("reason").GetString() == "two of them [A-9]").ToList();
        Assert.That(rows.Select(row => row.GetProperty("worker").GetString()), Is.EquivalentTo(new[] { _worker, _other }));
        Assert.That(rows[0].GetProperty("detail").GetString(), Does.StartWith("csv 20"));

        var device = _demo.Secrets.Devices.First(device => device.Worker == _worker);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/watched?limit=100");
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{device.User}:{device.Password}")));
        using var watched = await _demo.Server.Http.SendAsync(request);
        Assert.That((await watched.ReadJsonAsync()).GetProperty("items").EnumerateArray().Select(row => (row.GetProperty("action").GetString(), row.GetProperty("reason").GetString())), Has.Member(("export-track", "two of them [A-9]")));
    }

    [Test]
    public async Task ALongTimeIsReadDayByDayAndCutAsTheWholeOfItIs()
    {
        await using var connection = await _demo.Backends.DataSource.OpenConnectionAsync();
        var (code, id) = await UnseenAsync(connection, 13);
        var start = _from.AddDays(-4).ToUnixTimeMilliseconds();

        // A phone that reports each three minutes, but each second at first: by its first day alone three minutes would be gaps, and by the whole they are none.
        var times = Enumerable.Range(0, 1_800).Select(n => start + (n * 1_000L)).Concat(Enumerable.Range(0, 1_900).Select(n => start + 2_200_000 + (n * 180_000L))).ToList();
        foreach (var hour in times.GroupBy(TrackPiece.HourOf))
        {
            await TrackRows.InsertAsync(connection, TrackPiece.From([.. hour.Select((ms, n) => Walk(id, ms, n))]));
        }

        var interval = $"&from={Text(_from.AddDays(-4))}&to={Text(_from)}&reason=days";
        using var json = await GetAsync("supervisor", $"{code}&format=geojson{interval}");
        var features = (await json.ReadJsonAsync()).GetProperty("features").EnumerateArray().Where(feature => feature.GetProperty("geometry").ValueKind != JsonValueKind.Null).ToList();
        Assert.That(features, Has.Count.EqualTo(1), "no gap at midnight, nor by the first day's haste");
        Assert.That(features[0].GetProperty("geometry").GetProperty("coordinates").GetArrayLength(), Is.EqualTo(3_700), "each fix once");

        // A part that the interval cuts is not given as a whole: the time asked for is the time audited.
        using var cut = await GetAsync("supervisor", $"{code}&format=case&from={Text(_from.AddDays(-4).AddMinutes(2))}&to={Text(_from)}&reason=cut");
        using var zip = new ZipArchive(new MemoryStream(await cut.Content.ReadAsByteArrayAsync()));
        using var reader = new StreamReader(zip.GetEntry("raw/parts.jsonl")!.Open());
        var first = JsonDocument.Parse((await reader.ReadLineAsync())!).RootElement;
        Assert.That((first.GetProperty("body").ValueKind, first.GetProperty("sha256").GetString()!.Length), Is.EqualTo((JsonValueKind.Null, 64)));
    }

    [TestCase("dispatcher", "{0}&format=gpx{1}", HttpStatusCode.PreconditionRequired, "reason-required")]
    [TestCase("wall", "{0}&format=gpx{1}&reason=x", HttpStatusCode.Forbidden, null)]
    [TestCase("dispatcher", "{0},nobody&format=gpx{1}&reason=x", HttpStatusCode.Forbidden, "out-of-scope")]
    [TestCase("dispatcher", "{0}&format=doc{1}&reason=x", HttpStatusCode.BadRequest, "bad-argument")]
    [TestCase("dispatcher", "&format=gpx{1}&reason=x", HttpStatusCode.BadRequest, "bad-argument")]
    [TestCase("dispatcher", "{0}&format=case{1}&reason=x&clean=true", HttpStatusCode.BadRequest, "bad-argument")]
    [TestCase("dispatcher", "{0}&format=gpx{1}&reason=x&clean=perhaps", HttpStatusCode.BadRequest, "bad-argument")]
    [TestCase("dispatcher", "{0}&format=gpx&from=2099-01-01T00:00:00Z&to=2099-01-02T00:00:00Z&reason=x", HttpStatusCode.BadRequest, "bad-argument")]
    public async Task RefusesPlainly(string user, string query, HttpStatusCode status, string? reason)
    {
        var (found, problem) = await _demo.CallAsync(user, "GET", "/api/tracks/export?workers=" + string.Format(CultureInfo.InvariantCulture, query, _worker, _interval));
        Assert.That(found, Is.EqualTo(status));
        if (reason is not null)
        {
            Assert.That(problem.GetProperty("reason").GetString(), Is.EqualTo(reason));
        }
    }

    [Test]
    public async Task AStrangersTrackIsNotExported()
    {
        var stranger = _demo.Secrets.Devices.First(device => _demo.CallAsync("dispatcher-140106004", "GET", $"/api/workers/{device.Worker}").Result.Status == HttpStatusCode.Forbidden).Worker;
        var (status, problem) = await _demo.CallAsync("dispatcher-140106004", "GET", $"/api/tracks/export?workers={stranger}&format=csv{_interval}&reason=x");
        Assert.That((status, problem.GetProperty("reason").GetString()), Is.EqualTo((HttpStatusCode.Forbidden, "out-of-scope")));
    }

    [Test]
    public async Task TooMuchSaysHowMuchIsAllowedAndHowToSplitIt()
    {
        var (status, problem) = await _demo.CallAsync("dispatcher", "GET", $"/api/tracks/export?workers={_worker}&format=csv&from={Text(_from.AddDays(-70))}&to={Text(_from)}&reason=x");
        Assert.That(status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(problem.GetProperty("reason").GetString(), Is.EqualTo("too-much"));
        Assert.That(problem.GetProperty("allowed").GetProperty("days").GetInt32(), Is.EqualTo(31));
        Assert.That(problem.GetProperty("split").GetProperty("requests").GetInt32(), Is.EqualTo(3));
        Assert.That(problem.GetProperty("detail").GetString(), Does.Contain("31 days"));
    }

    private static Fix Walk(int worker, long ms, int n, int awayE7 = 0, FixFlags flags = FixFlags.None) => new()
    {
        DeviceId = 1,
        WorkerId = worker,
        FixTimeMs = ms,
        LongitudeE7 = 1_125_600_000 + (n * 700),
        LatitudeE7 = 378_600_000 + awayE7,
        SpeedCmps = CommandCenter.Tracks.Fix.UnknownSpeed,
        Flags = flags,
    };

    private Fix Fix(long ms, int n) => new()
    {
        DeviceId = 1,
        WorkerId = _workerId,
        FixTimeMs = ms,
        LongitudeE7 = 1_125_600_000 + (n * 1_000),
        LatitudeE7 = 378_600_000,
        SpeedCmps = 120,
        HeadingDeci = 900,
        AccuracyDm = 50,
        AltitudeM = 780,
        BatteryPercent = 66,
    };

    /// <summary>A worker of whom nothing is known but what a test stores.</summary>
    private Task<(string Code, int Id)> UnseenAsync(NpgsqlConnection connection, int n) => connection.QuerySingleAsync<(string, int)>(
        "select code, id from workers where code <> @_worker and code <> @_other order by id desc offset @n limit 1", new { _worker, _other, n });

    private static string Text(DateTimeOffset at) => Uri.EscapeDataString(at.ToString("O", CultureInfo.InvariantCulture));

    private async Task<HttpResponseMessage> GetAsync(string user, string query, Action<HttpRequestMessage>? with = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/tracks/export?workers=" + query);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _demo.TokenOf(user));
        with?.Invoke(request);
        return await _demo.Server.Http.SendAsync(request);
    }
}
