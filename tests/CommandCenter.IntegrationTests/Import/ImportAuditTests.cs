using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CommandCenter.IntegrationTests.Harness;
using static CommandCenter.IntegrationTests.Import.ImportCenter;

namespace CommandCenter.IntegrationTests.Import;

/// <summary>What imports leave on the audit trail: one row for the whole, and one for each change of who sees whom.</summary>
public sealed class ImportAuditTests
{
    private ImportCenter _center = null!;

    [SetUp]
    public async Task StartAsync() => _center = await ImportCenter.StartAsync();

    [TearDown]
    public async Task StopAsync() => await _center.DisposeAsync();

    [Test]
    public async Task NotesEachWorkerWhoMovedAndNoneWhoDidNot()
    {
        await _center.ApplyAsync("areas", Example("areas.geojson"));
        await _center.AddAccountAsync("administrator", "EX-1-2", "neighbour");
        await _center.ApplyAsync("roster", Text("code,name,role,area\nA,a,reserve,EX-1-1\nB,b,reserve,EX-1-1\nC,c,reserve,EX-1-2\n"));
        Assert.That(await TrailAsync("root", "change-worker"), Is.Empty, "whoever is new was seen by nobody before");

        var device = (await _center.ApplyAsync("devices", Text("worker\nA\n"))).GetProperty("devices")[0];
        await _center.ApplyAsync("roster", Text("code,name,role,area\nA,a,reserve,EX-1-2\nB,another,reserve,EX-1-1\nC,c,reserve,EX-1-2\n"));
        Assert.That(await TrailAsync("root", "change-worker"), Is.EqualTo(new[] { "A at EX-1-2: from EX-1-1 to EX-1-2" }));
        Assert.That(await TrailAsync("neighbour", "change-worker"), Has.Length.EqualTo(1), "the new home's administrator reads it too");
        Assert.That(await TrailAsync("root", "import-roster"), Has.Length.EqualTo(2));
        Assert.That(await WatchedAsync(device), Is.Empty, "nobody looked at the worker");
    }

    [Test]
    public async Task NotesEachAreaThatGotAnotherParent()
    {
        await _center.ApplyAsync("areas", Areas(("S-1", "subdistrict", "140106"), ("S-2", "subdistrict", "140106"), ("C-1", "community", "S-1"), ("C-2", "community", "S-1")));
        Assert.That(await TrailAsync("root", "move-area"), Is.Empty);
        await _center.ApplyAsync("areas", Areas(("C-1", "community", "S-2"), ("C-2", "community", "S-1")));
        Assert.That(await TrailAsync("root", "move-area"), Is.EqualTo(new[] { " at C-1: C-1 from S-1 to S-2" }));
    }

    [Test]
    public async Task NotesThousandsInTheirOrderBeforeTheWhole()
    {
        const int count = 6_000; // more than go into one statement
        var (roster, devices) = (new StringBuilder("code,name,role,area\n"), new StringBuilder("worker\n"));
        for (var n = 0; n < count; n++)
        {
            roster.Append(CultureInfo.InvariantCulture, $"W{n},w,reserve,140106\n");
            devices.Append(CultureInfo.InvariantCulture, $"W{n}\n");
        }

        await _center.ApplyAsync("roster", Text(roster.ToString()));
        var enrolled = (await _center.ApplyAsync("devices", Text(devices.ToString()))).GetProperty("devices").EnumerateArray().Select(d => d.GetProperty("user").GetString());
        Assert.That(
            await _center.CountAsync(
                """
                select count(*) from audit a join devices d on d.user_name = a.detail and d.worker_id = a.worker_id
                where a.action = 'enrol-device' and a.user_name = 'root' and a.role is not null and a.account_id is not null
                """),
            Is.EqualTo(count));
        await using var command = _center.Backends.DataSource.CreateCommand("select string_agg(detail, ' ' order by id) from audit where action = 'enrol-device'");
        Assert.That((string?)await command.ExecuteScalarAsync(), Is.EqualTo(string.Join(' ', enrolled)));
        Assert.That(await _center.CountAsync("select count(*) from audit where action = 'import-devices' and id = (select max(id) from audit)"), Is.EqualTo(1));
    }

    private static byte[] Areas(params (string Code, string Kind, string Parent)[] areas) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        type = "FeatureCollection",
        features = areas.Select(area => new { type = "Feature", geometry = (object?)null, properties = new { code = area.Code, name = area.Code, kind = area.Kind, parent = area.Parent } }),
    });

    /// <summary>"worker at area: detail" of each row, newest first.</summary>
    private async Task<string[]> TrailAsync(string user, string action)
    {
        var (_, page) = await _center.CallAsync(user, "GET", $"/api/audit?action={action}");
        return [.. page.GetProperty("items").EnumerateArray().Select(row => $"{row.GetProperty("worker")} at {row.GetProperty("area")}: {row.GetProperty("detail")}")];
    }

    private async Task<List<JsonElement>> WatchedAsync(JsonElement device)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/watched");
        var credentials = $"{device.GetProperty("user").GetString()}:{device.GetProperty("password").GetString()}";
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials)));
        using var answer = await _center.Server.Http.SendAsync(request);
        return [.. (await answer.ReadJsonAsync()).GetProperty("items").EnumerateArray()];
    }
}
