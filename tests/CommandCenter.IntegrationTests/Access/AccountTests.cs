using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CommandCenter.Contracts.Wall;
using CommandCenter.IntegrationTests.Harness;

namespace CommandCenter.IntegrationTests.Access;

/// <summary>What administrators change of accounts, on the real server.</summary>
public sealed class AccountTests
{
    private const string Password = "a long password";
    private DemoServer _demo = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _demo = await DemoServer.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _demo.DisposeAsync();

    [Test]
    public async Task EndsSessionsAndTheLiveWallWhenTheAreaChanges()
    {
        var id = await AddAsync("eve", "dispatcher", "140106");
        var token = await SignInAsync("eve");
        await using var wall = await WallClient.ConnectAsync(_demo.Server, token);
        await wall.UntilAsync(new WatchRequest { Area = "140106" }, frame => frame.Full);

        var (status, account) = await AdministratorAsync("PUT", $"/api/accounts/{id}", new { role = "supervisor", area = "140106004" });

        Assert.That((status, Text(account, "role"), Text(account, "area"), Text(account, "user")), Is.EqualTo((HttpStatusCode.OK, "supervisor", "140106004", "eve")));
        Assert.That(await wall.SignedOut.Task.WaitAsync(TimeSpan.FromSeconds(15)), Is.EqualTo("session-ended"));
        Assert.That((await _demo.CallAsync("eve", "GET", "/api/session")).Status, Is.EqualTo(HttpStatusCode.Unauthorized));
        await SignInAsync("eve");
        var (_, session) = await _demo.CallAsync("eve", "GET", "/api/session");
        Assert.That((Text(session, "role"), Text(session, "area")), Is.EqualTo(("supervisor", "140106004")));
        var (_, trail) = await AdministratorAsync("GET", "/api/audit?action=change-account&limit=1");
        Assert.That(Text(trail.GetProperty("items")[0], "detail"), Is.EqualTo("eve, dispatcher to supervisor, 140106 to 140106004"));
    }

