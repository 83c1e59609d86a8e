using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using CommandCenter.IntegrationTests.Access;
using CommandCenter.IntegrationTests.Harness;

namespace CommandCenter.IntegrationTests.Workers;

/// <summary>Correcting the roster, leaving it, its devices and gateways, and names of areas, on the real server.</summary>
public sealed class RosterTests
{
    private const string Local = "dispatcher-140106004";
    private DemoServer _demo = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _demo = await DemoServer.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _demo.DisposeAsync();

    [Test]
    public async Task CorrectsAWorkerAndNotesTheMove()
    {
        await AddWorkerAsync("edit-1", "140106001");
        var (status, worker) = await AdministratorAsync("PUT", "/api/workers/edit-1", new { name = "新名", role = "auxiliary", area = "140106004" });
        Assert.That(
            (status, Text(worker, "name"), Text(worker, "role"), Text(worker, "area"), Text(worker, "phone")),
            Is.EqualTo((HttpStatusCode.OK, "新名", "auxiliary", "140106004", (string?)null)));
        Assert.That((await _demo.CallAsync(Local, "GET", "/api/workers?search=edit-1")).Body.GetProperty("items").GetArrayLength(), Is.EqualTo(1));
        var (_, trail) = await AdministratorAsync("GET", "/api/audit?action=change-worker&limit=1");
        Assert.That(Text(trail.GetProperty("items")[0], "detail"), Is.EqualTo("from 140106001 to 140106004"));
    }

    [TestCase("""{"name":"","role":"reserve","area":"140106"}""", "name")]
    [TestCase("""{"name":"x","role":"boss","area":"140106"}""", "role")]
    [TestCase("""{"name":"x","role":"reserve"}""", "area")]
    [TestCase("""{"name":"x","role":"reserve","area":"140106","phone":"1234567890123456789012345678901"}""", "phone")]
    public async Task NamesWhatIsWrongWithACorrection(string body, string argument)
    {
        var (status, problem) = await AdministratorAsync("PUT", "/api/workers/none", JsonDocument.Parse(body).RootElement);
        Assert.That((status, Text(problem, "argument")), Is.EqualTo((HttpStatusCode.BadRequest, argument)));
    }

