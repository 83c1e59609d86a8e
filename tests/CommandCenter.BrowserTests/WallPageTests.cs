using System.Diagnostics;
using System.Globalization;
using CommandCenter.IntegrationTests.Harness;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CommandCenter.BrowserTests;

/// <summary>The whole line: a phone's report over HTTP, the real server with its own backends, the page in a real browser.</summary>
public sealed class WallPageTests
{
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
    public async Task APostedFixAppearsOnThePage()
    {
        var (wall, watch, _) = await SignedInAsync("wall");
        var worker = _center.Devices[0].Worker;

        await _center.SendFixAsync(_center.Devices[0], Now(), 112.5712, 37.8612);

        await wall.WaitForWorkerAtAsync(worker, 112.5712, 37.8612);
        await Expect(wall.Kpi("online")).Not.ToHaveTextAsync("0");
        Assert.Multiple(() =>
        {
            Assert.That(watch.Errors, Is.Empty);
            Assert.That(watch.ForeignRequests, Is.Empty);
        });
    }

    [Test]
    public async Task SearchOpensTheCardOfAWorker()
    {
        var (wall, _, _) = await SignedInAsync("dispatcher");
        await _center.SendFixAsync(_center.Devices[1], Now(), 112.5812, 37.8512);
        await wall.WaitForWorkerAtAsync(_center.Devices[1].Worker, 112.5812, 37.8512);

        await wall.FindWorkerAsync(_center.Devices[1].Worker);

        await Expect(wall.Card.Code).ToContainTextAsync(_center.Devices[1].Worker);
        await Expect(wall.Card.Phone).ToContainTextAsync("1390000");
    }

    [Test]
    public async Task AWallSeesNoPhoneNumber()
    {
        var (wall, _, _) = await SignedInAsync("wall");
        await _center.SendFixAsync(_center.Devices[1], Now(), 112.5813, 37.8513);
        await wall.WaitForWorkerAtAsync(_center.Devices[1].Worker, 112.5813, 37.8513);

        await wall.FindWorkerAsync(_center.Devices[1].Worker);

        await Expect(wall.Card.Code).ToContainTextAsync(_center.Devices[1].Worker);
        await Expect(wall.Card.Phone).ToHaveCountAsync(0);
    }

    [Test]
    public async Task SpeaksChineseAndEnglishAndSaysThatTheDataAreGenerated()
    {
        var (wall, _, page) = await SignedInAsync("wall");

        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "zh-CN");
        await Expect(wall.DemoNotice).ToContainTextAsync("演示");
        await wall.SwitchLanguageAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "en");
        await Expect(wall.DemoNotice).ToContainTextAsync("emo");
    }

    [Test]
    public async Task AServerThatStopsMakesThePageSayHowOldThePictureIs()
    {
        var (wall, _, _) = await SignedInAsync("wall");
        SendSignal("STOP");
        try
        {
            await Expect(wall.StaleBar).ToBeVisibleAsync(new() { Timeout = 20_000 });
        }
        finally
        {
            SendSignal("CONT");
        }

        await Expect(wall.StaleBar).ToBeHiddenAsync(new() { Timeout = 60_000 });
    }

    [Test]
    public async Task SigningOutLeadsToTheSignInPage()
    {
        var (wall, _, page) = await SignedInAsync("dispatcher");

        await wall.SignOutAsync();

        await Expect(new SignInPage(page).Form).ToBeVisibleAsync();
    }

    private async Task<(WallPage Wall, PageWatch Watch, IPage Page)> SignedInAsync(string role)
    {
        var (page, watch) = await _browser.NewPageAsync(_center.Server.Url.ToString());
        var signIn = new SignInPage(page);
        await signIn.OpenAsync();
        var (user, password) = _center.AccountOf(role);
        return (await signIn.SignInAsync(user, password), watch, page);
    }

    private void SendSignal(string name)
    {
        using var kill = Process.Start("kill", ["-" + name, _center.Server.ProcessId.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    private static long Now() => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
}
