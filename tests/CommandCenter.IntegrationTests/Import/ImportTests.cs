using System.Net;
using System.Text;
using System.Text.Json;
using CommandCenter.Contracts.Wall;
using CommandCenter.IntegrationTests.Harness;
using static CommandCenter.IntegrationTests.Import.ImportCenter;

namespace CommandCenter.IntegrationTests.Import;

/// <summary>The operator's files on the real server; each test imports into a center of its own story, in order.</summary>
public sealed class ImportTests
{
    private ImportCenter _center = null!;

    [SetUp]
    public async Task StartAsync() => _center = await ImportCenter.StartAsync("--Import:MaxBytes=300000");

    [TearDown]
    public async Task StopAsync() => await _center.DisposeAsync();

    [Test]
    public async Task PreviewsWithoutATraceAndAppliesWhatWasPreviewed()
    {
        var (status, preview) = await _center.ImportAsync("areas", Example("areas.geojson"));
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(Counts(preview), Is.EqualTo("8 rows: 8 added, 0 changed, 0 unchanged, 0 left"));
        Assert.That(preview.GetProperty("applied").GetBoolean(), Is.False);
        Assert.That(Problems(preview), Is.EqualTo(new[] { "7 EX-1-2-90 overlap warning" }));
        Assert.That(await _center.CountAsync("select count(*) from areas"), Is.EqualTo(1));
        Assert.That(await _center.CountAsync("select count(*) from audit where action like 'import%'"), Is.Zero);

        var report = await _center.ApplyAsync("areas", Example("areas.geojson"));
        Assert.That(Counts(report), Is.EqualTo(Counts(preview)));
        var (_, grid) = await _center.CallAsync("root", "GET", "/api/areas/EX-1-1-01");
        Assert.That(
            (grid.GetProperty("name").GetString(), grid.GetProperty("parent").GetString(), grid.GetProperty("gridType").GetString()),
            Is.EqualTo(("东风第一网格", "EX-1-1", "ordinary")));
        Assert.That(grid.GetProperty("geometry").GetProperty("coordinates")[0].GetArrayLength(), Is.EqualTo(5));

        var (_, again) = await _center.ImportAsync("areas", Example("areas.geojson"));
        Assert.That(Counts(again), Is.EqualTo("8 rows: 0 added, 0 changed, 8 unchanged, 0 left"));
        var (_, audit) = await _center.CallAsync("root", "GET", "/api/audit?limit=1");
        Assert.That(audit.GetProperty("items")[0].GetProperty("action").GetString(), Is.EqualTo("import-areas"));
    }

    [Test]
    public async Task BringsRosterAndDevicesToTheWall()
    {
        await _center.ApplyAsync("areas", Example("areas.geojson"));

        // As Chinese Excel saves it.
        var gb18030 = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;
        var roster = gb18030.GetBytes(Encoding.UTF8.GetString(Example("roster.csv")));
        var report = await _center.ApplyAsync("roster", roster);
        Assert.That((report.GetProperty("encoding").GetString(), Counts(report)), Is.EqualTo(("GB18030", "5 rows: 5 added, 0 changed, 0 unchanged, 0 left")));
        var (_, worker) = await _center.CallAsync("root", "GET", "/api/workers/EX-W03");
        Assert.That(
            (worker.GetProperty("name").GetString(), worker.GetProperty("role").GetString(), worker.GetProperty("area").GetString(), worker.GetProperty("phone").GetString()),
            Is.EqualTo(("王示例", "gridWorker", "EX-1-1-02", "13900000003")));

        var devices = (await _center.ApplyAsync("devices", Example("devices.csv"))).GetProperty("devices").EnumerateArray().ToList();
        Assert.That(devices.Select(device => device.GetProperty("worker").GetString()), Is.EqualTo(new[] { "EX-W01", "EX-W02", "EX-W03", "EX-W02" }));
        Assert.That(await _center.CountAsync("select count(*) from audit where action = 'enrol-device' and worker_id is not null"), Is.EqualTo(4));
        var (_, preview) = await _center.ImportAsync("devices", Example("devices.csv"));
        Assert.That((Counts(preview), preview.GetProperty("devices").ValueKind), Is.EqualTo(("4 rows: 0 added, 0 changed, 4 unchanged, 0 left", JsonValueKind.Null)));

        // The secrets work: a fix sent with one shows on a wall that watches the imported community.
        await _center.CallAsync("root", "POST", "/api/workers/EX-W02/duty", System.Net.Http.Json.JsonContent.Create(new { onDuty = true }));
        await using var wall = await WallClient.ConnectAsync(_center.Server, _center.TokenOf("root"));
        var id = devices[1].GetProperty("osmandId").GetString();
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() + 1_000;
        using (var answer = await _center.Server.Http.GetAsync($"/osmand?id={id}&timestamp={now}&lat=37.805&lon=112.605&accuracy=5"))
        {
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        }

        await wall.UntilAsync(new WatchRequest { Area = "EX-1-1" }, frame => WallClient.RecordsOf(frame).Any(record => record.LongitudeE7 == 1_126_050_000));
    }

