using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CommandCenter.IntegrationTests.Harness;

namespace CommandCenter.IntegrationTests.Access;

/// <summary>A display as its browser behaves: it asks for a code, looks whether somebody entered it, and keeps its cookie.</summary>
internal sealed class KioskDisplay : IDisposable
{
    private readonly CookieContainer _cookies = new();
    private readonly HttpClient _browser;

    private KioskDisplay(ServerProcess server) =>
        _browser = new HttpClient(new HttpClientHandler { CookieContainer = _cookies }) { BaseAddress = server.Url };

    public string Id { get; private set; } = "";

    public string Code { get; private set; } = "";

    public string Secret { get; set; } = "";

    public string? LastSetCookie { get; private set; }

    public string CookieHeader => _cookies.GetCookieHeader(_browser.BaseAddress!);

    public static async Task<KioskDisplay> ShowCodeAsync(ServerProcess server)
    {
        var display = new KioskDisplay(server);
        using var answer = await display._browser.PostAsync("/api/kiosks/pairings", null);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        var pairing = await answer.ReadJsonAsync();
        (display.Id, display.Code, display.Secret) =
            (pairing.GetProperty("id").GetString()!, pairing.GetProperty("code").GetString()!, pairing.GetProperty("secret").GetString()!);
        return display;
    }

    /// <summary>A display that an administrator paired already, with its kiosk's id.</summary>
    public static async Task<(KioskDisplay Display, int Id)> PairedAsync(DemoServer demo, string name, string area = "140106")
    {
        var display = await ShowCodeAsync(demo.Server);
        var (status, kiosk) = await demo.CallAsync("administrator", "POST", "/api/kiosks", new { code = display.Code, name, area });
        Assert.That(status, Is.EqualTo(HttpStatusCode.Created), kiosk.ToString());
        Assert.That((await display.LookAsync()).Status, Is.EqualTo(HttpStatusCode.OK));
        return (display, kiosk.GetProperty("id").GetInt32());
    }

    public async Task<(HttpStatusCode Status, JsonElement Body)> LookAsync(ServerProcess? on = null)
    {
        var url = new Uri(on?.Url ?? _browser.BaseAddress!, $"/api/kiosks/pairings/{Id}/session");
        using var answer = await _browser.PostAsJsonAsync(url, new { secret = Secret });
        LastSetCookie = answer.Headers.TryGetValues("Set-Cookie", out var set) ? set.Single() : null;
        return await ReadAsync(answer);
    }

    public async Task<(HttpStatusCode Status, JsonElement Body)> GetAsync(string path, ServerProcess? on = null)
    {
        using var answer = await _browser.GetAsync(new Uri(on?.Url ?? _browser.BaseAddress!, path));
        return await ReadAsync(answer);
    }

    public void Dispose() => _browser.Dispose();

    private static async Task<(HttpStatusCode Status, JsonElement Body)> ReadAsync(HttpResponseMessage answer) =>
        (answer.StatusCode, answer.Content.Headers.ContentLength is 0 ? default : await answer.ReadJsonAsync());
}
