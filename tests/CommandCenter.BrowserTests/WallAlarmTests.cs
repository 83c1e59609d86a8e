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

/// <summary>A press on a phone, and what the walls and the dispatchers before them see and do.</summary>
public sealed class WallAlarmTests
{
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
        var open = await AskAsync(HttpMethod.Get, "/api/alarms?state=open");
        foreach (var alarm in open.GetProperty("items").EnumerateArray())
        {
            await AskAsync(HttpMethod.Post, $"/api/alarms/{alarm.GetProperty("id").GetString()}/resolve", new { outcome = "falseAlarm", reason = "清场" });
        }
    }

    [Test]
    public async Task APressShowsOnEveryWallIsAcknowledgedOnOneAndEndsOnAll()
    {
        var (desk, _) = await SignedInAsync("dispatcher");
        var (other, _) = await SignedInAsync("supervisor");
        var (wall, _) = await SignedInAsync("wall");

        var id = await PressAsync(Center.Devices[0]);

        foreach (var one in new[] { desk, other, wall })
        {
            await Expect(one.Root).ToHaveAttributeAsync("data-raised", "true");
            await Expect(one.Big).ToHaveAttributeAsync("data-id", id);
            await Expect(one.Who).Not.ToBeEmptyAsync();
            await Expect(one.Where).Not.ToBeEmptyAsync();
            await Expect(one.Clock).ToContainTextAsync(new Regex(@"\d+:\d\d"));
            await Expect(one.Marks).ToHaveCountAsync(1);
        }

        await Expect(wall.Acknowledge).ToHaveCountAsync(0);
        await desk.Acknowledge.ClickAsync();
        await Expect(other.By).ToContainTextAsync("dispatcher");
        await Expect(wall.Root).ToHaveAttributeAsync("data-raised", "false");

        await desk.ResolveAsync("resolved", "已到场处置");
        await Expect(other.Root).ToHaveCountAsync(0);
        await Expect(wall.Marks).ToHaveCountAsync(0);
        await Eventually.TrueAsync(
            async () => await StepsAsync(id) is var steps && steps.Contains("shown") && steps.Contains("acknowledged") && steps[^1] == "resolved",
            "the ledger has every step",
            TimeSpan.FromSeconds(60));

        await desk.Undo.ClickAsync();
        await Expect(other.Root).ToHaveAttributeAsync("data-raised", "true");
    }

    [Test]
    public async Task TheFirstRowIsWhatWaitsLongestAndEachSaysWhatIsSpecialAboutIt()
    {
        var (desk, _) = await SignedInAsync("dispatcher");
        var late = await PressAsync(Center.Devices[0], occurredAt: DateTimeOffset.UtcNow.AddMinutes(-29), accuracyMeters: 420);
        var placeless = await PressAsync(Center.Devices[1], hasPlace: false);
        await PressAsync(Center.Devices[2], exercise: true);

        await Expect(desk.Big).ToHaveAttributeAsync("data-id", late);
        await Expect(desk.Flag("late")).ToContainTextAsync("发生");
        await Expect(desk.Flag("accuracy")).ToContainTextAsync("420");
        await Expect(desk.Rows).ToHaveCountAsync(2);
        await Expect(desk.Rows.Last).ToContainTextAsync("演练");

        await desk.Rows.First.ClickAsync();
        await Expect(desk.Big).ToHaveAttributeAsync("data-id", placeless);
        await Expect(desk.Flag("nowhere")).ToBeVisibleAsync();
    }

    [Test]
    public async Task TheKeyboardFindsTheButtonAndAcknowledgesWithASecondKey()
    {
        var (desk, page) = await SignedInAsync("dispatcher");
        await PressAsync(Center.Devices[0]);
        await Expect(desk.Root).ToBeVisibleAsync();

        await page.Keyboard.PressAsync("a");
        await Expect(desk.Acknowledge).ToBeFocusedAsync();
        await Expect(desk.Root).ToHaveAttributeAsync("data-raised", "true");
        await page.Keyboard.PressAsync("Enter");

        await Expect(desk.Root).ToHaveAttributeAsync("data-raised", "false");
    }

    [Test]
    public async Task AKioskShowsItWithoutButtonsAndItsMapGoesThere()
    {
        var (_, page) = await SignedInAsync("wall");
        await page.GotoAsync("/?kiosk=1");
        var kiosk = new AlarmBanner(page);
        await page.WaitForFunctionAsync("() => window.__wall?.alarms.lane === 'open' && window.__wall.map?.loaded");

        var id = await PressAsync(Center.Devices[0]);

        await Expect(kiosk.Big).ToHaveAttributeAsync("data-id", id);
        await Expect(page.GetByRole(AriaRole.Button)).ToHaveCountAsync(0);
        await WaitForMarkInTheMiddleAsync(page);
        await Eventually.TrueAsync(async () => (await StepsAsync(id)).Contains("shown"), "the kiosk counts as having shown it", TimeSpan.FromSeconds(60));
    }

    [Test]
    public async Task ADesksMapGoesToANewPressUnlessThisBrowserSwitchedThatOff()
    {
        var (desk, page) = await SignedInAsync("dispatcher");
        await page.GetByTestId("alarms").ClickAsync();
        await page.GetByTestId("alarm-fly").UncheckAsync();
        var before = await page.EvaluateAsync<string>("() => location.search");

        await PressAsync(Center.Devices[0]);
        await Expect(desk.Marks).ToHaveCountAsync(1);
        // As long as a flight would need: what does not happen has no sign to wait for.
        await page.WaitForTimeoutAsync(8000);
        Assert.That(await page.EvaluateAsync<string>("() => location.search"), Is.EqualTo(before));

        await page.GetByTestId("alarm-fly").CheckAsync();
        await PressAsync(Center.Devices[1]);
        await WaitForMarkInTheMiddleAsync(page);
    }

    [Test]
    public async Task WhatWasNotDoneIsSaidAndCanBeTriedAgain()
    {
        var (desk, page) = await SignedInAsync("dispatcher");
        await PressAsync(Center.Devices[0]);
        await page.RouteAsync("**/acknowledge", route => route.FulfillAsync(new() { Status = 503, Body = "{}", ContentType = "application/problem+json" }));

        await desk.Acknowledge.ClickAsync();
        await Expect(desk.Problem).ToContainTextAsync("没有提交成功");
        await Expect(desk.Root).ToHaveAttributeAsync("data-raised", "true");

        await page.UnrouteAsync("**/acknowledge");
        await desk.Acknowledge.ClickAsync();
        await Expect(desk.Problem).ToHaveCountAsync(0);
        await Expect(desk.Root).ToHaveAttributeAsync("data-raised", "false");
    }

    [Test]
    public async Task TheCardTellsTheLedgerAndTheListFindsWhatIsOver()
    {
        var (desk, page) = await SignedInAsync("dispatcher");
        var id = await PressAsync(Center.Devices[0]);
        await desk.Details.ClickAsync();

        await Expect(desk.Card).ToContainTextAsync("请求支援");
        await Expect(desk.Ledger).ToContainTextAsync("已在屏幕显示");
        await desk.Acknowledge.ClickAsync();
        await Expect(desk.Ledger).ToContainTextAsync("签收");
        await desk.ResolveAsync("falseAlarm", "误触");

        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("q");
        await page.GetByTestId("alarm-filter-state").SelectOptionAsync("falseAlarm");
        await desk.Item(id).ClickAsync();
        await Expect(desk.Card).ToContainTextAsync("误报");
        await Expect(page.GetByTestId("alarm-reopen")).ToBeVisibleAsync();
    }

    [Test]
    public async Task TheCardSaysWhatWasDeletedAndThatTheChainHolds()
    {
        var id = await PressAsync(Center.Devices[2]);
        await AskAsync(HttpMethod.Post, $"/api/alarms/{id}/resolve", new { outcome = "resolved", reason = "已送医" });
        await Eventually.TrueAsync(
            async () => await AskAsync(HttpMethod.Get, $"/api/alarms/{id}") is var alarm && alarm.GetProperty("stored").GetBoolean() && alarm.GetProperty("ledger").GetArrayLength() > 2,
            "stored",
            TimeSpan.FromSeconds(60));
        var erasure = $"/api/workers/{Center.Devices[2].Worker}/erasure";
        var plan = (await AskAsync(HttpMethod.Post, erasure, new { reason = "本人申请" })).GetProperty("plan").GetString();
        await AskAsync(HttpMethod.Post, erasure, new { reason = "本人申请", plan });
        await Eventually.TrueAsync(
            async () => (await AskAsync(HttpMethod.Get, $"/api/alarms/{id}")).GetProperty("erasedAt").ValueKind == JsonValueKind.String, "erased", TimeSpan.FromSeconds(60));

        var (desk, page) = await SignedInAsync("dispatcher");
        await page.Keyboard.PressAsync("q");
        await page.GetByTestId("alarm-filter-state").SelectOptionAsync("resolved");
        await desk.Item(id).ClickAsync();

        await Expect(page.GetByTestId("alarm-card-title")).ToContainTextAsync("已删除");
        await Expect(page.GetByTestId("alarm-erased")).ToBeVisibleAsync();
        await Expect(page.GetByTestId("words-deleted").First).ToHaveTextAsync("（已删除）");
        await Expect(page.GetByTestId("alarm-intact")).ToHaveAttributeAsync("data-mark", "intact");
        await Expect(desk.Card).Not.ToContainTextAsync(Center.Devices[2].Worker);
        await Expect(page.GetByTestId("alarm-reopen")).ToHaveCountAsync(0);
    }

    [Test]
    public async Task AWallThatMayNotSoundSaysSoUntilAClickAllowsIt()
    {
        var (page, _) = await _pages.NewPageAsync();
        await page.AddInitScriptAsync(
            """
            window.AudioContext = class extends AudioContext {
              get state() { return window.__allowed ? super.state : 'suspended'; }
              async resume() {
                window.__allowed = window.__armed;
                await super.resume();
                this.onstatechange?.();
              }
            };
            """);
        var desk = await SignInAsync(page, "dispatcher");

        await Expect(desk.Silent).ToHaveAttributeAsync("data-silence", "off");
        await page.EvaluateAsync("() => { window.__armed = true; }");
        await desk.Silent.ClickAsync();

        await Expect(desk.Silent).ToHaveCountAsync(0);
        Assert.That(await page.EvaluateAsync<string>("() => window.__wall.alarms.sound"), Is.EqualTo("on"));
    }

    [Test]
    public async Task MutingIsMarkedAndOutlivesAReload()
    {
        var (desk, page) = await SignedInAsync("dispatcher");
        await page.GetByTestId("alarms").ClickAsync();
        await page.GetByTestId("alarm-mute").CheckAsync();

        await Expect(desk.Silent).ToHaveAttributeAsync("data-silence", "muted");
        await page.ReloadAsync();
        await Expect(desk.Silent).ToHaveAttributeAsync("data-silence", "muted");
    }

    [Test]
    public async Task TheBannerTheListAndTheCardKeepTheRulesOfAccessibility()
    {
        var (desk, page) = await SignedInAsync("dispatcher");
        var before = await Axe.ViolationsAsync(page);
        var id = await PressAsync(Center.Devices[0]);
        await PressAsync(Center.Devices[1], kind: "information");
        await Expect(desk.Rows).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("q");
        await Expect(desk.Item(id)).ToBeVisibleAsync();
        Assert.That((await Axe.ViolationsAsync(page)).Except(before), Is.Empty, "list");

        await desk.Item(id).ClickAsync();
        await Expect(desk.Ledger).ToBeVisibleAsync();
        Assert.That((await Axe.ViolationsAsync(page)).Except(before), Is.Empty, "card");
    }

    /// <summary>In the middle of what the banner leaves of the map, and near: both presses of a test are at one place.</summary>
    private static Task WaitForMarkInTheMiddleAsync(IPage page) => page.WaitForFunctionAsync(
        """
        () => {
          const map = document.querySelector('[data-testid=map]').getBoundingClientRect();
          const mark = document.querySelector('[data-testid=alarm-mark]')?.getBoundingClientRect();
          const top = document.querySelector('[data-testid=alarm-banner]')?.getBoundingClientRect().bottom;
          if (!mark || !top) return false;
          const [x, y] = [mark.x + mark.width / 2, mark.y + mark.height / 2];
          return Math.abs(x - (map.left + map.right) / 2) < map.width / 20 && Math.abs(y - (top + map.bottom) / 2) < map.height / 8;
        }
        """);

    private async Task<(AlarmBanner Alarms, IPage Page)> SignedInAsync(string role)
    {
        var (page, _) = await _pages.NewPageAsync();
        return (await SignInAsync(page, role), page);
    }

    /// <summary>On a wall whose alarms have come: what is pressed from now on is news.</summary>
    private async Task<AlarmBanner> SignInAsync(IPage page, string role)
    {
        var signIn = new SignInPage(page);
        await signIn.OpenAsync();
        var (user, password) = Center.AccountOf(role);
        await signIn.SignInAsync(user, password);
        await page.WaitForFunctionAsync("() => window.__wall?.alarms.lane === 'open'");
        return new AlarmBanner(page);
    }

    private async Task<string> PressAsync(
        DemoDevice device, string kind = "sos", DateTimeOffset? occurredAt = null, double accuracyMeters = 12, bool hasPlace = true, bool exercise = false)
    {
        var id = Guid.NewGuid().ToString("D");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/alarms")
        {
            Content = JsonContent.Create(new
            {
                id,
                kind,
                longitude = hasPlace ? 112.57 : (double?)null,
                latitude = hasPlace ? 37.86 : (double?)null,
                accuracyMeters,
                occurredAt = occurredAt ?? DateTimeOffset.UtcNow,
                note = "请求支援",
                exercise,
            }),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{device.User}:{device.Password}")));
        using var answer = await Center.Server.Http.SendAsync(request);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Created), await answer.Content.ReadAsStringAsync());
        return id;
    }

    private async Task<List<string>> StepsAsync(string id)
    {
        var alarm = await AskAsync(HttpMethod.Get, $"/api/alarms/{id}");
        return [.. alarm.GetProperty("ledger").EnumerateArray().Select(entry => entry.GetProperty("step").GetString()!)];
    }

    private async Task<JsonElement> AskAsync(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await Center.SignInAsync("administrator"));
        using var answer = await Center.Server.Http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        return await answer.ReadJsonAsync();
    }
}
