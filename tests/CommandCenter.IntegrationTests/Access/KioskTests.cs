using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CommandCenter.Contracts.Wall;
using CommandCenter.IntegrationTests.Harness;

namespace CommandCenter.IntegrationTests.Access;

/// <summary>Pairing displays, what they may do, and revoking them, on the real server.</summary>
public sealed class KioskTests
{
    private static readonly WatchRequest District = new() { Area = "140106" };
    private DemoServer _demo = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _demo = await DemoServer.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _demo.DisposeAsync();

    [Test]
    public async Task GivesASessionThatLastsOnceItsCodeWasEntered()
    {
        using var display = await KioskDisplay.ShowCodeAsync(_demo.Server);
        Assert.That(display.Code, Does.Match("^[A-HJKMNP-Z2-9]{6}$"));
        Assert.That((await display.LookAsync()).Status, Is.EqualTo(HttpStatusCode.Accepted));
        Assert.That(display.LastSetCookie, Is.Null);

        var typed = $" {display.Code[..3]}-{display.Code[3..]} ".ToLowerInvariant();
        var views = new[] { new { area = "140106004", seconds = 30 }, new { area = "140106", seconds = 3600 } };
        var (made, kiosk) = await _demo.CallAsync("administrator", "POST", "/api/kiosks", new { code = typed, name = "大厅", area = "140106", views, reloadAt = "03:30" });
        Assert.That(made, Is.EqualTo(HttpStatusCode.Created), kiosk.ToString());
        Assert.That(
            (Text(kiosk, "name"), Text(kiosk, "language"), Text(kiosk, "style"), Text(kiosk, "reloadAt"), kiosk.GetProperty("views").GetArrayLength()),
            Is.EqualTo(("大厅", "zh-CN", "night", "03:30", 2)));

        var (status, session) = await display.LookAsync();
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((Text(session, "role"), Text(session, "area"), Text(session, "token")), Is.EqualTo(("wall", "140106", (string?)null)));
        Assert.That(session.GetProperty("kiosk").GetInt32(), Is.EqualTo(kiosk.GetProperty("id").GetInt32()));
        Assert.That(Expires(display.LastSetCookie!), Is.GreaterThan(DateTimeOffset.UtcNow.AddDays(390)));
        Assert.That(display.LastSetCookie, Does.Contain("httponly").And.Contain("samesite=strict"));

        var (self, own) = await display.GetAsync("/api/kiosks/self");
        Assert.That((self, own.GetProperty("views")[0].GetProperty("area").GetString()), Is.EqualTo((HttpStatusCode.OK, "140106004")));
        Assert.That((await display.GetAsync("/api/session")).Body.GetProperty("kiosk").GetInt32(), Is.EqualTo(kiosk.GetProperty("id").GetInt32()));
        Assert.That((await display.GetAsync("/api/accounts")).Status, Is.EqualTo(HttpStatusCode.Forbidden));
        var (_, list) = await _demo.CallAsync("administrator", "GET", "/api/kiosks");
        Assert.That(Of(list, kiosk).GetProperty("lastSeenAt").GetDateTimeOffset(), Is.GreaterThan(DateTimeOffset.UtcNow.AddMinutes(-1)));
        Assert.That(_demo.Server.Output, Does.Not.Contain(display.Secret));
    }

    [Test]
    public async Task AnswersTheSessionAgainWhenTheFirstAnswerWasLost()
    {
        var (display, _) = await KioskDisplay.PairedAsync(_demo, "again");
        using (display)
        {
            Assert.That((await display.LookAsync()).Status, Is.EqualTo(HttpStatusCode.OK));
        }
    }

