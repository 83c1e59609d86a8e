using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.RegularExpressions;
using CommandCenter.IntegrationTests.Harness;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CommandCenter.BrowserTests;

/// <summary>Alarms on pages that are no wall: a press shows there, too, and the page of their reconciliation counts it.</summary>
public sealed class AlarmElsewhereTests
{
    private DemoPages _pages = null!;

    private DemoCenter Center => _pages.Center;

    [SetUp]
    public async Task StartAsync() => _pages = await DemoPages.StartAsync();

    [TearDown]
    public async Task StopAsync() => await _pages.DisposeAsync();

    [Test]
    public async Task WhoLooksBackOrAdministersSeesAPressAndAcknowledgesItThere()
    {
        var (desk, deskWatch) = await _pages.SignedInAsync("dispatcher");
        await desk.GotoAsync("/playback");
        var (admin, _) = await _pages.SignedInAsync("administrator");
        await admin.GotoAsync("/admin/workers");
        await Expect(admin.GetByTestId("workers")).ToBeVisibleAsync();

        var first = await PressAsync(Center.Devices[0]);
        foreach (var page in new[] { desk, admin })
        {
            await Expect(page.GetByTestId("alarm-strip").Locator("article")).ToHaveAttributeAsync("data-id", first);
            await Expect(page.GetByTestId("strip-who")).Not.ToBeEmptyAsync();
        }

        await Eventually.TrueAsync(
            async () => (await AskAsync($"/api/alarms/{first}")).GetProperty("ledger").EnumerateArray().Any(entry => entry.GetProperty("step").GetString() == "shown"),
            "it counts as shown",
            TimeSpan.FromSeconds(60));
        Assert.That(await Axe.ViolationsAsync(admin), Is.Empty);

        await admin.GetByTestId("strip-fold").ClickAsync();
        await Expect(admin.GetByTestId("strip-unfold")).ToBeVisibleAsync();
        await PressAsync(Center.Devices[1]);
        await Expect(admin.GetByTestId("alarm-strip").Locator("article")).ToBeVisibleAsync();

        var wall = await desk.RunAndWaitForPopupAsync(() => desk.GetByTestId("strip-open").ClickAsync());
        await Expect(wall.GetByTestId("alarm-card")).ToBeVisibleAsync();

        await desk.GetByTestId("strip-acknowledge").ClickAsync();
        await Expect(desk.GetByTestId("alarm-strip").Locator("article")).Not.ToHaveAttributeAsync("data-id", first);
        await desk.GetByTestId("strip-acknowledge").ClickAsync();
        await Expect(desk.GetByTestId("alarm-strip")).ToHaveCountAsync(0);
        await Expect(admin.GetByTestId("alarm-strip")).ToHaveCountAsync(0);
        Assert.That(deskWatch.Errors, Is.Empty);
    }

    [Test]
    public async Task TheWaitingIsCountedByTheServersClockWhateverTheScreensOwnSays()
    {
        var (page, _) = await _pages.SignedInAsync("dispatcher");
        await page.AddInitScriptAsync("{ const now = Date.now; Date.now = () => now() + 5_400_000; }");
        await page.GotoAsync("/playback");
        await PressAsync(Center.Devices[0]);

        await Expect(page.GetByTestId("alarm-strip").GetByRole(AriaRole.Timer)).ToHaveTextAsync(new Regex("^\\d\\d?:\\d\\d$"));
    }

    [Test]
    public async Task TheReconciliationPageSaysThatThereIsNothingThenWhatIsMissingAndThatItCannotBeAsked()
    {
        var (page, watch) = await _pages.SignedInAsync("administrator");
        await page.GotoAsync("/admin/reconciliation");
        await Expect(page.GetByTestId("list-empty")).ToBeVisibleAsync();

        await page.RouteAsync("**/hubs/**", route => route.AbortAsync()); // so that this page does not draw it
        await page.ReloadAsync();
        var id = await PressAsync(Center.Devices[0]);
        await page.GetByTestId("refresh").ClickAsync();
        await Expect(page.GetByTestId("station-received")).ToContainTextAsync("1");
        await Expect(page.GetByTestId("notShown")).ToContainTextAsync(id);
        await Expect(page.GetByTestId("notAcknowledged")).ToContainTextAsync(id);

        await page.RouteAsync("**/api/alarms/reconciliation**", route => route.FulfillAsync(new RouteFulfillOptions { Status = 503 }));
        await page.GetByTestId("refresh").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert).First).ToBeVisibleAsync();
        await Expect(page.GetByTestId("station-received")).ToContainTextAsync("1");
        await page.ReloadAsync();
        await Expect(page.GetByTestId("list-failed")).ToBeVisibleAsync();
        await page.UnrouteAllAsync();
        await page.GetByTestId("list-failed").GetByRole(AriaRole.Button).ClickAsync();
        await Expect(page.GetByTestId("station-received")).ToContainTextAsync("1");
        Assert.That(watch.Errors, Is.Empty);
    }

    private async Task<string> PressAsync(DemoDevice device)
    {
        var id = Guid.NewGuid().ToString("D");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/alarms")
        {
            Content = JsonContent.Create(new { id, kind = "sos", longitude = 112.57, latitude = 37.86, accuracyMeters = 12, occurredAt = DateTimeOffset.UtcNow }),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{device.User}:{device.Password}")));
        using var answer = await Center.Server.Http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        return id;
    }

    private async Task<System.Text.Json.JsonElement> AskAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await Center.SignInAsync("administrator"));
        using var answer = await Center.Server.Http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        return await answer.ReadJsonAsync();
    }
}
