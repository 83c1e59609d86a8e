using System.Net;
using System.Net.Http.Json;
using CommandCenter.IntegrationTests.Harness;

namespace CommandCenter.IntegrationTests.Access;

public sealed class SessionTests
{
    private DemoServer _demo = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _demo = await DemoServer.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _demo.DisposeAsync();

    [Test]
    public async Task AsksWritesByCookieForTheAntiForgeryValueOfThatSession()
    {
        using var browser = Browser();
        var csrf = await SignInAsync(browser, "administrator");
        using var other = Browser();
        var foreign = await SignInAsync(other, "administrator");
        Assert.That(await PostAsync(browser, null), Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await PostAsync(browser, "nonsense"), Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await PostAsync(browser, foreign), Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await PostAsync(browser, csrf), Is.EqualTo(HttpStatusCode.BadRequest), "the body is empty, but it got that far");
        Assert.That(await browser.GetAsync("/api/accounts"), Has.Property("StatusCode").EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task SetsACookieThatScriptsAndOtherSitesCannotUse()
    {
        using var response = await _demo.Server.Http.PostAsJsonAsync("/api/session", Credentials("wall"));
        var cookie = response.Headers.GetValues("Set-Cookie").Single();
        Assert.That(cookie, Does.Contain("httponly").And.Contain("samesite=strict").And.Not.Contain("secure"));
    }

    [Test]
    public async Task SignsOut()
    {
        using var browser = Browser();
        var csrf = await SignInAsync(browser, "wall");
        using var request = new HttpRequestMessage(HttpMethod.Delete, "/api/session") { Headers = { { "X-CSRF-Token", csrf } } };
        using var response = await browser.SendAsync(request);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That((await browser.GetAsync("/api/session")).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [TestCase("http://evil.example", null)]
    [TestCase(null, "cross-site")]
    public async Task SignsNobodyInFromAForeignPage(string? origin, string? site)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/session") { Content = JsonContent.Create(Credentials("wall")) };
        request.Headers.TryAddWithoutValidation("Origin", origin ?? "");
        request.Headers.TryAddWithoutValidation("Sec-Fetch-Site", site ?? "");
        using var response = await _demo.Server.Http.SendAsync(request);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(response.Headers.Contains("Set-Cookie"), Is.False);
    }

    [Test]
    public async Task TakesATokenFromTheQueryAtHubsOnly()
    {
        var token = await DemoServer.SignInAsync(_demo.Server.Http, "wall", Password("wall"));
        Assert.That((await _demo.Server.Http.GetAsync($"/api/session?access_token={token}")).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(_demo.Server.Output, Does.Not.Contain(token));
    }

    [Test]
    public async Task MakesTheThirdFailureWaitButNotOtherPeople()
    {
        async Task<HttpResponseMessage> Try(string user, string password) => await _demo.Server.Http.PostAsJsonAsync("/api/session", new { user, password });
        for (var n = 0; n < 3; n++)
        {
            using var wrong = await Try("supervisor", "wrong");
            Assert.That(wrong.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        }

        using var refused = await Try("supervisor", Password("supervisor"));
        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));
        Assert.That(refused.Headers.RetryAfter?.Delta, Is.EqualTo(TimeSpan.FromSeconds(1)));
        using var other = await Try("wall", Password("wall"));
        Assert.That(other.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        await Eventually.TrueAsync(async () => (await Try("supervisor", Password("supervisor"))).StatusCode == HttpStatusCode.OK, "the right password after the wait");
    }

    [Test]
    public async Task EndsAllSessionsWhenAPasswordChanges()
    {
        await AddAsync("carla", "first password");
        var old = await DemoServer.SignInAsync(_demo.Server.Http, "carla", "first password");
        _demo.Remember("carla", old);
        var (status, session) = await _demo.CallAsync("carla", "POST", "/api/session/password", new { current = "first password", password = "second password" });
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await _demo.CallAsync("carla", "GET", "/api/session")).Status, Is.EqualTo(HttpStatusCode.Unauthorized));
        _demo.Remember("carla", session.GetProperty("token").GetString()!);
        Assert.That((await _demo.CallAsync("carla", "GET", "/api/session")).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task TakesNameInAnyCaseAndNeverTwice()
    {
        await AddAsync("Dora", "a long password");
        await DemoServer.SignInAsync(_demo.Server.Http, "dORA", "a long password");
        var (status, _) = await _demo.CallAsync("administrator", "POST", "/api/accounts", new { user = "DORA", password = "a long password", role = "wall", area = "140106" });
        Assert.That(status, Is.EqualTo(HttpStatusCode.Conflict));
    }

    [Test]
    public async Task KeepsEveryoneFromDisablingThemselves()
    {
        var (_, accounts) = await _demo.CallAsync("administrator", "GET", "/api/accounts");
        var own = accounts.GetProperty("items").EnumerateArray().Single(item => item.GetProperty("user").GetString() == "administrator").GetProperty("id").GetInt32();
        Assert.That((await _demo.CallAsync("administrator", "POST", $"/api/accounts/{own}/disable")).Status, Is.EqualTo(HttpStatusCode.Conflict));
    }

    [Test]
    public async Task WritesNoPasswordIntoItsLog()
    {
        await DemoServer.SignInAsync(_demo.Server.Http, "wall", Password("wall"));
        foreach (var secret in _demo.Secrets.Accounts.Select(account => account.Password).Concat(_demo.Secrets.Devices.SelectMany(device => new[] { device.OsmandId, device.Password })))
        {
            Assert.That(_demo.Server.Output, Does.Not.Contain(secret));
        }
    }

    private async Task AddAsync(string user, string password) => Assert.That(
        (await _demo.CallAsync("administrator", "POST", "/api/accounts", new { user, password, role = "dispatcher", area = "140106001" })).Status,
        Is.EqualTo(HttpStatusCode.Created));

    private HttpClient Browser() => new(new HttpClientHandler { CookieContainer = new CookieContainer() }) { BaseAddress = _demo.Server.Url };

    private string Password(string user) => _demo.Secrets.Accounts.Single(account => account.User == user).Password;

    private object Credentials(string user) => new { user, password = Password(user) };

    private async Task<string> SignInAsync(HttpClient browser, string user)
    {
        using var response = await browser.PostAsJsonAsync("/api/session", Credentials(user));
        return (await response.ReadJsonAsync()).GetProperty("csrf").GetString()!;
    }

    private static async Task<HttpStatusCode> PostAsync(HttpClient browser, string? csrf)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/accounts") { Content = JsonContent.Create(new { }) };
        if (csrf is not null)
        {
            request.Headers.Add("X-CSRF-Token", csrf);
        }

        using var response = await browser.SendAsync(request);
        return response.StatusCode;
    }
}