    [Test]
    public async Task KeepsSessionsWhenNothingChanges()
    {
        var id = await AddAsync("same", "wall", "140106");
        await SignInAsync("same");
        Assert.That((await AdministratorAsync("PUT", $"/api/accounts/{id}", new { role = "wall" })).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await _demo.CallAsync("same", "GET", "/api/session")).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task LetsADisabledAccountInAgainOnlyOnceEnabled()
    {
        var id = await AddAsync("back", "wall", "140106");
        await SignInAsync("back");
        Assert.That((await AdministratorAsync("POST", $"/api/accounts/{id}/disable")).Status, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That((await TryAsync("back", Password)).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That((await AdministratorAsync("POST", $"/api/accounts/{id}/password", new { password = "another password" })).Status, Is.EqualTo(HttpStatusCode.Conflict));
        Assert.That((await AdministratorAsync("POST", $"/api/accounts/{id}/enable")).Status, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That((await _demo.CallAsync("back", "GET", "/api/session")).Status, Is.EqualTo(HttpStatusCode.Unauthorized), "the session of before stays ended");
        Assert.That((await TryAsync("back", Password)).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        var row = await RowAsync(id);
        Assert.That(row.GetProperty("disabledAt").ValueKind, Is.EqualTo(JsonValueKind.Null));
    }

    [Test]
    public async Task ResetsAForgottenPasswordAndEndsTheSessions()
    {
        var id = await AddAsync("forgetful", "dispatcher", "140106");
        await SignInAsync("forgetful");
        Assert.That((await AdministratorAsync("POST", $"/api/accounts/{id}/password", new { password = "a brand new one" })).Status, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That((await _demo.CallAsync("forgetful", "GET", "/api/session")).Status, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That((await TryAsync("forgetful", Password)).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That((await TryAsync("forgetful", "a brand new one")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(_demo.Server.Output, Does.Not.Contain("a brand new one"));
        Assert.That((await AdministratorAsync("GET", "/api/audit?limit=50")).Body.GetRawText(), Does.Not.Contain("a brand new one"));
    }

    [Test]
    public async Task SaysWhenSomebodySignedInLast()
    {
        var id = await AddAsync("new", "wall", "140106");
        Assert.That((await RowAsync(id)).GetProperty("lastSignInAt").ValueKind, Is.EqualTo(JsonValueKind.Null));
        await SignInAsync("new");
        Assert.That((await RowAsync(id)).GetProperty("lastSignInAt").GetDateTimeOffset(), Is.EqualTo(DateTimeOffset.UtcNow).Within(TimeSpan.FromMinutes(1)));
    }

    [Test]
    public async Task KeepsEveryoneFromChangingThemselves()
    {
        var (_, list) = await AdministratorAsync("GET", "/api/accounts");
        var own = list.GetProperty("items").EnumerateArray().Single(row => Text(row, "user") == "administrator").GetProperty("id").GetInt32();
        foreach (var (method, path, body) in Changes(own))
        {
            var (status, problem) = await AdministratorAsync(method, path, body);
            Assert.That((status, Text(problem, "reason")), Is.EqualTo((HttpStatusCode.Conflict, "own-account")), $"{method} {path}");
        }
    }

    [Test]
    public async Task ChangesNoAccountOutsideTheAdministratorsArea()
    {
        await AddAsync("local", "administrator", "140106004");
        await SignInAsync("local");
        var outside = await AddAsync("outside", "wall", "140106001");
        var inside = await AddAsync("inside", "wall", "140106004");
        foreach (var (method, path, body) in Changes(outside).Concat(Changes(999_999)).Append(("PUT", $"/api/accounts/{inside}", new { area = "140106" })))
        {
            var (status, problem) = await _demo.CallAsync("local", method, path, body);
            Assert.That((status, Text(problem, "reason")), Is.EqualTo((HttpStatusCode.Forbidden, "out-of-scope")), $"{method} {path}");
        }

        Assert.That(Text(await RowAsync(outside), "role"), Is.EqualTo("wall"));
        var (_, list) = await _demo.CallAsync("local", "GET", "/api/accounts");
        Assert.That(list.GetProperty("items").EnumerateArray().Select(row => Text(row, "area")), Is.All.StartsWith("140106004"));
    }

    [TestCase("PUT", "", """{"role":"king"}""", "role")]
    [TestCase("PUT", "", """{}""", "role or area")]
    [TestCase("PUT", "", """{"area":"a b"}""", "area")]
    [TestCase("POST", "/password", """{"password":"short"}""", "password")]
    [TestCase("POST", "/password", """{}""", "password")]
    public async Task NamesABadArgument(string method, string tail, string body, string argument)
    {
        var (status, problem) = await AdministratorAsync(method, $"/api/accounts/1{tail}", JsonDocument.Parse(body).RootElement);
        Assert.That((status, Text(problem, "argument")), Is.EqualTo((HttpStatusCode.BadRequest, argument)));
    }

    [Test]
    public async Task PagesThroughAllAccountsOnce()
    {
        await AddAsync("page1", "wall", "140106");
        await AddAsync("page2", "wall", "140106");
        var ids = new List<int>();
        string? next = null;
        do
        {
            var (_, page) = await AdministratorAsync("GET", $"/api/accounts?limit=2{(next is null ? "" : $"&cursor={next}")}");
            ids.AddRange(page.GetProperty("items").EnumerateArray().Select(row => row.GetProperty("id").GetInt32()));
            next = Text(page, "next");
        }
        while (next is not null);

        var (_, all) = await AdministratorAsync("GET", "/api/accounts");
        Assert.That(ids, Is.Unique.And.EqualTo(all.GetProperty("items").EnumerateArray().Select(row => row.GetProperty("id").GetInt32())));
    }

    private static (string Method, string Path, object? Body)[] Changes(int id) =>
    [
        ("PUT", $"/api/accounts/{id}", new { role = "dispatcher" }),
        ("POST", $"/api/accounts/{id}/disable", null),
        ("POST", $"/api/accounts/{id}/enable", null),
        ("POST", $"/api/accounts/{id}/password", new { password = "a brand new one" }),
    ];

    private Task<(HttpStatusCode Status, JsonElement Body)> AdministratorAsync(string method, string path, object? body = null) =>
        _demo.CallAsync("administrator", method, path, body);

    private async Task<int> AddAsync(string user, string role, string area)
    {
        var (status, account) = await AdministratorAsync("POST", "/api/accounts", new { user, password = Password, role, area });
        Assert.That(status, Is.EqualTo(HttpStatusCode.Created));
        return account.GetProperty("id").GetInt32();
    }

    private async Task<string> SignInAsync(string user)
    {
        var token = await DemoServer.SignInAsync(_demo.Server.Http, user, Password);
        _demo.Remember(user, token);
        return token;
    }

    private async Task<HttpResponseMessage> TryAsync(string user, string password) =>
        await _demo.Server.Http.PostAsJsonAsync("/api/session", new { user, password });

    private async Task<JsonElement> RowAsync(int id) =>
        (await AdministratorAsync("GET", "/api/accounts")).Body.GetProperty("items").EnumerateArray().Single(row => row.GetProperty("id").GetInt32() == id);

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();
}
