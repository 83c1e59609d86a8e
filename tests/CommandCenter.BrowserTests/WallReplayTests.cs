using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using CommandCenter.IntegrationTests.Harness;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CommandCenter.BrowserTests;

/// <summary>The ten minutes before an alarm, replayed on the wall's own map from the alarm's card.</summary>
public sealed class WallReplayTests
{
    private const double West = 112.5600;
    private const double North = 37.8600;

    /// <summary>Degrees east in a second: a brisk walk.</summary>
    private const double Pace = 0.00002;

    private DemoPages _pages = null!;

    private DemoCenter Center => _pages.Center;

    [OneTimeSetUp]
    public async Task StartAsync() => _pages = await DemoPages.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _pages.DisposeAsync();

    /// <summary>One test's alarms are not the next one's.</summary>
    [TearDown]
    public async Task CloseAllAsync()
    {
        foreach (var alarm in (await AskAsync(HttpMethod.Get, "/api/alarms?state=open")).GetProperty("items").EnumerateArray())
        {
            await AskAsync(HttpMethod.Post, $"/api/alarms/{alarm.GetProperty("id").GetString()}/resolve", new { outcome = "falseAlarm", reason = "清场" });
        }
    }

    [Test]
    public async Task TheWayBeforeAnAlarmIsReplayedInTrueTimeAndItsSilenceIsSaid()
    {
        // Three minutes of walking, four of silence, two of walking; the alarm follows at once.
        var phone = Center.Devices[0];
        var start = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() - 560_000;
        for (var second = 0; second <= 540; second += 10)
        {
            if (second is <= 180 or >= 420)
            {
                Assert.That(await Center.SendFixAsync(phone, start + (second * 1_000), West + (second * Pace), North), Is.EqualTo(HttpStatusCode.OK));
            }
        }

        var id = await PressAsync(phone, West + (540 * Pace), North, start + 560_000);
        var (desk, page, watch) = await SignedInAsync(isCalm: false);
        await page.WaitForFunctionAsync("worker => window.__wall.position(worker)", phone.Worker);
        await desk.Details.ClickAsync();
        await Expect(page.GetByTestId("alarm-playback")).ToHaveAttributeAsync("target", "_blank");
        await Expect(page.GetByTestId("alarm-playback")).ToHaveAttributeAsync("href", new Regex($"^/playback\\?workers={phone.Worker}&from=.*&to=.*&lang=zh-CN$"));

        await page.GetByTestId("alarm-replay").ClickAsync();
        await Expect(page.GetByTestId("replay")).ToHaveAttributeAsync("data-stand", "ready");
        await Expect(page.GetByTestId("replay-play")).ToHaveAttributeAsync("data-playing", "true");
        await page.GetByTestId("replay-speed").SelectOptionAsync("1");
        var first = await MomentAsync(page);
        await Eventually.TrueAsync(async () => await MomentAsync(page) > first + 1_000, "it plays", TimeSpan.FromSeconds(60));
        await page.GetByTestId("replay-play").ClickAsync();
        await Expect(page.GetByTestId("replay-play")).ToHaveAttributeAsync("data-playing", "false");

        // Between two fixes, between two others, and in the second stretch.
        foreach (var second in new[] { 34, 127, 487 })
        {
            var (ms, longitude, latitude) = await StandAtAsync(page, start + (second * 1_000));
            Assert.That(longitude, Is.EqualTo(West + ((ms - start) / 1_000.0 * Pace)).Within(0.000_003), $"after {second} s");
            Assert.That(latitude, Is.EqualTo(North).Within(0.000_003));
            await Expect(page.GetByTestId("replay-state")).ToHaveAttributeAsync("data-state", "moving");
        }

        // The present goes on being the present.
        var live = await page.EvaluateAsync<double>("worker => window.__wall.position(worker).longitude", phone.Worker);
        Assert.That(live, Is.EqualTo(West + (540 * Pace)).Within(0.000_001));
        await Expect(page.GetByTestId("replay-mark")).ToHaveAttributeAsync("data-label", new Regex("回放 \\d\\d:\\d\\d:\\d\\d"));

        await ScrubAsync(page, start + 300_000);
        await Expect(page.GetByTestId("replay-state")).ToContainTextAsync("无数据");
        await Expect(page.GetByTestId("replay-state")).ToContainTextAsync(Clock(start + 180_000) + "–" + Clock(start + 420_000));
        await Expect(page.GetByTestId("replay-mark")).ToHaveCountAsync(0);
        await Expect(page.Locator("[data-testid=replay-part][data-kind=silent]").First).ToBeAttachedAsync();

        await page.GetByTestId("replay-to-alarm").ClickAsync();
        await Expect(page.GetByTestId("replay-clock")).ToContainTextAsync("报警时刻");
        Assert.That(await ReasonsAsync(phone.Worker), Does.Contain($"报警 {id}"));

        // By keys: a second back, and on; Escape ends the replay and leaves the card, which then ends with another.
        var (before, _, _) = await StandAtAsync(page, start + 60_000);
        await page.GetByTestId("replay-scrubber").FocusAsync();
        await page.Keyboard.PressAsync("ArrowLeft");
        await Eventually.TrueAsync(async () => await MomentAsync(page) < before, "the arrow moves it back", TimeSpan.FromSeconds(60));
        await page.Keyboard.PressAsync("Space");
        await Expect(page.GetByTestId("replay-play")).ToHaveAttributeAsync("data-playing", "true");
        Assert.That(await Axe.ViolationsAsync(page), Is.Empty);
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.GetByTestId("replay")).ToHaveCountAsync(0);
        await Expect(page.GetByTestId("replay-mark")).ToHaveCountAsync(0);
        await Expect(page.GetByTestId("alarm-replay")).ToBeFocusedAsync();

