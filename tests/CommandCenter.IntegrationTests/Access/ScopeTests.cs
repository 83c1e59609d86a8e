using System.Net;

namespace CommandCenter.IntegrationTests.Access;

/// <summary>Role × area × endpoint of areas, roster and access, on the real server.</summary>
public sealed class ScopeTests
{
    private const string Inside = "140106004";
    private const string Outside = "140106001";
    private const string Small = "dispatcher-140106004";

    private static readonly string[] Everyone = ["wall", "dispatcher", "supervisor", "administrator"];

    private DemoServer _demo = null!;
    private string _insider = null!;
    private string _outsider = null!;
    private int _outsidersDevice;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _demo = await DemoServer.StartAsync();
        _insider = await FirstWorkerAsync(Inside);
        _outsider = await FirstWorkerAsync(Outside);
        var (_, devices) = await _demo.CallAsync("administrator", "GET", $"/api/devices?area={Outside}&limit=1");
        _outsidersDevice = devices.GetProperty("items")[0].GetProperty("id").GetInt32();
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _demo.DisposeAsync();

    [TestCase("/api/areas", "wall dispatcher supervisor administrator")]
    [TestCase("/api/areas/140106", "wall dispatcher supervisor administrator")]
    [TestCase("/api/workers?limit=1", "wall dispatcher supervisor administrator")]
    [TestCase("/api/session", "wall dispatcher supervisor administrator")]
    [TestCase("/api/devices?limit=1", "dispatcher supervisor administrator")]
    [TestCase("/api/accounts", "administrator")]
    [TestCase("/api/audit?limit=1", "administrator")]
    [TestCase("/api/kiosks", "administrator")]
    [TestCase("/api/gateways", "administrator")]
    public async Task AnswersTheRolesThatMayReadAndRefusesTheRest(string path, string roles)
    {
        foreach (var role in Everyone)
        {
            var (status, body) = await _demo.CallAsync(role, "GET", path);
            Assert.That(status, Is.EqualTo(roles.Split(' ').Contains(role) ? HttpStatusCode.OK : HttpStatusCode.Forbidden), $"{role} {path}");
            if (status == HttpStatusCode.Forbidden)
            {
                Assert.That(body.GetProperty("reason").GetString(), Is.EqualTo("role"));
            }
        }

        var (anonymous, problem) = await _demo.CallAsync(null, "GET", path);
        Assert.That(anonymous, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(problem.GetProperty("reason").GetString(), Is.EqualTo("signed-out"));
    }

    [TestCase("POST", "/api/areas", "administrator")]
    [TestCase("POST", "/api/workers", "administrator")]
    [TestCase("POST", "/api/gateways", "administrator")]
    [TestCase("POST", "/api/accounts", "administrator")]
    [TestCase("POST", "/api/accounts/999999/disable", "administrator")]
    [TestCase("POST", "/api/accounts/999999/enable", "administrator")]
    [TestCase("POST", "/api/accounts/999999/password", "administrator")]
    [TestCase("PUT", "/api/accounts/999999", "administrator")]
    [TestCase("POST", "/api/kiosks", "administrator")]
    [TestCase("PUT", "/api/kiosks/999999", "administrator")]
    [TestCase("DELETE", "/api/kiosks/999999", "administrator")]
    [TestCase("DELETE", "/api/gateways/999999", "administrator")]
    [TestCase("PUT", "/api/areas/nowhere", "administrator")]
    [TestCase("PUT", "/api/workers/none", "administrator")]
    [TestCase("POST", "/api/workers/none/leave", "administrator")]
    [TestCase("POST", "/api/workers/none/follow", "wall dispatcher supervisor administrator")]
    [TestCase("POST", "/api/devices", "dispatcher administrator")]
    [TestCase("DELETE", "/api/devices/999999", "dispatcher administrator")]
    [TestCase("POST", "/api/workers/none/duty", "dispatcher supervisor administrator")]
    public async Task LetsOnlyTheRolesThatMayWritePastTheDoor(string method, string path, string roles)
    {
        foreach (var role in Everyone)
        {
            // Nothing in the body makes sense, so whoever is let in gets another refusal than "role".
            var (status, body) = await _demo.CallAsync(role, method, path, method == "DELETE" ? null : new { onDuty = true });
            var refusedByRole = status == HttpStatusCode.Forbidden && body.GetProperty("reason").GetString() == "role";
            Assert.That(refusedByRole, Is.EqualTo(!roles.Split(' ').Contains(role)), $"{role} {method} {path}: {(int)status}");
        }

        Assert.That((await _demo.CallAsync(null, method, path, method == "DELETE" ? null : new { onDuty = true })).Status, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task ListsOnlyWhatLiesInTheViewersArea()
    {
        var (_, areas) = await _demo.CallAsync(Small, "GET", "/api/areas?limit=5000");
        Assert.That(Codes(areas, "code"), Is.Not.Empty.And.All.StartsWith(Inside));
        Assert.That(areas.GetProperty("items")[0].GetProperty("parent").ValueKind, Is.EqualTo(System.Text.Json.JsonValueKind.Null));
        var (_, workers) = await _demo.CallAsync(Small, "GET", "/api/workers?limit=5000");
        Assert.That(Codes(workers, "area"), Is.Not.Empty.And.All.StartsWith(Inside));
        var (_, devices) = await _demo.CallAsync(Small, "GET", "/api/devices?limit=5000");
        Assert.That(Codes(devices, "worker"), Is.Not.Empty.And.SubsetOf(Codes(workers, "code")));
    }

    [Test]
    public async Task AnswersOutsideAndUnknownAlike()
    {
        foreach (var (outside, unknown) in new[]
        {
            ($"/api/areas/{Outside}", "/api/areas/nowhere"),
            ("/api/areas/140106", "/api/areas/nowhere"),
            ($"/api/areas?parent={Outside}", "/api/areas?parent=nowhere"),
            ($"/api/workers?area={Outside}", "/api/workers?area=nowhere"),
            ($"/api/workers/{_outsider}", "/api/workers/nobody"),
            ($"/api/devices?area={Outside}", "/api/devices?area=nowhere"),
            ($"/api/devices?worker={_outsider}", "/api/devices?worker=nobody"),
            ($"/api/devices/{_outsidersDevice}", "/api/devices/999999"),
        })
        {
            var (status, body) = await _demo.CallAsync(Small, "GET", outside);
            var (unknownStatus, unknownBody) = await _demo.CallAsync(Small, "GET", unknown);
            Assert.That((status, unknownStatus), Is.EqualTo((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden)), outside);
            Assert.That(body.GetProperty("detail").GetString(), Is.EqualTo(unknownBody.GetProperty("detail").GetString()), outside);
        }
    }

    [Test]
    public async Task ChangesNothingOutsideTheViewersArea()
    {
        Assert.That((await _demo.CallAsync(Small, "POST", "/api/devices", new { worker = _outsider })).Status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await _demo.CallAsync(Small, "DELETE", $"/api/devices/{_outsidersDevice}")).Status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await _demo.CallAsync(Small, "POST", $"/api/workers/{_outsider}/duty", new { onDuty = false })).Status, Is.EqualTo(HttpStatusCode.Forbidden));
        var (_, device) = await _demo.CallAsync("administrator", "GET", $"/api/devices/{_outsidersDevice}");
        Assert.That(device.GetProperty("revokedAt").ValueKind, Is.EqualTo(System.Text.Json.JsonValueKind.Null));
    }

    [Test]
    public async Task ShowsTheWallNoPhoneNumber()
    {
        foreach (var path in new[] { "/api/workers?limit=5000", $"/api/workers/{_insider}" })
        {
            Assert.That((await _demo.CallAsync("wall", "GET", path)).Body.GetRawText(), Does.Not.Contain("1390000"), path);
            Assert.That((await _demo.CallAsync("dispatcher", "GET", path)).Body.GetRawText(), Does.Contain("1390000"), path);
        }
    }

    [Test]
    public async Task WritesDownEachOpeningOfACard()
    {
        await _demo.CallAsync(Small, "GET", $"/api/workers/{_insider}?reason=lost");
        var (_, trail) = await _demo.CallAsync("administrator", "GET", "/api/audit?limit=1");
        var row = trail.GetProperty("items")[0];
        Assert.That(
            (row.GetProperty("user").GetString(), row.GetProperty("action").GetString(), row.GetProperty("worker").GetString(), row.GetProperty("reason").GetString()),
            Is.EqualTo((Small, "open-card", _insider, "lost")));
    }

    [Test]
    public async Task PagesThroughEverythingOnce()
    {
        var codes = new List<string?>();
        string? next = null;
        do
        {
            var (_, page) = await _demo.CallAsync("administrator", "GET", $"/api/areas?limit=50{(next is null ? "" : $"&cursor={next}")}");
            codes.AddRange(Codes(page, "code"));
            next = page.GetProperty("next").GetString();
        }
        while (next is not null);

        var (_, all) = await _demo.CallAsync("administrator", "GET", "/api/areas?limit=5000");
        Assert.That(codes, Is.EqualTo(Codes(all, "code")));
    }

    [TestCase("/api/areas?kind=Grid", "kind")]
    [TestCase("/api/areas?limit=5001", "limit")]
    [TestCase("/api/areas?limit=x", "limit")]
    [TestCase("/api/areas?cursor=!!", "cursor")]
    [TestCase("/api/areas?geometry=yes", "geometry")]
    [TestCase("/api/workers?onDuty=maybe", "onDuty")]
    [TestCase("/api/workers?cursor=YWJj", "cursor")]
    [TestCase("/api/devices?limit=-1", "limit")]
    [TestCase("/api/audit?cursor=YWJj", "cursor")]
    public async Task NamesABadArgument(string path, string argument)
    {
        var (status, body) = await _demo.CallAsync("administrator", "GET", path);
        Assert.That(status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(body.GetProperty("argument").GetString(), Is.EqualTo(argument));
        Assert.That(body.GetProperty("allowed").GetString(), Is.Not.Empty);
    }

    private async Task<string> FirstWorkerAsync(string area) =>
        (await _demo.CallAsync("administrator", "GET", $"/api/workers?area={area}&onDuty=true&limit=1")).Body.GetProperty("items")[0].GetProperty("code").GetString()!;

    private static List<string?> Codes(System.Text.Json.JsonElement page, string property) =>
        [.. page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty(property).GetString())];
}
