using System.Net;
using CommandCenter.IntegrationTests.Access;
using Dapper;
using Npgsql;

namespace CommandCenter.IntegrationTests.Coverage;

/// <summary>Masks and targets on a real server.</summary>
public sealed class CoverageGroundTests
{
    private DemoServer _demo = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _demo = await DemoServer.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _demo.DisposeAsync();

    [Test]
    public async Task GoodMasksOfAMixedFileAreKeptAndEachBadOneIsToldWhy()
    {
        await using var connection = new NpgsqlConnection(_demo.Backends.Postgres);
        var since = await connection.QuerySingleAsync<long>("select coalesce(max(id), 0) from audit");
        var (_, center) = await _demo.CallAsync("administrator", "GET", "/api/areas/140106004");
        var (x, y) = (center.GetProperty("center")[0].GetDouble(), center.GetProperty("center")[1].GetDouble());
        var before = await PatrollableAsync();
        var (_, demos) = await _demo.CallAsync("dispatcher", "GET", "/api/coverage/masks");
        var file = new
        {
            type = "FeatureCollection",
            features = new[]
            {
                Feature("site-1", "工地", "closed", x, y),
                Feature("site-1", "又一个", "closed", x, y),
                Feature("site-2", "工地", "noise", x, y),
                Feature("site-3", "远方", "water", x + 5, y),
                Feature("", "无号", "water", x, y),
            },
        };

        var (byDispatcher, _) = await _demo.CallAsync("dispatcher", "PUT", "/api/coverage/masks", file);
        var (status, report) = await _demo.CallAsync("administrator", "PUT", "/api/coverage/masks", file);
        var (_, again) = await _demo.CallAsync("administrator", "PUT", "/api/coverage/masks", file);
        var masked = await PatrollableAsync();
        var (bad, problem) = await _demo.CallAsync("administrator", "PUT", "/api/coverage/masks", new { type = "Feature" });
        var (ended, _) = await _demo.CallAsync("administrator", "DELETE", "/api/coverage/masks/site-1");
        var (gone, _) = await _demo.CallAsync("administrator", "DELETE", "/api/coverage/masks/site-1");

        Assert.Multiple(() =>
        {
            Assert.That(demos.GetProperty("items").EnumerateArray().Any(mask => mask.GetProperty("kind").GetString() == "water"), Is.True, "the demo's river and lakes");
            Assert.That((byDispatcher, status), Is.EqualTo((HttpStatusCode.Forbidden, HttpStatusCode.OK)));
            Assert.That((report.GetProperty("added").GetInt32(), report.GetProperty("refusedCount").GetInt32()), Is.EqualTo((1, 4)));
            Assert.That(
                report.GetProperty("refused").EnumerateArray().Select(one => (one.GetProperty("feature").GetInt32(), one.GetProperty("field").GetString())),
                Is.EqualTo(new[] { (1, "code"), (2, "kind"), (3, "geometry"), (4, "code") }));
            Assert.That((again.GetProperty("added").GetInt32(), again.GetProperty("same").GetInt32()), Is.EqualTo((0, 1)), "the same file changes nothing");
            Assert.That(before - masked, Is.InRange(50, 120), "0.002° by 0.002° are about 62 squares");
            Assert.That((bad, problem.GetProperty("argument").GetString()), Is.EqualTo((HttpStatusCode.BadRequest, "body")));
            Assert.That((ended, gone), Is.EqualTo((HttpStatusCode.NoContent, HttpStatusCode.NotFound)));
        });
        Assert.That(await PatrollableAsync(), Is.EqualTo(before), "it is patrolled again");
        Assert.That(
            await connection.QueryAsync<string>("select action || ' ' || detail from audit where action in ('set-masks', 'end-mask') and id > @since order by id", new { since }),
            Is.EqualTo(new[] { "set-masks 1 added, 0 changed", "end-mask site-1" }));
    }

