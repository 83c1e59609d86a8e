using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CommandCenter.BrowserTests;

/// <summary>A replay goes by time: where people stand at a moment, what is drawn of their fixes, and the hand on the clock.</summary>
public sealed class PlaybackClockTests
{
    private PlaybackWalk _walk = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _walk = await PlaybackWalk.PostedAsync();
        await _walk.PostMadeUpAsync();
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _walk.DisposeAsync();

    [Test]
    public async Task StandsBetweenTwoFixesWhereTheTimeSays()
    {
        // 110 s: halfway between the fixes at 100 s and 120 s.
        var (replay, _, _) = await _walk.OpenedAsync($"&t={PlaybackPage.Written(_walk.Start.AddSeconds(110))}");
        await replay.WaitForClockAsync(_walk.Start.AddSeconds(110));

        var at = await replay.PositionAsync(_walk.Device.Worker);

        Assert.That(at!.Longitude, Is.EqualTo(PlaybackWalk.West + (110 * PlaybackWalk.Pace)).Within(2e-6));
        Assert.That(at.State, Is.EqualTo("moving"));
    }

    [Test]
    public async Task AGapShowsNoMarkerAndSaysNoData()
    {
        var (replay, _, page) = await _walk.OpenedAsync($"&t={PlaybackPage.Written(_walk.Silent)}");
        await replay.WaitForClockAsync(_walk.Silent);
        await page.WaitForFunctionAsync("() => window.__playback.map");

        var at = await replay.PositionAsync(_walk.Device.Worker);

        Assert.Multiple(() =>
        {
            Assert.That(at!.State, Is.EqualTo("noData"));
            Assert.That(at.X, Is.Null);
        });
    }

    [Test]
    public async Task AFixThatCleaningSetsAsideIsDrawnInTheRawViewAlone()
    {
        var madeUp = _walk.Start.AddSeconds(PlaybackWalk.MadeUp);
        var (replay, _, page) = await _walk.OpenedAsync($"&t={PlaybackPage.Written(madeUp)}");
        await replay.WaitForClockAsync(madeUp);
        await replay.Tab("fix").ClickAsync();
        await Expect(page.GetByTestId("fix-aside")).ToHaveTextAsync("已剔除：模拟定位");
        Assert.That((await replay.PositionAsync(_walk.Device.Worker))!.Latitude, Is.EqualTo(PlaybackWalk.North).Within(1e-6));

        await page.GetByTestId("view-raw").ClickAsync();

        await page.WaitForURLAsync(url => url.Contains("clean=false", StringComparison.Ordinal));
        Assert.That((await replay.PositionAsync(_walk.Device.Worker))!.Latitude, Is.EqualTo(PlaybackWalk.North + PlaybackWalk.MadeUpNorth).Within(1e-6));
        await page.ReloadAsync();
        await replay.WaitForFixesAsync(_walk.Posted);
        await Expect(page.GetByTestId("view-raw")).ToHaveAttributeAsync("aria-checked", "true");
        await page.Keyboard.PressAsync("x");
        Assert.That((await replay.PositionAsync(_walk.Device.Worker))!.Latitude, Is.EqualTo(PlaybackWalk.North).Within(1e-6));
    }

    [Test]
    public async Task WhatTheServerCallsNoGapIsNoneOnThePage()
    {
        var (replay, _, page) = await _walk.SignedInAsync("dispatcher");
        await page.RouteAsync("**/api/tracks/settings", route => route.FulfillAsync(new RouteFulfillOptions
        {
            ContentType = "application/json",
            Body = """{"gapSeconds":3600,"gapIntervals":3,"trackEndSeconds":3600,"maxWorkerHours":48,"maxAreaHours":1}""",
        }));
        var middle = _walk.Silent;
        await page.GotoAsync(PlaybackPage.AddressOf(_walk.Device.Worker, _walk.Start, _walk.End, $"&t={PlaybackPage.Written(middle)}"));
        await replay.GiveReasonAsync();
        await replay.WaitForFixesAsync(_walk.Posted);
        await replay.WaitForClockAsync(middle);

        Assert.That((await replay.PositionAsync(_walk.Device.Worker))!.State, Is.Not.EqualTo("noData"));
        await Expect(page.GetByTestId("chooser")).ToContainTextAsync("48");
    }

    [Test]
    public async Task TheClockDrivesAndNotTheNumberOfFixes()
    {
        var (replay, _, page) = await _walk.OpenedAsync("&speed=2");
        await page.Keyboard.PressAsync("Home");
        await page.Keyboard.PressAsync("l");
        var dense = await replay.RateAsync(40, withinClockSeconds: 50);
        Assert.That(await replay.NowAsync(), Is.LessThan(_walk.Start.AddSeconds(PlaybackWalk.Dense).ToUnixTimeMilliseconds()), "left the dense part; the test is too slow to tell");
        await replay.Speed.SelectOptionAsync("60");
        await replay.Plot.FocusAsync();
        await page.Keyboard.PressAsync("Home");
        var sparse = await replay.RateAsync(40, withinClockSeconds: 900);

        Assert.Multiple(() =>
        {
            Assert.That(dense, Is.EqualTo(2).Within(0.3));
            Assert.That(sparse, Is.EqualTo(60).Within(9));
        });
    }

    [Test]
    public async Task ScrubbingGoesToThatMoment()
    {
        var (replay, _, _) = await _walk.OpenedAsync();

        await replay.ScrubAsync(0.25);

        await replay.WaitForClockAsync(_walk.Start + ((_walk.End - _walk.Start) * 0.25), 8_000);
    }

    [Test]
    public async Task KeysWorkLikeAVideoPlayers()
    {
        var (replay, _, page) = await _walk.OpenedAsync();
        await Expect(replay.Play).ToHaveAttributeAsync("data-playing", "false");

        await page.Keyboard.PressAsync("Home");
        await replay.WaitForClockAsync(_walk.Start);
        await page.Keyboard.PressAsync("ArrowRight");
        await replay.WaitForClockAsync(_walk.Start.AddMinutes(1));
        await page.Keyboard.PressAsync(".");
        await replay.WaitForClockAsync(_walk.Start.AddSeconds(80));
        await page.Keyboard.PressAsync(",");
        await replay.WaitForClockAsync(_walk.Start.AddSeconds(60));
        await page.Keyboard.PressAsync("End");
        await replay.WaitForClockAsync(_walk.End);
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
    public async Task TheFixUnderTheHairIsShownAsThePhoneSentIt()
    {
        var (replay, _, page) = await _walk.OpenedAsync($"&t={PlaybackPage.Written(_walk.Start.AddSeconds(100))}");

        await replay.Tab("fix").ClickAsync();

        await Expect(replay.FixCard).ToContainTextAsync("8.0");
        await Expect(replay.FixCard).ToContainTextAsync("3.7");
        await page.Keyboard.PressAsync(".");
        await replay.WaitForClockAsync(_walk.Start.AddSeconds(120));
    }
}
