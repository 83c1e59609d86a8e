using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using CommandCenter.IntegrationTests.Harness;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CommandCenter.BrowserTests;

/// <summary>
/// Looking back: fixes posted by a phone, the real server, the page in a real browser. One worker walks east for five minutes (a fix a second
/// for the first, then one every 20 s), is silent for twelve minutes and walks on.
/// </summary>
public sealed class PlaybackPageTests
{
    private const double West = 112.5600;
    private const double North = 37.8600;

    /// <summary>Degrees east in a second.</summary>
    private const double Pace = 0.00002;
    private const int Dense = 60;
    private const int Sparse = 240;
    private const int Silence = 720;
    private const int After = 120;

    private TemporaryFolder _folder = null!;
    private DemoCenter _center = null!;
    private Browser _browser = null!;
    private DateTimeOffset _start;
    private int _posted;

    private DemoDevice Device => _center.Devices[0];

    /// <summary>Exclusive: after the last fix.</summary>
    private DateTimeOffset End => _start.AddSeconds(Dense + Sparse + Silence + After + 10);

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _folder = new TemporaryFolder();
        _center = await DemoCenter.OfAsync(await ServerProcess.StartAsync(_folder.Path));
        _browser = await Browser.LaunchAsync();
        _start = DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds() - Dense - Sparse - Silence - After - 60);
        for (var second = 0; second < Dense; second++)
        {
            await PostAsync(second);
        }

        for (var second = Dense; second <= Dense + Sparse; second += 20)
        {
            await PostAsync(second);
        }

        for (var second = Dense + Sparse + Silence; second <= Dense + Sparse + Silence + After; second += 20)
        {
            await PostAsync(second);
        }
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _browser.DisposeAsync();
        await _center.Server.DisposeAsync();
        _folder.Dispose();
    }

    [Test]
    public async Task ReplaysEveryFixAPhonePosted()
    {
        var (replay, watch, _) = await OpenedAsync();

        var times = await replay.FixTimesAsync(Device.Worker);

        Assert.Multiple(() =>
        {
            Assert.That(times, Has.Length.EqualTo(_posted));
            Assert.That(times[0], Is.EqualTo(_start.ToUnixTimeMilliseconds()));
            Assert.That(watch.Errors, Is.Empty);
            Assert.That(watch.ForeignRequests, Is.Empty);
        });
        await Expect(replay.Lane(Device.Worker)).ToBeVisibleAsync();
    }

    [Test]
    public async Task StandsBetweenTwoFixesWhereTheTimeSays()
    {
        // 110 s: halfway between the fixes at 100 s and 120 s.
        var (replay, _, _) = await OpenedAsync($"&t={PlaybackPage.Written(_start.AddSeconds(110))}");
        await replay.WaitForClockAsync(_start.AddSeconds(110));

        var at = await replay.PositionAsync(Device.Worker);

        Assert.That(at!.Longitude, Is.EqualTo(West + (110 * Pace)).Within(2e-6));
        Assert.That(at.State, Is.EqualTo("moving"));
    }

    [Test]
    public async Task AGapShowsNoMarkerAndSaysNoData()
    {
        var (replay, _, page) = await OpenedAsync($"&t={PlaybackPage.Written(_start.AddSeconds(Dense + Sparse + (Silence / 2)))}");
        await replay.WaitForClockAsync(_start.AddSeconds(Dense + Sparse + (Silence / 2)));
        await page.WaitForFunctionAsync("() => window.__playback.map");

        var at = await replay.PositionAsync(Device.Worker);

        Assert.Multiple(() =>
        {
            Assert.That(at!.State, Is.EqualTo("noData"));
            Assert.That(at.X, Is.Null);
        });
    }

    [Test]
    public async Task TheClockDrivesAndNotTheNumberOfFixes()
    {
        var (replay, _, page) = await OpenedAsync("&speed=2");
        await page.Keyboard.PressAsync("Home");
        await page.Keyboard.PressAsync("l");
        var dense = await replay.RateAsync(40);
        Assert.That(await replay.NowAsync(), Is.LessThan(_start.AddSeconds(Dense).ToUnixTimeMilliseconds()), "left the dense part; the test is too slow to tell");
        await replay.Speed.SelectOptionAsync("60");
        await replay.Plot.FocusAsync();
        await page.Keyboard.PressAsync("Home");
        var sparse = await replay.RateAsync(40);

        Assert.Multiple(() =>
        {
            Assert.That(dense, Is.EqualTo(2).Within(0.3));
            Assert.That(sparse, Is.EqualTo(60).Within(9));
        });
    }

    [Test]
    public async Task ScrubbingGoesToThatMoment()
    {
        var (replay, _, _) = await OpenedAsync();

        await replay.ScrubAsync(0.25);

        await replay.WaitForClockAsync(_start + ((End - _start) * 0.25), 8_000);
    }

    [Test]
    public async Task KeysWorkLikeAVideoPlayers()
    {
        var (replay, _, page) = await OpenedAsync();
        await Expect(replay.Play).ToHaveAttributeAsync("data-playing", "false");

        await page.Keyboard.PressAsync("Home");
        await replay.WaitForClockAsync(_start);
        await page.Keyboard.PressAsync("ArrowRight");
        await replay.WaitForClockAsync(_start.AddMinutes(1));
        await page.Keyboard.PressAsync(".");
        await replay.WaitForClockAsync(_start.AddSeconds(80));
        await page.Keyboard.PressAsync(",");
        await replay.WaitForClockAsync(_start.AddSeconds(60));
        await page.Keyboard.PressAsync("End");
        await replay.WaitForClockAsync(End);
        await page.Keyboard.PressAsync("j");
        await Expect(replay.Play).ToHaveAttributeAsync("data-playing", "true");
        Assert.That(await replay.SpeedAsync(), Is.EqualTo(-60));
        await page.Keyboard.PressAsync("j");
        Assert.That(await replay.SpeedAsync(), Is.EqualTo(-120));
        await page.Keyboard.PressAsync("k");
        await Expect(replay.Play).ToHaveAttributeAsync("data-playing", "false");
        await page.Keyboard.PressAsync("?");
        await Expect(replay.HelpSheet).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(replay.HelpSheet).ToBeHiddenAsync();
    }

    [Test]
    public async Task AsksWhyOnceATabAndReadsNothingBefore()
    {
        var (replay, _, page) = await SignedInAsync("dispatcher");
        await page.GotoAsync(PlaybackPage.AddressOf(Device.Worker, _start, End));
        await Expect(replay.ReasonDialog).ToBeVisibleAsync();
        Assert.That(await page.EvaluateAsync<int>("() => window.__playback.fixes"), Is.Zero);
        await replay.GiveReasonAsync("走失老人，核对路线");
        await replay.WaitForFixesAsync(_posted);

        await page.ReloadAsync();
        await replay.WaitForFixesAsync(_posted);
        await Expect(replay.ReasonDialog).ToHaveCountAsync(0);
        var other = await page.Context.NewPageAsync();
        await other.GotoAsync(PlaybackPage.AddressOf(Device.Worker, _start, End));

        await Expect(new PlaybackPage(other).ReasonDialog).ToBeVisibleAsync();
    }

    [Test]
    public async Task TheWorkerCanReadWhoLookedAndWhy()
    {
        await OpenedAsync(reason: "核对巡查路线 七");

        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/watched");
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Device.User}:{Device.Password}")));
        using var answer = await _center.Server.Http.SendAsync(request);

        var looks = (await answer.ReadJsonAsync()).GetProperty("items").EnumerateArray()
            .Where(look => look.GetProperty("action").GetString() == "open-track")
            .Select(look => look.GetProperty("reason").GetString());
        Assert.That(looks, Has.Some.EqualTo("核对巡查路线 七"));
    }

    [Test]
    public async Task TheAddressRestoresTheView()
    {
        var (_, _, page) = await OpenedAsync($"&t={PlaybackPage.Written(_start.AddSeconds(100))}&speed=-30&trail=900&follow={Device.Worker}&lang=en");
        await page.WaitForURLAsync(url => url.Contains("map=", StringComparison.Ordinal));
        var address = page.Url;

        await page.GotoAsync(address);
        var replay = new PlaybackPage(page);
        await replay.WaitForFixesAsync(_posted);

        await replay.WaitForClockAsync(_start.AddSeconds(100));
        Assert.That(await replay.SpeedAsync(), Is.EqualTo(-30));
        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "en");
        await Expect(page.GetByTestId("trail")).ToHaveValueAsync("900");
        await page.WaitForFunctionAsync("() => window.__playback.following");
    }

    [Test]
    public async Task WithoutFixesItSaysWhatThatMeans()
    {
        var (replay, _, page) = await SignedInAsync("dispatcher");
        await page.GotoAsync(PlaybackPage.AddressOf(Device.Worker, _start.AddDays(-3), _start.AddDays(-3).AddHours(1)));
        await replay.GiveReasonAsync();

        await Expect(replay.Empty).ToBeVisibleAsync();
    }

    [Test]
    public async Task ChoosesAWorkerBySearchAndReplaysTheLastHour()
    {
        var (replay, _, page) = await SignedInAsync("dispatcher");
        await page.GotoAsync("/playback");
        await Expect(replay.Idle).ToBeVisibleAsync();

        await replay.ChooseAsync(Device.Worker);
        await replay.PresetAsync("lastHour");
        await replay.Show.ClickAsync();
        await replay.GiveReasonAsync();

        await replay.WaitForFixesAsync(_posted);
        await Expect(replay.Play).ToHaveAttributeAsync("data-playing", "true");
    }

    [Test]
    public async Task TooLongATimeForAnAreaIsSaidBeforeItIsAskedFor()
    {
        var (replay, _, page) = await SignedInAsync("dispatcher");
        await page.GotoAsync("/playback");
        await page.GetByTestId("by-area").ClickAsync();
        await page.GetByTestId("area-140106").ClickAsync();

        await replay.PresetAsync("yesterday");

        await Expect(replay.Fault).ToBeVisibleAsync();
        await Expect(replay.Show).ToBeDisabledAsync();
    }

    [Test]
    public async Task TheFixUnderTheHairIsShownAsThePhoneSentIt()
    {
        var (replay, _, page) = await OpenedAsync($"&t={PlaybackPage.Written(_start.AddSeconds(100))}");

        await replay.Tab("fix").ClickAsync();

        await Expect(replay.FixCard).ToContainTextAsync("8.0");
        await Expect(replay.FixCard).ToContainTextAsync("3.7");
        await page.Keyboard.PressAsync(".");
        await replay.WaitForClockAsync(_start.AddSeconds(120));
    }

    [Test]
    public async Task WhatHasComeKeepsPlayingWhileTheServerIsAway()
    {
        var (replay, _, page) = await OpenedAsync();
        SendSignal("STOP");
        try
        {
            await page.Keyboard.PressAsync("Home");
            await page.Keyboard.PressAsync("l");
            await page.WaitForFunctionAsync("at => window.__playback.now > at", _start.AddSeconds(30).ToUnixTimeMilliseconds());
        }
        finally
        {
            SendSignal("CONT");
        }

        await Expect(replay.Problem).ToHaveCountAsync(0);
    }

    [Test]
    public async Task TheCardOnTheWallLeadsHere()
    {
        var (_, _, page) = await SignedInAsync("dispatcher");
        var wall = new WallPage(page);
        await wall.FindWorkerAsync(Device.Worker);

        await page.GetByTestId("worker-replay").ClickAsync();

        var replay = new PlaybackPage(page);
        await replay.GiveReasonAsync();
        await replay.WaitForFixesAsync(1);
    }

    [Test]
    public async Task AWallOffersNoReplay()
    {
        var (replay, _, page) = await SignedInAsync("wall");
        await Expect(page.GetByTestId("playback-link")).ToHaveCountAsync(0);

        await page.GotoAsync(PlaybackPage.AddressOf(Device.Worker, _start, End));
        await new WallPage(page).WaitForPictureAsync();

        await Expect(replay.Root).ToHaveCountAsync(0);
    }

    [TestCase(1366, 768)]
    [TestCase(3840, 2160)]
    public async Task FitsTheScreenInBothLanguages(int width, int height)
    {
        var (replay, _, page) = await OpenedAsync();
        await page.SetViewportSizeAsync(width, height);
        foreach (var language in new[] { "zh-CN", "en" })
        {
            await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", language);
            await Expect(replay.Plot).ToBeVisibleAsync();
            var outside = await page.EvaluateAsync<string[]>(
                """
                () => [...document.querySelectorAll('button, select, input, h1, h2, time')]
                  .filter((one) => one.checkVisibility() && !one.closest('.scroll, .body, dialog, .tree'))
                  .filter((one) => { const box = one.getBoundingClientRect(); return box.width > 0 && (box.right > innerWidth + 1 || box.bottom > innerHeight + 1 || box.left < -1); })
                  .map((one) => one.outerHTML.slice(0, 120))
                """);
            Assert.That(outside, Is.Empty, language);
            await page.GetByTestId("language").ClickAsync();
        }
    }

    [TestCase("night")]
    [TestCase("day")]
    public async Task IsAccessible(string style)
    {
        var (replay, _, page) = await OpenedAsync($"&style={style}");
        await Expect(replay.Lane(Device.Worker)).ToBeVisibleAsync();

        Assert.That(await Axe.ViolationsAsync(page), Is.Empty);
    }

    private async Task<(PlaybackPage Replay, PageWatch Watch, IPage Page)> OpenedAsync(string more = "", string reason = "lost person")
    {
        var (replay, watch, page) = await SignedInAsync("dispatcher");
        await page.GotoAsync(PlaybackPage.AddressOf(Device.Worker, _start, End, more));
        await replay.GiveReasonAsync(reason);
        await replay.WaitForFixesAsync(_posted);
        return (replay, watch, page);
    }

    private async Task<(PlaybackPage Replay, PageWatch Watch, IPage Page)> SignedInAsync(string role)
    {
        var (page, watch) = await _browser.NewPageAsync(_center.Server.Url.ToString());
        var signIn = new SignInPage(page);
        await signIn.OpenAsync();
        var (user, password) = _center.AccountOf(role);
        await signIn.SignInAsync(user, password);
        return (new PlaybackPage(page), watch, page);
    }

    private async Task PostAsync(int second)
    {
        await _center.SendFixAsync(Device, _start.AddSeconds(second).ToUnixTimeMilliseconds(), West + (second * Pace), North);
        _posted++;
    }

    private void SendSignal(string name)
    {
        using var kill = Process.Start("kill", ["-" + name, _center.Server.ProcessId.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }
}