    [Test]
    public async Task ATargetIsInheritedUntilTheAreaHasItsOwn()
    {
        const string Path = "/api/coverage/targets/140106004";
        var (_, usual) = await _demo.CallAsync("dispatcher", "GET", Path);
        var (_, hot) = await _demo.CallAsync("administrator", "PUT", "/api/coverage/targets/140106", new { choice = "hot-spot" });
        var (_, inherited) = await _demo.CallAsync("dispatcher", "GET", Path);
        var (_, own) = await _demo.CallAsync("administrator", "PUT", Path, new { days = 14 });
        var (_, list) = await _demo.CallAsync("dispatcher-140106004", "GET", "/api/coverage/targets");
        var (_, back) = await _demo.CallAsync("administrator", "DELETE", Path);
        var (_, _) = await _demo.CallAsync("administrator", "DELETE", "/api/coverage/targets/140106");
        var (byDispatcher, _) = await _demo.CallAsync("dispatcher", "PUT", Path, new { days = 3 });
        var (outside, _) = await _demo.CallAsync("dispatcher-140106004", "GET", "/api/coverage/targets/140106006");

        Assert.Multiple(() =>
        {
            Assert.That((usual.GetProperty("days").GetInt32(), usual.GetProperty("choice").GetString()), Is.EqualTo((7, "normal")));
            Assert.That(hot.GetProperty("days").GetInt32(), Is.EqualTo(1));
            Assert.That((inherited.GetProperty("days").GetInt32(), inherited.GetProperty("from").GetString()), Is.EqualTo((1, "140106")));
            Assert.That((own.GetProperty("days").GetInt32(), own.GetProperty("from").GetString()), Is.EqualTo((14, "140106004")));
            Assert.That(list.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("area").GetString()), Does.Contain("140106004").And.Not.Contain("140106"));
            Assert.That(back.GetProperty("days").GetInt32(), Is.EqualTo(1));
            Assert.That((byDispatcher, outside), Is.EqualTo((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden)));
        });
    }

    [Test]
    public async Task AnAdministratorOfAPartSeesMasksOfItAloneAndChangesNone()
    {
        var (_, own) = await _demo.CallAsync("administrator", "GET", "/api/areas/140106004");
        var (_, all) = await _demo.CallAsync("administrator", "GET", "/api/areas?kind=subdistrict&limit=100");
        var (x, y) = CenterOf(own);
        var (farX, farY) = all.GetProperty("items").EnumerateArray().Select(CenterOf).MaxBy(there => Math.Abs(there.X - x) + Math.Abs(there.Y - y));
        await _demo.CallAsync("administrator", "POST", "/api/accounts", new { user = "part", password = "a long password", role = "administrator", area = "140106004" });
        _demo.Remember("part", await DemoServer.SignInAsync(_demo.Server.Http, "part", "a long password"));
        var file = new { type = "FeatureCollection", features = new[] { Feature("near", "近", "closed", x, y), Feature("far", "远", "closed", farX, farY) } };

        var (refused, problem) = await _demo.CallAsync("part", "PUT", "/api/coverage/masks", file);
        var (kept, _) = await _demo.CallAsync("administrator", "PUT", "/api/coverage/masks", file);
        var (_, seen) = await _demo.CallAsync("part", "GET", "/api/coverage/masks");
        var (ended, _) = await _demo.CallAsync("part", "DELETE", "/api/coverage/masks/near");
        var (target, _) = await _demo.CallAsync("part", "PUT", "/api/coverage/targets/140106", new { choice = "remote" });
        foreach (var code in new[] { "near", "far" })
        {
            await _demo.CallAsync("administrator", "DELETE", $"/api/coverage/masks/{code}");
        }

        Assert.That((refused, problem.GetProperty("reason").GetString()), Is.EqualTo((HttpStatusCode.Forbidden, "not-all-areas")));
        Assert.That((kept, ended, target), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden)));
        Assert.That(seen.GetProperty("items").EnumerateArray().Select(mask => mask.GetProperty("code").GetString()), Does.Contain("near").And.Not.Contain("far"));
    }

    [TestCase("{}", "days")]
    [TestCase("{\"days\":0}", "days")]
    [TestCase("{\"days\":60}", "days")]
    [TestCase("{\"days\":7,\"choice\":\"remote\"}", "days")]
    [TestCase("{\"choice\":\"often\"}", "choice")]
    public async Task ABadTargetIsRefusedByName(string body, string argument)
    {
        var (status, problem) = await _demo.CallAsync("administrator", "PUT", "/api/coverage/targets/140106004", System.Text.Json.JsonDocument.Parse(body).RootElement);

        Assert.That((status, problem.GetProperty("argument").GetString()), Is.EqualTo((HttpStatusCode.BadRequest, argument)));
    }

    private static (double X, double Y) CenterOf(System.Text.Json.JsonElement area) => (area.GetProperty("center")[0].GetDouble(), area.GetProperty("center")[1].GetDouble());

    private async Task<int> PatrollableAsync()
    {
        var (_, rates) = await _demo.CallAsync("dispatcher", "GET", "/api/coverage/rates?area=140106");
        return rates.GetProperty("items")[0].GetProperty("patrollable").GetInt32();
    }

    private static object Feature(string code, string name, string kind, double x, double y) => new
    {
        type = "Feature",
        properties = new { code, name, kind },
        geometry = new { type = "Polygon", coordinates = new[] { new[] { new[] { x, y }, [x + 0.002, y], [x + 0.002, y + 0.002], [x, y + 0.002], [x, y] } } },
    };
}