    [Test]
    public async Task AppliesNothingWhenOneRowIsBad()
    {
        var file = Encoding.UTF8.GetString(Example("areas.geojson")).Replace("\"parent\": \"EX-1-1-01\"", "\"parent\": \"nowhere\"", StringComparison.Ordinal);
        var (_, preview) = await _center.ImportAsync("areas", Text(file));
        var (status, report) = await _center.ImportAsync("areas", Text(file), $"apply=true&fingerprint={preview.GetProperty("fingerprint").GetString()}");
        Assert.That(status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That((report.GetProperty("applied").GetBoolean(), Problems(report)[0]), Is.EqualTo((false, "8 EX-1-1-01-1 unknownParent error")));
        Assert.That(await _center.CountAsync("select count(*) from areas"), Is.EqualTo(1));
        var (_, roster) = await _center.ImportAsync("roster", Text("code,name,role,area\nA,a,reserve,140106\nB,b,reserve,NOWHERE\n"));
        var (rosterStatus, _) = await _center.ImportAsync(
            "roster", Text("code,name,role,area\nA,a,reserve,140106\nB,b,reserve,NOWHERE\n"), $"apply=true&fingerprint={roster.GetProperty("fingerprint").GetString()}");
        Assert.That((rosterStatus, await _center.CountAsync("select count(*) from workers")), Is.EqualTo((HttpStatusCode.UnprocessableEntity, 0L)));
    }

    [Test]
    public async Task KeepsTheVersionsOfAPolygonAndMakesNoneForTheSame()
    {
        await _center.ApplyAsync("areas", Example("areas.geojson"));
        var file = Encoding.UTF8.GetString(Example("areas.geojson"))
            .Replace("[[112.6, 37.8], [112.605, 37.8], [112.605, 37.81]", "[[112.6, 37.8], [112.604, 37.8], [112.604, 37.81]", StringComparison.Ordinal)
            .Replace("朝阳第一网格", "朝阳网格", StringComparison.Ordinal);
        var report = await _center.ApplyAsync("areas", Text(file));
        Assert.That(Counts(report), Is.EqualTo("8 rows: 0 added, 2 changed, 6 unchanged, 0 left"));
        Assert.That(
            report.GetProperty("changes").EnumerateArray().Select(change => $"{change.GetProperty("code")} {string.Join('+', change.GetProperty("fields").EnumerateArray())}"),
            Is.EqualTo(new[] { "EX-1-2-01 name", "EX-1-1-01-1 geometry" }));
        Assert.That(await _center.CountAsync("select count(*) from area_versions"), Is.EqualTo(9));
        Assert.That(
            await _center.CountAsync(
                "select count(*) from area_versions o join area_versions n on n.area_id = o.area_id and n.valid_from = o.valid_to where n.valid_to is null"),
            Is.EqualTo(1),
            "the new version begins where the old one ends");
        var (_, areas) = await _center.CallAsync("root", "GET", "/api/areas/EX-1-1-01-1");
        Assert.That(areas.GetProperty("bounds")[2].GetDouble(), Is.EqualTo(112.604));
    }

    [Test]
    public async Task RefusesToApplyWhatWasNotPreviewed()
    {
        var file = Example("areas.geojson");
        Assert.That(Reason(await _center.ImportAsync("areas", file, "apply=true")), Is.EqualTo((HttpStatusCode.BadRequest, "bad-argument")));
        Assert.That(Reason(await _center.ImportAsync("areas", file, "apply=true&fingerprint=0123")), Is.EqualTo((HttpStatusCode.Conflict, "preview-outdated")));

        // Somebody adds one of the file's areas in between: what the file would do is no longer what was shown.
        var (_, preview) = await _center.ImportAsync("areas", file);
        await _center.CallAsync("root", "POST", "/api/areas", System.Net.Http.Json.JsonContent.Create(new { code = "EX-1", name = "别的", kind = "subdistrict", parent = "140106" }));
        var fingerprint = preview.GetProperty("fingerprint").GetString();
        Assert.That(Reason(await _center.ImportAsync("areas", file, $"apply=true&fingerprint={fingerprint}")), Is.EqualTo((HttpStatusCode.Conflict, "preview-outdated")));
        Assert.That(await _center.CountAsync("select count(*) from areas"), Is.EqualTo(2));
    }

    [Test]
    public async Task AppliesOneOfTwoThatWereSentAtOnce()
    {
        await _center.ApplyAsync("areas", Example("areas.geojson"));
        var (_, preview) = await _center.ImportAsync("roster", Example("roster.csv"));
        var query = $"apply=true&fingerprint={preview.GetProperty("fingerprint").GetString()}";
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => _center.ImportAsync("roster", Example("roster.csv"), query)));
        Assert.That(answers.Count(answer => answer.Status == HttpStatusCode.OK), Is.EqualTo(1));
        Assert.That(answers.Where(answer => answer.Status != HttpStatusCode.OK).Select(answer => answer.Status), Is.All.EqualTo(HttpStatusCode.Conflict));
        Assert.That(await _center.CountAsync("select count(*) from workers"), Is.EqualTo(5));
    }

    [Test]
    public async Task StaysWithinTheImportersAreaAndRights()
    {
        await _center.ApplyAsync("areas", Example("areas.geojson"));
        await _center.AddAccountAsync("administrator", "EX-1-1", "small");
        await _center.AddAccountAsync("dispatcher", "140106");
        await _center.AddAccountAsync("supervisor", "140106");
        await _center.AddAccountAsync("wall", "140106");

        var (_, areas) = await _center.ImportAsync("areas", Example("areas.geojson"), user: "small");
        Assert.That(Problems(areas).Where(p => p.EndsWith("error", StringComparison.Ordinal)), Is.EqualTo(new[]
        {
            "1 EX-1 codeTaken error", "3 EX-1-2 codeTaken error", "6 EX-1-2-01 codeTaken error", "7 EX-1-2-90 codeTaken error",
        }));
        var (_, roster) = await _center.ImportAsync("roster", Example("roster.csv"), user: "small");
        Assert.That(Problems(roster), Is.EqualTo(new[] { "6 EX-W05 unknownArea error" }));

        foreach (var (kind, allowed) in new[] { ("areas", "root small"), ("roster", "root small"), ("devices", "root small dispatcher") })
        {
            foreach (var user in (string[])["root", "small", "dispatcher", "supervisor", "wall"])
            {
                var (status, _) = await _center.ImportAsync(kind, Text("x"), user: user);
                Assert.That(status, Is.EqualTo(allowed.Split(' ').Contains(user) ? HttpStatusCode.BadRequest : HttpStatusCode.Forbidden), $"{user} {kind}");
            }
        }

        Assert.That((await _center.CallAsync(null, "POST", "/api/import/areas", Content("areas", Text("{}")))).Status, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task SaysWhyAFileIsNotReadAtAll()
    {
        foreach (var (kind, file, query, expected) in new (string, byte[], string, (HttpStatusCode, string))[]
        {
            ("areas", new byte[300_001], "", (HttpStatusCode.RequestEntityTooLarge, "too-large")),
            ("areas", Text("{"), "", (HttpStatusCode.BadRequest, "not-geojson")),
            ("areas", [], "", (HttpStatusCode.BadRequest, "empty-file")),
            ("areas", Example("areas.geojson"), "datum=mars", (HttpStatusCode.BadRequest, "bad-argument")),
            ("areas", Example("areas.geojson"), "apply=maybe", (HttpStatusCode.BadRequest, "bad-argument")),
            ("roster", Text("a,b\n1,2\n"), "", (HttpStatusCode.BadRequest, "bad-header")),
            ("roster", [0x63, 0xFF, 0x2C], "", (HttpStatusCode.BadRequest, "bad-encoding")),
        })
        {
            Assert.That(Reason(await _center.ImportAsync(kind, file, query)), Is.EqualTo(expected));
        }

        // In chunks, without a length told beforehand.
        using var chunks = new StreamContent(new Unsized(new byte[300_001]));
        chunks.Headers.ContentType = new("text/csv");
        Assert.That(Reason(await _center.CallAsync("root", "POST", "/api/import/roster", chunks)), Is.EqualTo((HttpStatusCode.RequestEntityTooLarge, "too-large")));
        Assert.That(
            Reason(await _center.CallAsync("root", "POST", "/api/import/areas", Content("roster", Text("code")))), Is.EqualTo((HttpStatusCode.UnsupportedMediaType, "media-type")));
    }

    [Test]
    public async Task IsThereWholeOrNotAtAllAfterAKill()
    {
        // Enough rows that the kill meets the transaction at one place or another.
        var rows = new StringBuilder("code,name,role,area\n");
        for (var i = 0; i < 8_000; i++)
        {
            rows.Append(System.Globalization.CultureInfo.InvariantCulture, $"K{i},k,reserve,140106\n");
        }

        var file = Text(rows.ToString());
        var (_, preview) = await _center.ImportAsync("roster", file);
        var apply = _center.ImportAsync("roster", file, $"apply=true&fingerprint={preview.GetProperty("fingerprint").GetString()}");
        await Task.Delay(Random.Shared.Next(20, 250));
        await _center.Server.KillAsync();
        await Task.WhenAny(apply, Task.Delay(5_000));
        var (workers, audits) = (
            await _center.CountAsync("select count(*) from workers"), await _center.CountAsync("select count(*) from audit where action = 'import-roster'"));
        TestContext.Out.WriteLine($"{workers} workers");
        Assert.That((workers, audits), Is.EqualTo((0L, 0L)).Or.EqualTo((8_000L, 1L)));
    }

    private static string Counts(JsonElement report) => string.Join(
        ", ",
        $"{report.GetProperty("rows")} rows: {report.GetProperty("added")} added",
        $"{report.GetProperty("changed")} changed",
        $"{report.GetProperty("unchanged")} unchanged",
        $"{report.GetProperty("left")} left");

    private static string[] Problems(JsonElement report) =>
        [.. report.GetProperty("problems").EnumerateArray().Select(p => $"{p.GetProperty("row")} {p.GetProperty("code")} {p.GetProperty("problem")} {p.GetProperty("severity")}")];

    private static (HttpStatusCode Status, string? Reason) Reason((HttpStatusCode Status, JsonElement Body) answer) =>
        (answer.Status, answer.Body.TryGetProperty("reason", out var reason) ? reason.GetString() : null);

    private sealed class Unsized(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
