using System.Net;
using System.Net.Http.Headers;
using System.Text;
using CommandCenter.IntegrationTests.Harness;
using Microsoft.AspNetCore.Http;

namespace CommandCenter.IntegrationTests.Basemaps;

/// <summary>Maps as a browser asks for them, on the real server, which fetches from a real one.</summary>
[NonParallelizable]
public sealed class BasemapTests
{
    private const string Key = "key-4711-secret";

    private readonly TemporaryFolder _folder = new();
    private MapServer _maps = null!;
    private Backends _backends = null!;
    private ServerProcess _server = null!;
    private string _token = "";

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _maps = await MapServer.StartAsync();
        _backends = await Backends.FreshAsync();
        var environment = ServerProcess.Environment(_backends);
        foreach (var (name, value) in Settings())
        {
            environment["Basemaps__" + name] = value;
        }

        _server = await ServerProcess.StartAsync(_folder.Path, environment, "--demo", "--Access:PasswordIterations=10000");
        MakeDemoMap();
        File.WriteAllBytes(Path.Combine(_folder.Path, "basemaps", "broken.pmtiles"), [1, 2, 3]);
        _token = await (await DemoCenter.OfAsync(_server)).SignInAsync("wall");
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _server.DisposeAsync();
        await _backends.DisposeAsync();
        await _maps.DisposeAsync();
        _folder.Dispose();
    }

    [SetUp]
    public void AnswerWell()
    {
        _maps.Answer = MapServer.SendTileAsync;
        _maps.Asked.Clear();
        _maps.Referers.Clear();
    }

    [TearDown]
    public void KeyIsNowhereInTheLog() => Assert.That(_server.Output, Does.Not.Contain(Key));

    [Test]
    public async Task ListsTheDemosMapFirstAndNoSecret()
    {
        using var answer = await GetAsync("/api/basemaps");
        var text = await answer.Content.ReadAsStringAsync();
        var maps = (await answer.ReadJsonAsync()).EnumerateArray().ToList();

        Assert.That(maps.Select(m => m.GetProperty("id").GetString()), Is.EqualTo(new[] { "demo", "tianditu", "amap" }));
        Assert.Multiple(() =>
        {
            Assert.That(maps[0].GetProperty("url").GetString(), Is.EqualTo("/basemaps/demo.pmtiles"));
            Assert.That(maps[0].GetProperty("generated").GetBoolean(), Is.True);
            Assert.That(maps[0].GetProperty("style").GetString(), Is.EqualTo("vector"));
            Assert.That(maps[1].GetProperty("kind").GetString(), Is.EqualTo("raster"));
            Assert.That(maps[1].GetProperty("url").GetString(), Is.EqualTo("/basemaps/tianditu/{z}/{x}/{y}"));
            Assert.That(maps[1].GetProperty("datum").GetString(), Is.EqualTo("wgs84"), "CGCS2000 differs by centimetres");
            Assert.That(maps[2].GetProperty("datum").GetString(), Is.EqualTo("gcj02"));
            Assert.That(text, Does.Not.Contain(Key).And.Not.Contain(_maps.Url));
        });
    }

    [Test]
    public async Task SendsRangesOfAFileWithATagThatStays()
    {
        using var part = await GetAsync("/basemaps/demo.pmtiles", r => r.Headers.Range = new RangeHeaderValue(0, 126));
        var head = await part.Content.ReadAsByteArrayAsync();

        Assert.That(part.StatusCode, Is.EqualTo(HttpStatusCode.PartialContent));
        Assert.That(Encoding.ASCII.GetString(head, 0, 7), Is.EqualTo("PMTiles"));
        Assert.That((head.Length, part.Content.Headers.ContentRange!.From), Is.EqualTo((127, (long?)0)));

        using var again = await GetAsync("/basemaps/demo.pmtiles", r => r.Headers.IfNoneMatch.Add(part.Headers.ETag!));
        Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.NotModified));

        using var beyond = await GetAsync("/basemaps/demo.pmtiles", r => r.Headers.Range = new RangeHeaderValue(1_000_000_000, 1_000_000_001));
        Assert.That(beyond.StatusCode, Is.EqualTo(HttpStatusCode.RequestedRangeNotSatisfiable));
    }

    [TestCase("/basemaps/..%2Fdemo.json.pmtiles")]
    [TestCase("/basemaps/%2e%2e%2fsecrets%2fpostgres.pmtiles")]
    [TestCase("/basemaps/none.pmtiles")]
    [TestCase("/basemaps/tianditu.pmtiles")]
    [TestCase("/basemaps/demo/8/1/1")]
    [TestCase("/basemaps/none/8/1/1")]
    [TestCase("/basemaps/cache/tianditu/8/1/1")]
    public async Task SendsNothingElse(string path)
    {
        using var answer = await GetAsync(path);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NotFound).Or.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(answer.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/problem+json"));
    }

    [TestCase("/api/basemaps")]
    [TestCase("/basemaps/demo.pmtiles")]
    [TestCase("/basemaps/tianditu/8/1/1")]
    public async Task AsksWhoItIs(string path)
    {
        using var answer = await _server.Http.GetAsync(path);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(_maps.Asked, Is.Empty);
    }

    [Test]
    public async Task FetchesATileOnceWithTheKeyAndKeepsIt()
    {
        for (var i = 0; i < 3; i++)
        {
            using var answer = await GetAsync("/basemaps/tianditu/9/410/200");
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(answer.Content.Headers.ContentType!.MediaType, Is.EqualTo("image/png"), "told by its bytes");
            Assert.That(await answer.Content.ReadAsByteArrayAsync(), Is.EqualTo(MapServer.Png));
            Assert.That(answer.Headers.ToString() + answer.Content.Headers, Does.Not.Contain(Key));
        }

        Assert.That(_maps.Asked.Single(), Does.StartWith("/vec_w/wmts?tk=" + Key).And.Contain("TILEMATRIX=9&TILEROW=200&TILECOL=410"));
        Assert.That(_maps.Referers.Single(), Is.EqualTo("https://center.example.org/"));
        Assert.That(Directory.GetFiles(Path.Combine(_folder.Path, "basemaps", "cache"), "*", SearchOption.AllDirectories), Is.Not.Empty);
    }

    [Test]
    public async Task ManyWhoAskForOneTileAreOneRequest()
    {
        var release = new TaskCompletionSource();
        _maps.Answer = async context =>
        {
            await release.Task;
            await MapServer.SendTileAsync(context);
        };
        var all = Enumerable.Range(0, 40).Select(_ => GetAsync("/basemaps/amap/10/800/400")).ToList();
        await Eventually.TrueAsync(() => Task.FromResult(!_maps.Asked.IsEmpty), "asked", TimeSpan.FromSeconds(10));
        await Task.Delay(200);
        release.SetResult();

        foreach (var answer in await Task.WhenAll(all))
        {
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            answer.Dispose();
        }

        Assert.That(_maps.Asked.Count, Is.EqualTo(1));
    }

    [TestCase("/basemaps/tianditu/19/0/0", "z")]
    [TestCase("/basemaps/tianditu/0/0/0", "z")]
    [TestCase("/basemaps/tianditu/3/8/0", "x")]
    [TestCase("/basemaps/tianditu/3/0/8", "y")]
    [TestCase("/basemaps/tianditu/3/0/-1", "y")]
    public async Task AsksNobodyForWhatIsNoTile(string path, string argument)
    {
        using var answer = await GetAsync(path);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That((await answer.ReadJsonAsync()).GetProperty("argument").GetString(), Is.EqualTo(argument));
        Assert.That(_maps.Asked, Is.Empty);
    }

    [TestCase(HttpStatusCode.NotFound, 404, "no-such-tile", 11)]
    [TestCase(HttpStatusCode.Forbidden, 502, "basemap-refused", 12)]
    [TestCase(HttpStatusCode.ServiceUnavailable, 503, "basemap-away", 13)]
    [TestCase(HttpStatusCode.Redirect, 502, "basemap-strange", 14)]
    public async Task SaysWhyThereIsNoTileAndDoesNotAskAgainAtOnce(HttpStatusCode upstream, int status, string reason, int row)
    {
        _maps.Answer = context =>
        {
            context.Response.Headers.Location = "http://127.0.0.1:1/elsewhere";
            return MapServer.Status(upstream)(context);
        };
        for (var i = 0; i < 2; i++)
        {
            using var answer = await GetAsync($"/basemaps/amap/8/100/{row}");
            var text = await answer.Content.ReadAsStringAsync();
            Assert.That((int)answer.StatusCode, Is.EqualTo(status), text);
            Assert.That(text, Does.Contain(reason).And.Not.Contain(Key).And.Not.Contain(_maps.Url));
        }

        Assert.That(_maps.Asked.Count, Is.EqualTo(1));
    }

    [Test]
    public async Task TakesNeitherPagesNorGiants()
    {
        _maps.Answer = context => context.Response.WriteAsync("<html><script>alert(1)</script></html>");
        using var page = await GetAsync("/basemaps/amap/8/101/1");
        _maps.Answer = async context =>
        {
            for (var i = 0; i < 100; i++)
            {
                await context.Response.Body.WriteAsync(i == 0 ? MapServer.Png : new byte[16_384]); // without a length
            }
        };
        using var giant = await GetAsync("/basemaps/amap/8/101/2");

        Assert.That((page.StatusCode, giant.StatusCode), Is.EqualTo((HttpStatusCode.BadGateway, HttpStatusCode.BadGateway)));
    }

    [Test]
    public async Task ShowsAnOldTileWhileItsServerIsAwayAndANewOneWhenItIsBack()
    {
        const string path = "/basemaps/tianditu/7/50/60";
        using (await GetAsync(path))
        {
        }

        foreach (var file in Directory.GetFiles(Path.Combine(_folder.Path, "basemaps", "cache"), "60", SearchOption.AllDirectories))
        {
            File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch.AddDays(20_000)); // older than FreshDays
        }

        _maps.Answer = MapServer.Status(HttpStatusCode.InternalServerError);
        using var old = await GetAsync(path);
        Assert.That(old.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await old.Content.ReadAsByteArrayAsync(), Is.EqualTo(MapServer.Png));

        _maps.Answer = MapServer.SendTileAsync;
        var before = _maps.Asked.Count;
        await Eventually.TrueAsync(
            async () =>
            {
                using var answer = await GetAsync(path);
                return answer.StatusCode == HttpStatusCode.OK && _maps.Asked.Count > before;
            },
            "asked again",
            TimeSpan.FromSeconds(10));
    }

    [Test]
    public async Task SlowServerDoesNotHoldTheBrowser()
    {
        _maps.Answer = async context => await Task.Delay(TimeSpan.FromSeconds(30), context.RequestAborted);
        using var answer = await GetAsync("/basemaps/amap/8/102/1");

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(answer.Headers.RetryAfter, Is.Not.Null);
    }

    [Test]
    public async Task OneViewerNeitherUsesTheQuotaUpNorKeepsOthersFromTheirTiles()
    {
        var supervisor = await (await DemoCenter.OfAsync(_server)).SignInAsync("supervisor");
        var release = new TaskCompletionSource();
        _maps.Answer = async context =>
        {
            if (context.Request.Path.StartsWithSegments("/12"))
            {
                await release.Task;
            }

            await MapServer.SendTileAsync(context);
        };

        // More than may wait at once: the line's end is told to come back, and only a few are asked for.
        var greedy = Enumerable.Range(0, 60).Select(n => GetAsync($"/basemaps/amap/12/{n}/0", token: supervisor)).ToList();
        await Eventually.TrueAsync(() => Task.FromResult(greedy.Count(answer => answer.IsCompleted) == 60 - 43), "the line is full");
        Assert.That(_maps.Asked.Count, Is.EqualTo(3));
        using (var other = await GetAsync("/basemaps/amap/11/1/1"))
        {
            Assert.That(other.StatusCode, Is.EqualTo(HttpStatusCode.OK), "another viewer's tile");
        }

        release.SetResult();
        var answers = await Task.WhenAll(greedy);
        Assert.That(answers.Count(answer => answer.StatusCode == HttpStatusCode.OK), Is.EqualTo(43));

        // And no more than the bucket holds, however slowly they come; what was fetched is there for all.
        var more = 0;
        var refused = await GetAsync("/basemaps/amap/12/0/1", token: supervisor);
        for (; refused.StatusCode == HttpStatusCode.OK && more < 60; refused = await GetAsync($"/basemaps/amap/12/{more}/1", token: supervisor))
        {
            more++;
        }

        Assert.That(43 + more, Is.InRange(60, 65), "a slow run earns one each minute");
        var refusals = answers.Where(answer => answer.StatusCode != HttpStatusCode.OK).Append(refused).ToList();
        foreach (var refusal in refusals)
        {
            Assert.That((int)refusal.StatusCode, Is.EqualTo(429));
            Assert.That(refusal.Headers.RetryAfter?.Delta, Is.GreaterThanOrEqualTo(TimeSpan.FromSeconds(1)));
            Assert.That(await refusal.Content.ReadAsStringAsync(), Does.Contain("basemap-limited"));
        }

        using var cached = await GetAsync("/basemaps/amap/12/0/1", token: supervisor);
        Assert.That(cached.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    private Dictionary<string, string> Settings() => new()
    {
        ["ViewerRequests"] = "3",
        ["ViewerQueue"] = "40",
        ["ViewerTilesPerMinute"] = "1",
        ["ViewerTilesAtOnce"] = "60",
        ["RetrySeconds"] = "1",
        ["UpstreamSeconds"] = "1.5",
        ["MaxTileBytes"] = "65536",
        ["Maps__0__Id"] = "tianditu",
        ["Maps__0__Name"] = "天地图",
        ["Maps__0__NameEn"] = "Tianditu",
        ["Maps__0__Kind"] = "wmts",
        ["Maps__0__Url"] = _maps.Url + "/vec_w/wmts?tk={key}",
        ["Maps__0__Layer"] = "vec",
        ["Maps__0__Datum"] = "cgcs2000",
        ["Maps__0__MinZoom"] = "1",
        ["Maps__0__Key"] = Key,
        ["Maps__0__Headers__Referer"] = "https://center.example.org/",
        ["Maps__1__Id"] = "amap",
        ["Maps__1__Name"] = "高德",
        ["Maps__1__Kind"] = "xyz",
        ["Maps__1__Datum"] = "gcj02",
        ["Maps__1__Url"] = _maps.Url + "/{z}/{x}/{y}?key={key}",
        ["Maps__1__Key"] = Key,
    };

    private async Task<HttpResponseMessage> GetAsync(string path, Action<HttpRequestMessage>? change = null, string? token = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token ?? _token);
        change?.Invoke(request);
        return await _server.Http.SendAsync(request);
    }

    /// <summary>Unless the demo has left one.</summary>
    private void MakeDemoMap()
    {
        var path = Path.Combine(Directory.CreateDirectory(Path.Combine(_folder.Path, "basemaps")).FullName, "demo.pmtiles");
        if (!File.Exists(path))
        {
            var bytes = new byte[4_000];
            "PMTiles\u0003"u8.CopyTo(bytes);
            (bytes[8], bytes[16]) = (127, 50);
            (bytes[99], bytes[100], bytes[101]) = (1, 8, 15);
            File.WriteAllBytes(path, bytes);
        }
    }
}