    [Test]
    public async Task GivesTheSessionToNobodyWithoutTheSecret()
    {
        using var display = await KioskDisplay.ShowCodeAsync(_demo.Server);
        using var thief = await KioskDisplay.ShowCodeAsync(_demo.Server);
        var own = display.Secret;
        await _demo.CallAsync("administrator", "POST", "/api/kiosks", new { code = display.Code, name = "secret", area = "140106" });
        display.Secret = thief.Secret;
        var (status, body) = await display.LookAsync();
        Assert.That((status, Text(body, "reason"), display.LastSetCookie), Is.EqualTo((HttpStatusCode.Gone, "pairing-over", (string?)null)));
        display.Secret = "";
        Assert.That((await display.LookAsync()).Status, Is.EqualTo(HttpStatusCode.BadRequest));
        display.Secret = own;
        Assert.That((await display.LookAsync()).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task PairsOneDisplayOnlyByACodeAndSlowsDownGuessing()
    {
        await AddAsync("guesser", "administrator", "140106");
        using var display = await KioskDisplay.ShowCodeAsync(_demo.Server);
        object Body(string code, string name) => new { code, name, area = "140106" };
        Assert.That((await _demo.CallAsync("guesser", "POST", "/api/kiosks", Body(display.Code, "once"))).Status, Is.EqualTo(HttpStatusCode.Created));
        for (var n = 0; n < 3; n++)
        {
            var (status, body) = await _demo.CallAsync("guesser", "POST", "/api/kiosks", Body(display.Code, "twice"));
            Assert.That((status, Text(body, "reason")), Is.EqualTo((HttpStatusCode.NotFound, "wrong-code")));
        }

        Assert.That((await _demo.CallAsync("guesser", "POST", "/api/kiosks", Body("AAAAAA", "twice"))).Status, Is.EqualTo(HttpStatusCode.TooManyRequests));
    }

    [Test]
    public async Task EndsTheSessionAndTheLiveWallWithinSecondsOfRevoking()
    {
        var (display, id) = await KioskDisplay.PairedAsync(_demo, "lobby");
        using var _ = display;
        await using var wall = await WallClient.ConnectAsync(_demo.Server, null, display.CookieHeader);
        await wall.UntilAsync(District, frame => frame.Full);

        Assert.That((await _demo.CallAsync("administrator", "DELETE", $"/api/kiosks/{id}")).Status, Is.EqualTo(HttpStatusCode.NoContent));

        Assert.That(await wall.SignedOut.Task.WaitAsync(TimeSpan.FromSeconds(15)), Is.EqualTo("session-ended"));
        await wall.Closed.Task.WaitAsync(TimeSpan.FromSeconds(15));
        Assert.That((await display.GetAsync("/api/session")).Status, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That((await display.LookAsync()).Status, Is.EqualTo(HttpStatusCode.Gone), "the secret is no way back");
        var (_, list) = await _demo.CallAsync("administrator", "GET", "/api/kiosks");
        var row = list.GetProperty("items").EnumerateArray().Single(item => item.GetProperty("id").GetInt32() == id);
        Assert.That((Text(row, "name"), row.GetProperty("revokedAt").ValueKind), Is.EqualTo(("lobby", JsonValueKind.String)));
        Assert.That((await _demo.CallAsync("administrator", "PUT", $"/api/kiosks/{id}", new { name = "lobby", area = "140106" })).Status, Is.EqualTo(HttpStatusCode.Conflict));
        var (next, other) = await KioskDisplay.PairedAsync(_demo, "lobby");
        next.Dispose();
        Assert.That(other, Is.Not.EqualTo(id), "its name is free for the display that takes its place");
        Assert.That(await ActsAsync("revoke-kiosk"), Does.Contain("lobby"));
    }

    [Test]
    public async Task StaysPairedWhenItsAreaChangesAndSeesTheNewOneAlone()
    {
        var (display, id) = await KioskDisplay.PairedAsync(_demo, "moving");
        using var _ = display;
        var (status, kiosk) = await _demo.CallAsync(
            "administrator", "PUT", $"/api/kiosks/{id}", new { name = "moved", area = "140106004", language = "en", style = "auto" });
        Assert.That((status, Text(kiosk, "name"), Text(kiosk, "area"), Text(kiosk, "style")), Is.EqualTo((HttpStatusCode.OK, "moved", "140106004", "auto")));
        Assert.That(Text((await display.GetAsync("/api/session")).Body, "area"), Is.EqualTo("140106004"));
        Assert.That((await display.GetAsync("/api/areas/140106001")).Status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(Text((await display.GetAsync("/api/kiosks/self")).Body, "language"), Is.EqualTo("en"));
    }

    [Test]
    public async Task CannotBeSignedInAsNorChangedLikeAPerson()
    {
        var (display, id) = await KioskDisplay.PairedAsync(_demo, "nobody");
        display.Dispose();
        using var answer = await _demo.Server.Http.PostAsJsonAsync("/api/session", new { user = "kiosk:nobody", password = "a long password" });
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        var (status, body) = await _demo.CallAsync("administrator", "POST", $"/api/accounts/{id}/password", new { password = "a long password" });
        Assert.That((status, Text(body, "reason")), Is.EqualTo((HttpStatusCode.Conflict, "kiosk")));
        Assert.That((await _demo.CallAsync("administrator", "GET", "/api/accounts")).Body.GetRawText(), Does.Not.Contain("kiosk:"));
    }

    [Test]
    public async Task TellsPeopleThatTheyAreNoKiosk()
    {
        foreach (var role in new[] { "wall", "dispatcher", "supervisor", "administrator" })
        {
            var (status, body) = await _demo.CallAsync(role, "GET", "/api/kiosks/self");
            Assert.That((status, Text(body, "reason")), Is.EqualTo((HttpStatusCode.Forbidden, "no-kiosk")), role);
        }
    }

    [Test]
    public async Task LetsNobodyTouchKiosksOutsideTheirArea()
    {
        await AddAsync("local", "administrator", "140106004");
        var (display, id) = await KioskDisplay.PairedAsync(_demo, "district");
        using var _ = display;
        Assert.That((await _demo.CallAsync("local", "GET", "/api/kiosks")).Body.GetProperty("items").EnumerateArray(), Has.None.Matches<JsonElement>(row => row.GetProperty("id").GetInt32() == id));
        foreach (var (method, path, body) in new (string, string, object?)[]
        {
            ("PUT", $"/api/kiosks/{id}", new { name = "mine", area = "140106004" }),
            ("DELETE", $"/api/kiosks/{id}", null),
            ("DELETE", "/api/kiosks/999999", null),
            ("POST", "/api/kiosks", new { code = "AAAAAA", name = "mine", area = "140106" }),
        })
        {
            var (status, problem) = await _demo.CallAsync("local", method, path, body);
            Assert.That((status, Text(problem, "reason")), Is.EqualTo((HttpStatusCode.Forbidden, "out-of-scope")), $"{method} {path}");
        }

        Assert.That((await display.GetAsync("/api/kiosks/self")).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [TestCase("""{"code":"AAAA1O","name":"x","area":"140106"}""", "code")]
    [TestCase("""{"name":"x","area":"140106"}""", "code")]
    [TestCase("""{"code":"AAAAAA","name":"","area":"140106"}""", "name")]
    [TestCase("""{"code":"AAAAAA","name":"x","area":"a b"}""", "area")]
    [TestCase("""{"code":"AAAAAA","name":"x","area":"140106","language":"fr"}""", "language")]
    [TestCase("""{"code":"AAAAAA","name":"x","area":"140106","style":"pink"}""", "style")]
    [TestCase("""{"code":"AAAAAA","name":"x","area":"140106","reloadAt":"25:00"}""", "reloadAt")]
    [TestCase("""{"code":"AAAAAA","name":"x","area":"140106","views":[{"area":"140106","seconds":4}]}""", "views[0]")]
    [TestCase("""{"code":"AAAAAA","name":"x","area":"140106","views":[{"area":"140106","seconds":5},{"area":"140106","seconds":3601}]}""", "views[1]")]
    [TestCase("""{"code":"AAAAAA","name":"x","area":"140106","views":[null]}""", "views[0]")]
    [TestCase("""{"code":"AAAAAA","name":"x","area":"140106004","views":[{"area":"140106001","seconds":9}]}""", "views[0].area")]
    [TestCase("""{"code":"AAAAAA","name":"x","area":"140106004","views":[{"area":"nowhere","seconds":9}]}""", "views[0].area")]
    public async Task NamesWhatIsWrongWithTheSettings(string body, string argument)
    {
        var (status, problem) = await _demo.CallAsync("administrator", "POST", "/api/kiosks", JsonDocument.Parse(body).RootElement);
        Assert.That((status, Text(problem, "argument")), Is.EqualTo((HttpStatusCode.BadRequest, argument)), problem.ToString());
    }

    [Test]
    public async Task TakesAtMostFiftyViews()
    {
        var views = Enumerable.Repeat(new { area = "140106", seconds = 5 }, 51);
        var (status, problem) = await _demo.CallAsync("administrator", "POST", "/api/kiosks", new { code = "AAAAAA", name = "x", area = "140106", views });
        Assert.That((status, Text(problem, "argument")), Is.EqualTo((HttpStatusCode.BadRequest, "views")));
    }

    [Test]
    public async Task PairsNoDisplayForAForeignPage()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/kiosks/pairings") { Headers = { { "Origin", "http://evil.example" } } };
        using var answer = await _demo.Server.Http.SendAsync(request);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    private async Task AddAsync(string user, string role, string area)
    {
        var (status, _) = await _demo.CallAsync("administrator", "POST", "/api/accounts", new { user, password = "a long password", role, area });
        Assert.That(status, Is.EqualTo(HttpStatusCode.Created));
        _demo.Remember(user, await DemoServer.SignInAsync(_demo.Server.Http, user, "a long password"));
    }

    private async Task<IEnumerable<string?>> ActsAsync(string action) =>
        (await _demo.CallAsync("administrator", "GET", $"/api/audit?action={action}")).Body.GetProperty("items").EnumerateArray().Select(row => Text(row, "detail"));

    private static JsonElement Of(JsonElement list, JsonElement kiosk) =>
        list.GetProperty("items").EnumerateArray().Single(row => row.GetProperty("id").GetInt32() == kiosk.GetProperty("id").GetInt32());

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();

    private static DateTimeOffset Expires(string cookie) => DateTimeOffset.Parse(
        cookie.Split(';').Single(part => part.TrimStart().StartsWith("expires=", StringComparison.OrdinalIgnoreCase)).Split('=')[1], CultureInfo.InvariantCulture);
}
