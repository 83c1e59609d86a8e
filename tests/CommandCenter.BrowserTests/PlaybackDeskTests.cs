using System.Globalization;
using CommandCenter.IntegrationTests.Harness;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CommandCenter.BrowserTests;

/// <summary>What a dispatcher does with a replay: two people walk ten minutes past each other, one of them calls for help in the middle.</summary>
public sealed class PlaybackDeskTests
{
    private const int Seconds = 600;
    private const int Every = 15;
    private const int Help = 300;
    private const double North = 37.8600;

    private DemoPages _demo = null!;
    private DateTimeOffset _start;

    private string First => Center.Devices[0].Worker;

    private string Second => Center.Devices[1].Worker;

    private DateTimeOffset End => _start.AddSeconds(Seconds);

    private static int Posted => 2 * Seconds / Every;

    private DemoCenter Center => _demo.Center;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _demo = await DemoPages.StartAsync();
        _start = DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds() - Seconds - 120);
        for (var second = 0; second < Seconds; second += Every)
        {
            await PostAsync(Center.Devices[0], second, 112.5600 + (second * 0.00001));
            await PostAsync(Center.Devices[1], second, 112.5660 - (second * 0.00001), second == Help ? "&alarm=sos" : "");
        }
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _demo.DisposeAsync();

    [Test]
    public async Task TwoPeopleStandBesideEachOtherByOneClockAndTheAddressSaysSo()
    {
        var (replay, page) = await OpenedAsync($"&t={PlaybackPage.Written(_start.AddSeconds(100))}");
        await page.Keyboard.PressAsync("c");
        await Expect(page.GetByTestId("map-beside")).ToBeVisibleAsync();
        await page.WaitForFunctionAsync("() => window.__playback.maps === 2 && window.__playback.map");
        await Expect(page.GetByTestId("half-first")).Not.ToBeEmptyAsync();
        await page.WaitForURLAsync(url => url.Contains("view=beside", StringComparison.Ordinal));

        await page.ReloadAsync();
        await replay.WaitForFixesAsync(Posted);
        await page.WaitForFunctionAsync("() => window.__playback.maps === 2 && window.__playback.map");
        var (one, other) = (await replay.PositionAsync(First), await replay.PositionAsync(Second));
        Assert.That(one!.X, Is.Not.Null);
        Assert.That(other!.X, Is.Not.Null, "on the other map");

        await page.GetByTestId("beside").ClickAsync();
        await Expect(page.GetByTestId("map-beside")).ToHaveCountAsync(0);
        await page.WaitForFunctionAsync("() => window.__playback.maps === 1");
    }

    [Test]
    public async Task ACallForHelpIsAMarkAndAClickGoesThere()
    {
        var (replay, page) = await OpenedAsync();
        await Expect(replay.Plot).ToHaveAttributeAsync("data-marks", "1");
        var box = (await replay.Plot.BoundingBoxAsync())!;
        var x = (float)(box.Width * Help / Seconds) + 3;
        await replay.Plot.HoverAsync(new() { Position = new Position { X = x, Y = 40 } });
        await Expect(page.Locator(".tip")).ToContainTextAsync("求助");

        await replay.Plot.ClickAsync(new() { Position = new Position { X = x, Y = 40 } });

        await replay.WaitForClockAsync(_start.AddSeconds(Help));
        await page.Keyboard.PressAsync("Home");
        await replay.Tab("marks").ClickAsync();
        await page.GetByTestId("list-marks").Locator("[data-kind=sos]").ClickAsync();
        await replay.WaitForClockAsync(_start.AddSeconds(Help));
    }

    [Test]
    public async Task ANoteIsWrittenAtTheMomentKeptAndDeletedByWhoWroteIt()
    {
        var (replay, page) = await OpenedAsync($"&t={PlaybackPage.Written(_start.AddSeconds(150))}");
        await page.Keyboard.PressAsync("m");
        await Expect(page.GetByTestId("note-text")).ToBeFocusedAsync();
        await page.GetByTestId("note-text").FillAsync("与居民交谈");
        await page.GetByTestId("note-save").ClickAsync();
        var notes = page.GetByTestId("list-marks").Locator("[data-kind=note]");
        await Expect(notes).ToContainTextAsync("与居民交谈");
        await Expect(page.GetByTestId("note-text")).ToHaveValueAsync("");

        await page.ReloadAsync();
        await replay.WaitForFixesAsync(Posted);
        await replay.Tab("marks").ClickAsync();
        await Expect(notes).ToHaveAttributeAsync("data-ms", _start.AddSeconds(150).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));
        await page.Keyboard.PressAsync("End");
        await notes.ClickAsync();
        await replay.WaitForClockAsync(_start.AddSeconds(150));

        await page.GetByTestId("note-remove").ClickAsync();
        await Expect(notes).ToHaveCountAsync(0);
        await page.ReloadAsync();
        await replay.WaitForFixesAsync(Posted);
        await Expect(replay.Plot).ToHaveAttributeAsync("data-marks", "1");
    }

    [Test]
    public async Task WhoWasNearACallForHelpIsFoundAndReplayed()
    {
        var (replay, page) = await OpenedAsync(workers: Second);
        await replay.Tab("marks").ClickAsync();
        await page.GetByTestId("mark-nearby").ClickAsync();
        await Expect(page.GetByTestId("place-at")).ToContainTextAsync("37.86000");

        await replay.Show.ClickAsync();

        await Expect(replay.Lane(First)).ToBeVisibleAsync();
        await Expect(replay.Lane(Second)).ToBeVisibleAsync();
        await replay.WaitForFixesAsync(Posted);
        await Expect(page.GetByTestId("place-found")).ToContainTextAsync("2");
    }

    [Test]
    public async Task APlaceIsSetOnTheMapAndNobodyThereIsSaid()
    {
        var (replay, page) = await OpenedAsync();
        await page.GetByTestId("by-near").ClickAsync();
        await Expect(replay.Show).ToBeDisabledAsync();
        await page.GetByTestId("place-point").ClickAsync();
        await page.GetByTestId("map").ClickAsync(new() { Position = new Position { X = 60, Y = 60 } });
        await Expect(page.GetByTestId("place-point")).ToHaveAttributeAsync("aria-pressed", "false");
        await page.GetByTestId("place-radius").SelectOptionAsync("50");
        await page.GetByTestId("place-moment").FillAsync("2026-11-02T08:00");

        await replay.Show.ClickAsync();

        await Expect(page.GetByTestId("place-found")).ToContainTextAsync("没有人");
    }

    [Test]
    public async Task WhatTheServerRefusesIsSaidInTheViewersLanguage()
    {
        var (replay, page) = await OpenedAsync();

        await page.GotoAsync(PlaybackPage.AddressOf("NOBODY", _start, End));

        await Expect(replay.Problem).ToContainTextAsync("不在您的辖区");
        Assert.That(await replay.Problem.InnerTextAsync(), Does.Not.Match("[A-Za-z]{3,}"));
    }

    [Test]
    public async Task ACompareDayWithoutFixesIsSaidAndHasALaneOfSilence()
    {
        var (replay, page) = await OpenedAsync();

        await page.GotoAsync(PlaybackPage.AddressOf(First, _start, End, "&day2=-1&view=beside"));

        await Expect(page.GetByTestId("missing-day")).ToBeVisibleAsync();
        await Expect(replay.Lane($"{First}@2")).ToBeVisibleAsync();
    }

    [Test]
    public async Task AHandThatLetsGoAtTheVeryEndWhilePlayingLeavesItThere()
    {
        var (replay, page) = await OpenedAsync($"&speed=1&t={PlaybackPage.Written(_start.AddSeconds(60))}");
        await page.Keyboard.PressAsync("l");
        await Expect(replay.Play).ToHaveAttributeAsync("data-playing", "true");
        var box = (await replay.Plot.BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(box.X + (box.Width / 2), box.Y + box.Height - 6);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(box.X + box.Width + 40, box.Y + box.Height - 6, new() { Steps = 4 });

        await page.Mouse.UpAsync();

        await Expect(replay.Play).ToHaveAttributeAsync("data-playing", "false");
        await replay.WaitForClockAsync(End);
    }

    [Test]
    public async Task SideTabsStandInOneRowAndTheLegendTellsTheColours()
    {
        var (_, page) = await OpenedAsync();
        await page.SetViewportSizeAsync(1920, 1080);
        foreach (var language in new[] { "zh-CN", "en" })
        {
            await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", language);
            var tops = await page.EvaluateAsync<double[]>("() => [...document.querySelectorAll('.side [role=tab]')].map((one) => one.getBoundingClientRect().top)");
            Assert.That(tops.Distinct().Count(), Is.EqualTo(1), language);
            await page.GetByTestId("language").ClickAsync();
        }

        await page.GetByTestId("legend").Locator("summary").ClickAsync();
        await Expect(page.GetByTestId("legend").Locator("li")).ToHaveCountAsync(9);
    }

    [TestCase("night")]
    [TestCase("day")]
    public async Task IsAccessibleWithTwoMapsAndMarks(string style)
    {
        var (replay, page) = await OpenedAsync($"&view=beside&style={style}");
        await replay.Tab("marks").ClickAsync();
        await page.WaitForFunctionAsync("() => window.__playback.maps === 2");
        await page.GetByTestId("by-near").ClickAsync();

        Assert.That(await Axe.ViolationsAsync(page), Is.Empty);
    }

    private async Task<(PlaybackPage Replay, IPage Page)> OpenedAsync(string more = "", string? workers = null)
    {
        var (page, _) = await _demo.SignedInAsync("dispatcher");
        var replay = new PlaybackPage(page);
        await page.GotoAsync(PlaybackPage.AddressOf(workers ?? $"{First},{Second}", _start, End, more));
        await replay.GiveReasonAsync();
        await replay.WaitForFixesAsync(workers is null ? Posted : Posted / 2);
        return (replay, page);
    }

    private async Task PostAsync(DemoDevice device, int second, double longitude, string more = "")
    {
        using var answer = await Center.Server.Http.GetAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"/osmand?id={device.OsmandId}&timestamp={_start.AddSeconds(second).ToUnixTimeMilliseconds()}&lat={North}&lon={longitude}&speed=1.2&bearing=90&accuracy=8&batt=70{more}"));
        answer.EnsureSuccessStatusCode();
    }
}