    [Test]
    public async Task TakesAWorkerOffTheRosterWithDutyAndDevicesAtOnce()
    {
        await AddWorkerAsync("leave-1", "140106001");
        await AdministratorAsync("POST", "/api/workers/leave-1/duty", new { onDuty = true });
        var (_, device) = await AdministratorAsync("POST", "/api/devices", new { worker = "leave-1" });
        Assert.That(await ReportAsync(device, 37.8612), Is.EqualTo(HttpStatusCode.OK));

        Assert.That((await AdministratorAsync("POST", "/api/workers/leave-1/leave")).Status, Is.EqualTo(HttpStatusCode.NoContent));

        Assert.That(await ReportAsync(device, 37.8613), Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await AdministratorAsync("GET", "/api/workers/leave-1")).Status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await AdministratorAsync("POST", "/api/workers/leave-1/leave")).Status, Is.EqualTo(HttpStatusCode.Forbidden));
        var (_, row) = await AdministratorAsync("GET", $"/api/devices/{device.GetProperty("id").GetInt32()}");
        Assert.That(row.GetProperty("revokedAt").ValueKind, Is.EqualTo(JsonValueKind.String));
        await using (var command = _demo.Backends.DataSource.CreateCommand(
            "select count(*) from duty_periods p join workers w on w.id = p.worker_id where w.code = 'leave-1' and p.ended_at is null"))
        {
            Assert.That(await command.ExecuteScalarAsync(), Is.EqualTo(0L));
        }

        var (_, trail) = await AdministratorAsync("GET", "/api/audit?worker=leave-1&action=remove-worker");
        Assert.That(Text(trail.GetProperty("items")[0], "detail"), Is.EqualTo("1 devices revoked"), "the trail still knows the worker");
    }

    [Test]
    public async Task SearchesByPhoneForThoseWhoMaySeeIt()
    {
        await AddWorkerAsync("phone-1", "140106001", "177-0351 9876");
        async Task<int> Found(string user, string text) =>
            (await _demo.CallAsync(user, "GET", $"/api/workers?search={Uri.EscapeDataString(text)}")).Body.GetProperty("items").GetArrayLength();
        Assert.That(await Found("dispatcher", "1770351 98"), Is.EqualTo(1));
        Assert.That(await Found("administrator", "03519876"), Is.EqualTo(1));
        Assert.That(await Found("wall", "03519876"), Is.Zero);
        Assert.That(await Found("dispatcher", "0351x"), Is.Zero);
    }

    [Test]
    public async Task ShowsWhenADeviceWasLastHeardAndWhatWasRefused()
    {
        await AddWorkerAsync("heard-1", "140106001");
        var (_, device) = await AdministratorAsync("POST", "/api/devices", new { worker = "heard-1", label = "red phone" });
        var path = $"/api/devices?worker=heard-1";
        var before = (await AdministratorAsync("GET", path)).Body.GetProperty("items")[0];
        Assert.That((before.GetProperty("lastReportAt").ValueKind, before.GetProperty("refusals").GetInt64()), Is.EqualTo((JsonValueKind.Null, 0L)));

        // Off duty: heard, and refused.
        await ReportAsync(device, 37.8612);

        await Eventually.TrueAsync(
            async () => (await AdministratorAsync("GET", path)).Body.GetProperty("items")[0].GetProperty("refusals").GetInt64() == 1, "the refusal is counted");
        var row = (await AdministratorAsync("GET", path)).Body.GetProperty("items")[0];
        Assert.That(
            (Text(row, "label"), Text(row, "worker"), Text(row, "workerName"), row.GetProperty("lastReportAt").ValueKind),
            Is.EqualTo(("red phone", "heard-1", "某人", JsonValueKind.String)));
        var (_, refusals) = await AdministratorAsync("GET", $"/api/devices/{row.GetProperty("id").GetInt32()}/refusals");
        Assert.That(refusals.GetProperty("items")[0].GetProperty("count").GetInt64(), Is.EqualTo(1));
    }

    [Test]
    public async Task RevokesAGatewayAtOnce()
    {
        var (_, gateway) = await AdministratorAsync("POST", "/api/gateways", new { name = "radio", area = "140106" });
        var id = gateway.GetProperty("id").GetInt32();
        Assert.That(await BatchAsync(gateway), Is.Not.EqualTo(HttpStatusCode.Forbidden).And.Not.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That((await GatewayAsync(id)).GetProperty("revokedAt").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That((await AdministratorAsync("DELETE", $"/api/gateways/{id}")).Status, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(await BatchAsync(gateway), Is.EqualTo(HttpStatusCode.Forbidden));
        var row = await GatewayAsync(id);
        Assert.That((Text(row, "name"), Text(row, "area"), row.GetProperty("revokedAt").ValueKind), Is.EqualTo(("radio", "140106", JsonValueKind.String)));
        Assert.That(row.TryGetProperty("password", out _), Is.False);
        Assert.That((await AdministratorAsync("DELETE", "/api/gateways/999999")).Status, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task RenamesAnAreaForEveryoneAndNotesIt()
    {
        var (status, area) = await AdministratorAsync("PUT", "/api/areas/140106001", new { name = "新街道", nameEn = "New" });
        Assert.That((status, Text(area, "name"), Text(area, "nameEn"), Text(area, "kind")), Is.EqualTo((HttpStatusCode.OK, "新街道", "New", "subdistrict")));
        Assert.That(Text((await _demo.CallAsync("wall", "GET", "/api/areas/140106001")).Body, "name"), Is.EqualTo("新街道"));
        var (_, trail) = await AdministratorAsync("GET", "/api/audit?action=rename-area&limit=1");
        Assert.That(Text(trail.GetProperty("items")[0], "detail"), Does.EndWith("to 新街道"));
        var (bad, problem) = await AdministratorAsync("PUT", "/api/areas/140106001", new { name = " " });
        Assert.That((bad, Text(problem, "argument")), Is.EqualTo((HttpStatusCode.BadRequest, "name")));
    }

    [Test]
    public async Task ChangesNothingOutsideTheAdministratorsArea()
    {
        await AdministratorAsync("POST", "/api/accounts", new { user = "local", password = "a long password", role = "administrator", area = "140106004" });
        _demo.Remember("local", await DemoServer.SignInAsync(_demo.Server.Http, "local", "a long password"));
        await AddWorkerAsync("far-1", "140106001");
        await AddWorkerAsync("near-1", "140106004");
        var (_, gateway) = await AdministratorAsync("POST", "/api/gateways", new { name = "far", area = "140106001" });
        foreach (var (method, path, body) in new (string, string, object?)[]
        {
            ("PUT", "/api/workers/far-1", new { name = "x", role = "reserve", area = "140106004" }),
            ("PUT", "/api/workers/near-1", new { name = "x", role = "reserve", area = "140106001" }),
            ("POST", "/api/workers/far-1/leave", null),
            ("PUT", "/api/areas/140106001", new { name = "x" }),
            ("PUT", "/api/areas/140106", new { name = "x" }),
            ("DELETE", $"/api/gateways/{gateway.GetProperty("id").GetInt32()}", null),
        })
        {
            var (status, problem) = await _demo.CallAsync("local", method, path, body);
            Assert.That((status, Text(problem, "reason")), Is.EqualTo((HttpStatusCode.Forbidden, "out-of-scope")), $"{method} {path}");
        }

        Assert.That((await _demo.CallAsync("local", "GET", "/api/gateways")).Body.GetProperty("items").GetArrayLength(), Is.Zero);
    }

    private Task<(HttpStatusCode Status, JsonElement Body)> AdministratorAsync(string method, string path, object? body = null) =>
        _demo.CallAsync("administrator", method, path, body);

    private async Task AddWorkerAsync(string code, string area, string? phone = null)
    {
        var (status, body) = await AdministratorAsync("POST", "/api/workers", new { code, name = "某人", role = "gridWorker", area, phone });
        Assert.That(status, Is.EqualTo(HttpStatusCode.Created), body.ToString());
    }

    private async Task<HttpStatusCode> ReportAsync(JsonElement device, double latitude)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        using var answer = await _demo.Server.Http.GetAsync(
            FormattableString.Invariant($"/osmand?id={Text(device, "osmandId")}&timestamp={now}&lat={latitude}&lon=112.57&accuracy=8"));
        return answer.StatusCode;
    }

    private async Task<HttpStatusCode> BatchAsync(JsonElement gateway)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/positions") { Content = JsonContent.Create(new { positions = Array.Empty<object>() }) };
        var pair = $"{Text(gateway, "user")}:{Text(gateway, "password")}";
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(pair)));
        using var answer = await _demo.Server.Http.SendAsync(request);
        return answer.StatusCode;
    }

    private async Task<JsonElement> GatewayAsync(int id) =>
        (await AdministratorAsync("GET", "/api/gateways")).Body.GetProperty("items").EnumerateArray().Single(row => row.GetProperty("id").GetInt32() == id);

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();
}
