using System.Globalization;
using CommandCenter.IntegrationTests.Harness;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CommandCenter.BrowserTests;

/// <summary>What is said of things that are left out: fixes set aside, a date that is none, people who left the roster. Two walk ten minutes; one's app makes up places for five of them.</summary>
public sealed class PlaybackAsideTests
{
    private const int Seconds = 600;
    private const int Every = 10;
    private const int MadeUpFrom = 200;
    private const int MadeUpTo = 500;

    private DemoPages _demo = null!;
    private DateTimeOffset _start;

    private string First => _demo.Center.Devices[0].Worker;

    private string Second => _demo.Center.Devices[1].Worker;

    private DateTimeOffset End => _start.AddSeconds(Seconds);

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _demo = await DemoPages.StartAsync();
        _start = DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds() - Seconds - 60);
        for (var second = 0; second < Seconds; second += Every)
        {
            await PostAsync(_demo.Center.Devices[0], second, 112.5600, second is >= MadeUpFrom and < MadeUpTo ? "&mock=true" : "");
            await PostAsync(_demo.Center.Devices[1], second, 112.5601, "");
        }
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _demo.DisposeAsync();

    [Test]
    public async Task WhatIsSetAsideIsToldAsThatAndNobodyIsDrawnOverIt()
    {
        var (replay, page) = await OpenedAsync();
        await replay.SeekAsync(_start.AddSeconds(350));
        await page.WaitForFunctionAsync("code => window.__playback.position(code)?.state === 'setAside'", First);
        Assert.That((await replay.PositionAsync(First))!.X, Is.Null, "not on the map");
        var box = (await replay.Plot.BoundingBoxAsync())!;
        await replay.Plot.HoverAsync(new() { Position = new Position { X = box.Width * 350 / Seconds, Y = 66 } });
        await Expect(page.Locator(".tip")).ToContainTextAsync("已剔除");
        await Expect(page.Locator(".tip")).ToContainTextAsync("模拟定位 30 个");
    }

    [Test]
    public async Task ADateThatIsNoneIsSaidUnderItsFieldWithWhatToEnter()
    {
        var (_, page) = await OpenedAsync();
        var field = page.GetByTestId("span-from");
        await field.FillAsync("2026-02-30 10:00");
        await field.BlurAsync();
        await Expect(page.GetByTestId("date-fault")).ToContainTextAsync("没有“2026-02-30 10:00”");
        await Expect(field).ToHaveAttributeAsync("aria-describedby", (await page.GetByTestId("date-fault").GetAttributeAsync("id"))!);
        Assert.That(await Axe.ViolationsAsync(page), Is.Empty);

        await page.GetByTestId("language").ClickAsync();
        await Expect(page.GetByTestId("date-fault")).ToContainTextAsync("There is no");
        await field.FillAsync(TimeZoneInfo.ConvertTimeBySystemTimeZoneId(_start, "Asia/Shanghai").ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture));
        await field.BlurAsync();
        await Expect(page.GetByTestId("date-fault")).ToHaveCountAsync(0);
    }

    [Test]
    public async Task WhoWasNearAndLeftTheRosterSinceIsMarked()
    {
        var (replay, page) = await OpenedAsync();
        await page.RouteAsync("**/api/tracks/near?*", async route =>
        {
            var answer = await route.FetchAsync();
            var parts = (await answer.TextAsync()).Split($"\"worker\":\"{Second}\"");
            var told = parts.Length == 1 ? parts[0] : parts[0] + $"\"worker\":\"{Second}\"" + ReplaceFirst(parts[1], "\"left\":null", "\"left\":\"2026-11-20T02:00:00Z\"");
            await route.FulfillAsync(new() { Response = answer, Body = told });
        });
        await page.GetByTestId("by-near").ClickAsync();
        await page.GetByTestId("place-point").ClickAsync();
        var (x, y) = await PlaceAsync(replay);
        await page.GetByTestId("map").ClickAsync(new() { Position = new Position { X = x, Y = y } });
        await page.GetByTestId("place-now").ClickAsync();
        await replay.Show.ClickAsync();
        await Expect(page.GetByTestId("place-found")).ToContainTextAsync("其中 1 人现已离册");

        await replay.WaitForFixesAsync(2 * Seconds / Every);
        await replay.SeekAsync(_start.AddSeconds(100));
        await replay.Tab("near").ClickAsync();
        await page.GetByTestId("near").ClickAsync();
        (x, y) = await PlaceAsync(replay);
        await page.GetByTestId("map").ClickAsync(new() { Position = new Position { X = x + 12, Y = y + 12 } });
        await Expect(page.GetByTestId($"near-left-{Second}")).ToContainTextAsync("已离册");
        await Expect(page.GetByTestId($"near-left-{First}")).ToHaveCountAsync(0);
        await page.GetByTestId("language").ClickAsync();
        await Expect(page.GetByTestId($"near-left-{Second}")).ToContainTextAsync("left");
    }

    private async Task<(float X, float Y)> PlaceAsync(PlaybackPage replay)
    {
        PlaceInReplay? place = null;
        await Eventually.TrueAsync(async () => (place = await replay.PositionAsync(First))?.X is not null, "drawn");
        return ((float)place!.X!.Value, (float)place.Y!.Value);
    }

    private static string ReplaceFirst(string text, string what, string by) =>
        text.IndexOf(what, StringComparison.Ordinal) is >= 0 and var at ? text[..at] + by + text[(at + what.Length)..] : text;

    private async Task<(PlaybackPage Replay, IPage Page)> OpenedAsync()
    {
        var (page, _) = await _demo.SignedInAsync("dispatcher");
        var replay = new PlaybackPage(page);
        await page.GotoAsync(PlaybackPage.AddressOf($"{First},{Second}", _start, End));
        await replay.GiveReasonAsync();
        await replay.WaitForFixesAsync(2 * Seconds / Every);
        return (replay, page);
    }

    private async Task PostAsync(DemoDevice device, int second, double west, string more)
    {
        using var answer = await _demo.Center.Server.Http.GetAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"/osmand?id={device.OsmandId}&timestamp={_start.AddSeconds(second).ToUnixTimeMilliseconds()}&lat=37.86&lon={west + (second * 0.00001)}&speed=1.2&bearing=90&accuracy=8&batt=70{more}"));
        answer.EnsureSuccessStatusCode();
    }
}
