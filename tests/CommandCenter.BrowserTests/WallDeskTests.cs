using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using CommandCenter.IntegrationTests.Harness;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CommandCenter.BrowserTests;

/// <summary>What a dispatcher does at the wall: follow, look up, switch layers and style, measure, go back.</summary>
public sealed class WallDeskTests
{
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
    public async Task FollowingKeepsTheWorkerInTheMiddleUntilEscapeAndIsOnTheAuditTrail()
    {
        var (wall, page) = await SignedInAsync();
        var device = _center.Devices[0];
        await _center.SendFixAsync(device, Now(), 112.5612, 37.8612);
        await wall.WaitForWorkerAtAsync(device.Worker, 112.5612, 37.8612);
        await wall.FindWorkerAsync(device.Worker);

        await wall.Card.Follow.ClickAsync();
        await Expect(wall.Card.Follow).ToHaveAttributeAsync("aria-pressed", "true");
        // A jump shows once a second fix agrees.
        for (var n = 0; n < 3; n++)
        {
            await _center.SendFixAsync(device, Now(), 112.5650, 37.8640);
            await page.WaitForTimeoutAsync(1200);
        }

        await wall.WaitForWorkerAtAsync(device.Worker, 112.5650, 37.8640);
        await wall.WaitForWorkerInTheMiddleAsync(device.Worker);

        await page.Keyboard.PressAsync("Escape");
        await Expect(wall.Card.Follow).ToHaveAttributeAsync("aria-pressed", "false");
        Assert.That(await wall.IsFollowingAsync(), Is.False);
        Assert.That(await AuditAsync("follow"), Does.Contain(device.Worker));
    }

    [Test]
    public async Task TheCardTellsBatteryAccuracyGridAndTodaysTrack()
    {
        var (wall, _) = await SignedInAsync();
        var device = _center.Devices[1];
        await _center.SendFixAsync(device, Now(), 112.5700, 37.8600);
        await wall.WaitForWorkerAtAsync(device.Worker, 112.5700, 37.8600);

        await wall.FindWorkerAsync(device.Worker);

        await Expect(wall.Card.Battery).ToContainTextAsync("70%");
        await Expect(wall.Card.Age).ToContainTextAsync("精度 8 米");
        await Expect(wall.Card.Here).Not.ToBeEmptyAsync();
        await Expect(wall.Card.Today).ToContainTextAsync("今日轨迹");
        await Expect(wall.Card.TrackProblem).ToHaveCountAsync(0);
    }

    [TestCase("liuxiang")]
    [TestCase("lxjd")]
    [TestCase("柳巷")]
    public async Task SearchFindsAnAreaByNamePinyinAndInitials(string typed)
    {
        var (wall, _) = await SignedInAsync();

        await wall.Search.FillAsync(typed);
        await wall.AreaHit(Liuxiang).ClickAsync();

        await Expect(wall.Title).ToContainTextAsync("柳巷");
    }

    [Test]
    public async Task LayersAreSwitchedAndKeptInTheAddress()
    {
        var (wall, page) = await SignedInAsync();
        await wall.WaitForMapAsync();

        await wall.LayersButton.ClickAsync();
        await wall.StateSwitch("still").UncheckAsync();
        await wall.LayerSwitch("trails").UncheckAsync();

        await Expect(wall.FilterNotice).ToBeVisibleAsync();
        await Expect(page).ToHaveURLAsync(new Regex("layers=-trails.*states=lost,stale,moving"));
        await page.ReloadAsync();
        await wall.WaitForPictureAsync();
        await Expect(wall.FilterNotice).ToBeVisibleAsync();
        await wall.LayersButton.ClickAsync();
        await Expect(wall.LayerSwitch("trails")).Not.ToBeCheckedAsync();
    }

    [Test]
    public async Task NightTurnsToDayAndStaysSo()
    {
        var (wall, page) = await SignedInAsync();
        var root = page.Locator("html");
        await Expect(root).ToHaveAttributeAsync("data-style", "night");

        await wall.StyleButton.ClickAsync();

        await Expect(root).ToHaveAttributeAsync("data-style", "day");
        await Expect(page).ToHaveURLAsync(new Regex("style=day"));
        await wall.WaitForMapAsync();
        await page.ReloadAsync();
        await wall.WaitForPictureAsync();
        await Expect(root).ToHaveAttributeAsync("data-style", "day");
    }

    [Test]
    public async Task MeasuringTellsDistanceAndAreaUntilEscape()
    {
        var (wall, page) = await SignedInAsync();
        await wall.WaitForMapAsync();

        await wall.MeasureButton.ClickAsync();
        foreach (var (x, y) in new[] { (300, 300), (500, 300), (500, 500) })
        {
            await wall.Map.ClickAsync(new() { Position = new Position { X = x, Y = y } });
            await page.WaitForTimeoutAsync(400);
        }

        await Expect(wall.MeasuredDistance).ToContainTextAsync("公里");
        await Expect(wall.MeasuredSurface).ToContainTextAsync("平方公里");
        await page.Keyboard.PressAsync("Escape");
        await Expect(wall.MeasurePanel).ToBeHiddenAsync();
    }

    [Test]
    public async Task TheBrowsersBackButtonLeadsToTheAreaBefore()
    {
        var (wall, page) = await SignedInAsync();
        await Expect(wall.Title).ToHaveTextAsync("迎泽区");
        await wall.FocusAsync(Liuxiang);
        await Expect(wall.Title).ToContainTextAsync("柳巷");

        await page.GoBackAsync();

        await Expect(wall.Title).ToHaveTextAsync("迎泽区");
    }

    [Test]
    public async Task TheMapSaysThatItsGroundIsGenerated()
    {
        var (wall, _) = await SignedInAsync();
        await Expect(wall.Attribution).ToContainTextAsync("生成");
    }

    [Test]
    public async Task ALostGraphicsContextComesBackWithTheWorkers()
    {
        var (wall, _) = await SignedInAsync();
        await wall.WaitForMapAsync();

        await wall.LoseGraphicsAsync();

        await wall.WaitForMapAsync();
        await Expect(wall.StaleBar).ToBeHiddenAsync(new() { Timeout = 30_000 });
        var device = _center.Devices[2];
        await _center.SendFixAsync(device, Now(), 112.5720, 37.8580);
        await wall.WaitForWorkerAtAsync(device.Worker, 112.5720, 37.8580);
    }

    private async Task<string> AuditAsync(string action)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/audit?action={action}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await _center.SignInAsync("administrator"));
        using var answer = await _center.Server.Http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadAsStringAsync();
    }

    private async Task<(WallPage Wall, IPage Page)> SignedInAsync()
    {
        var (page, _) = await _browser.NewPageAsync(_center.Server.Url.ToString());
        var signIn = new SignInPage(page);
        await signIn.OpenAsync();
        var (user, password) = _center.AccountOf("dispatcher");
        return (await signIn.SignInAsync(user, password), page);
    }

    private static long Now() => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
}