        await page.GetByTestId("alarm-replay").ClickAsync();
        await Expect(page.GetByTestId("replay")).ToHaveAttributeAsync("data-stand", "ready");
        await ScrubAsync(page, start + 100_000);
        await Expect(page.GetByTestId("replay-mark")).ToHaveCountAsync(1);
        await page.GetByTestId("alarm-card-close").ClickAsync();
        await Expect(page.GetByTestId("replay-mark")).ToHaveCountAsync(0);
        Assert.That(watch.Errors, Is.Empty);
    }

    [Test]
    public async Task WhatThereIsNothingToReplayOfSaysWhy()
    {
        var (desk, page, _) = await SignedInAsync();
        await PressAsync(Center.Devices[1], West, North);
        await desk.Details.ClickAsync();
        await page.RouteAsync("**/hubs/**", route => route.AbortAsync());
        await page.GetByTestId("alarm-replay").ClickAsync();
        await Expect(page.GetByTestId("replay-problem")).ToContainTextAsync("没有读到");

        await page.UnrouteAllAsync();
        await page.GetByTestId("replay-again").ClickAsync();
        await Expect(page.GetByTestId("replay-none")).ToContainTextAsync("无数据，不代表离岗");
        await Expect(page.GetByTestId("replay-play")).ToBeDisabledAsync();

        await AskAsync(HttpMethod.Post, "/api/alarms", new { id = Guid.NewGuid().ToString("D"), kind = "information", longitude = West, latitude = North, occurredAt = DateTimeOffset.UtcNow, note = "群众来电" });
        await desk.Rows.First.ClickAsync();
        await desk.Details.ClickAsync();
        await Expect(page.GetByTestId("replay-nobody")).ToBeVisibleAsync();
        await Expect(page.GetByTestId("alarm-replay")).ToBeDisabledAsync();
        await Expect(page.GetByTestId("replay")).ToHaveCountAsync(0);
    }

    [Test]
    public async Task WhoAskedForLessMotionStartsItByHand()
    {
        var phone = Center.Devices[2];
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        for (var second = 120; second > 0; second -= 10)
        {
            Assert.That(await Center.SendFixAsync(phone, now - (second * 1_000), West - (second * Pace), North), Is.EqualTo(HttpStatusCode.OK));
        }

        var (desk, page, _) = await SignedInAsync();
        await PressAsync(phone, West, North);
        await desk.Details.ClickAsync();
        await page.GetByTestId("alarm-replay").ClickAsync();

        await Expect(page.GetByTestId("replay")).ToHaveAttributeAsync("data-stand", "ready");
        await Expect(page.GetByTestId("replay-play")).ToHaveAttributeAsync("data-playing", "false");
        await StandAtAsync(page, now - 60_000);
        var before = await MomentAsync(page);
        await page.GetByTestId("replay-play").ClickAsync();
        await Eventually.TrueAsync(async () => await MomentAsync(page) > before, "it goes on by steps", TimeSpan.FromSeconds(60));
    }

    private static async Task<double> MomentAsync(IPage page) =>
        double.Parse((await page.GetByTestId("replay-clock").GetAttributeAsync("data-ms"))!, CultureInfo.InvariantCulture);

    private static Task ScrubAsync(IPage page, double ms) => page.GetByTestId("replay-scrubber").EvaluateAsync(
        "(input, ms) => { input.value = ms; input.dispatchEvent(new Event('input', { bubbles: true })); }", ms);

    /// <summary>The moment, to a second, at which the scrubber came to stand, and where the mark is then.</summary>
    private static async Task<(double Ms, double Longitude, double Latitude)> StandAtAsync(IPage page, double ms)
    {
        await ScrubAsync(page, ms);
        await Eventually.TrueAsync(async () => Math.Abs(await MomentAsync(page) - ms) < 1_000, "the clock stands there", TimeSpan.FromSeconds(60));
        var at = await MomentAsync(page);
        var mark = page.GetByTestId("replay-mark");
        await Expect(mark).ToHaveAttributeAsync("data-label", new Regex(Clock(at) + "$"));
        var place = await mark.EvaluateAsync<double[]>("mark => [Number(mark.dataset.longitude), Number(mark.dataset.latitude)]");
        return (at, place[0], place[1]);
    }

    private static string Clock(double ms) =>
        DateTimeOffset.FromUnixTimeMilliseconds((long)ms).ToOffset(TimeSpan.FromHours(8)).ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    /// <param name="isCalm">Who looks has asked for less motion.</param>
    private async Task<(AlarmBanner Alarms, IPage Page, PageWatch Watch)> SignedInAsync(bool isCalm = true)
    {
        var (page, watch) = await _pages.NewPageAsync();
        await page.EmulateMediaAsync(new() { ReducedMotion = isCalm ? ReducedMotion.Reduce : ReducedMotion.NoPreference });

        var signIn = new SignInPage(page);
        await signIn.OpenAsync();
        var (user, password) = Center.AccountOf("dispatcher");
        await signIn.SignInAsync(user, password);
        await page.WaitForFunctionAsync("() => window.__wall?.alarms.lane === 'open'");
        return (new AlarmBanner(page), page, watch);
    }

    private async Task<string> PressAsync(DemoDevice phone, double longitude, double latitude, long? occurredMs = null)
    {
        var occurredAt = occurredMs is { } ms ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : DateTimeOffset.UtcNow;
        var id = Guid.NewGuid().ToString("D");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/alarms")
        {
            Content = JsonContent.Create(new { id, kind = "sos", longitude, latitude, accuracyMeters = 12, occurredAt }),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{phone.User}:{phone.Password}")));
        using var answer = await Center.Server.Http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        return id;
    }

    /// <summary>Why tracks of a worker were opened, as the trail has it.</summary>
    private async Task<IReadOnlyList<string?>> ReasonsAsync(string worker) =>
    [
        .. (await AskAsync(HttpMethod.Get, "/api/audit?action=open-track")).GetProperty("items").EnumerateArray()
            .Where(row => row.GetProperty("worker").GetString() == worker).Select(row => row.GetProperty("reason").GetString()),
    ];

    private async Task<JsonElement> AskAsync(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await Center.SignInAsync("administrator"));
        using var answer = await Center.Server.Http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        return await answer.ReadJsonAsync();
    }
}
