using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using CommandCenter.IntegrationTests.Harness;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CommandCenter.BrowserTests;

/// <summary>A screen nobody stands at: paired by a code, cycling its views, saying when it is old.</summary>
public sealed class WallKioskTests
{
    private int _displays;
    private const string Liuxiang = "140106001";
    private TemporaryFolder _folder = null!;
    private DemoCenter _center = null!;
    private Browser _browser = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _folder = new TemporaryFolder();
        _center = await DemoCenter.OfAsync(await ServerProcess.StartAsync(_folder.Path));
        _browser = await Browser.LaunchAsync();
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _browser.DisposeAsync();
        await _center.Server.DisposeAsync();
        _folder.Dispose();
    }

    [Test]
    public async Task CyclesItsViewsInItsOwnLanguageAndStyleWithoutControls()
    {
        var (wall, page, _) = await PairedAsync();

        await Expect(wall.KioskStrip).ToHaveAttributeAsync("data-count", "2");
        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "en");
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-style", "day");
        await Expect(wall.Title).ToContainTextAsync("Liuxiang", new() { Timeout = 30_000 });
        await Expect(wall.Title).ToContainTextAsync("Yingze", new() { Timeout = 30_000 });
        await Expect(wall.Search).ToHaveCountAsync(0);
        await Expect(page.GetByRole(AriaRole.Button)).ToHaveCountAsync(0);
        Assert.That(page.Url, Does.EndWith("/?kiosk=1"), "no token and no view in the address");
    }

    [Test]
    public async Task SaysHowOldItsPictureIsWhileTheServerIsStoppedAndGoesOnByItself()
    {
        var (wall, _, _) = await PairedAsync();
        SendSignal("STOP");
        try
        {
            await Expect(wall.StaleBar).ToBeVisibleAsync(new() { Timeout = 20_000 });
            await Expect(wall.Connection).Not.ToHaveAttributeAsync("data-state", "live");
        }
        finally
        {
            SendSignal("CONT");
        }

        await Expect(wall.StaleBar).ToBeHiddenAsync(new() { Timeout = 60_000 });
        await Expect(wall.Connection).ToHaveAttributeAsync("data-state", "live");
    }

    [Test]
    public async Task ComesBackAfterItsGraphicsWereLost()
    {
        var (wall, _, _) = await PairedAsync();
        await wall.WaitForMapAsync();

        await wall.LoseGraphicsAsync();

        await wall.WaitForMapAsync();
        await Expect(wall.StaleBar).ToBeHiddenAsync(new() { Timeout = 30_000 });
    }

    [Test]
    public async Task ARevokedDisplayLosesItsPicture()
    {
        var (wall, page, kiosk) = await PairedAsync();

        using var request = await AsAdministratorAsync(HttpMethod.Delete, $"/api/kiosks/{kiosk}");
        using var answer = await _center.Server.Http.SendAsync(request);
        answer.EnsureSuccessStatusCode();

        await Expect(page.GetByTestId("wall")).ToBeHiddenAsync(new() { Timeout = 30_000 });
    }

    /// <summary>The display's part in the page, the administrator's over HTTP.</summary>
    private async Task<(WallPage Wall, IPage Page, int Kiosk)> PairedAsync()
    {
        var (page, _) = await _browser.NewPageAsync(_center.Server.Url.ToString());
        await page.GotoAsync("/");
        var pairing = await page.EvaluateAsync<JsonElement>("async () => (await fetch('/api/kiosks/pairings', { method: 'POST' })).json()");
        using var request = await AsAdministratorAsync(HttpMethod.Post, "/api/kiosks");
        request.Content = JsonContent.Create(new
        {
            code = pairing.GetProperty("code").GetString(),
            name = $"大厅{++_displays}号屏",
            area = "140106",
            views = new[] { new { area = "140106", seconds = 5 }, new { area = Liuxiang, seconds = 5 } },
            language = "en",
            style = "day",
        });
        using var answer = await _center.Server.Http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        var kiosk = (await answer.ReadJsonAsync()).GetProperty("id").GetInt32();
        await page.EvaluateAsync(
            """
            async ({ id, secret }) => {
              const answer = await fetch(`/api/kiosks/pairings/${id}/session`, {
                method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ secret }),
              });
              if (answer.status !== 200) throw new Error(`${answer.status} ${await answer.text()}`);
            }
            """,
            new { id = pairing.GetProperty("id").GetString(), secret = pairing.GetProperty("secret").GetString() });
        await page.GotoAsync("/?kiosk=1");
        var wall = new WallPage(page);
        await wall.WaitForPictureAsync();
        return (wall, page, kiosk);
    }

    private async Task<HttpRequestMessage> AsAdministratorAsync(HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await _center.SignInAsync("administrator"));
        return request;
    }

    private void SendSignal(string name)
    {
        using var kill = Process.Start("kill", ["-" + name, _center.Server.ProcessId.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }
}
