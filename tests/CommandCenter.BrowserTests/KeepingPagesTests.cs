using System.Net.Http.Json;
using System.Text.Json;
using CommandCenter.IntegrationTests.Harness;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CommandCenter.BrowserTests;

/// <summary>Keeping and letting go on the real server: how long tracks are kept, holds for cases, erasure on request with its receipt.</summary>
[NonParallelizable]
public sealed class KeepingPagesTests
{
    private const string District = "140106";
    private const string Subdistrict = "140106004";
    private static readonly string[] Keys = ["retention", "holds", "erasures"];

    private DemoPages _demo = null!;
    private HttpClient _http = null!;

    private DemoCenter Center => _demo.Center;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _demo = await DemoPages.StartAsync();
        _http = new HttpClient { BaseAddress = Center.Server.Url };
        _http.DefaultRequestHeaders.Authorization = new("Bearer", await Center.SignInAsync("administrator"));
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        _http.Dispose();
        await _demo.DisposeAsync();
    }

    [Test]
    public async Task AnAreasRuleCountsForThoseBelowItAndIsTakenAway()
    {
        var (admin, page, watch) = await SignedInAsync("retention");
        var days = page.GetByTestId($"days-{Subdistrict}");
        await Expect(days).ToHaveTextAsync("90 天");
        await Expect(page.GetByTestId("kept-alarmWords")).ToContainTextAsync("365 天");
        await Expect(page.GetByTestId("kept-alarms")).ToContainTextAsync("1095 天");
        await admin.KeepAsync(District, 60, "上级要求");
        await Expect(page.GetByTestId($"days-{District}")).ToHaveTextAsync("60 天");
        await Expect(days).ToHaveTextAsync("60 天");
        await Expect(admin.Table("retention")).ToContainTextAsync("沿用");
        await Expect(admin.Table("retention")).ToContainTextAsync("上级要求");

        await admin.KeepAsync(Subdistrict, 365, "专项行动");
        await page.GetByTestId("only-rules").ClickAsync();
        await Expect(admin.Table("retention").Locator("tbody tr")).ToHaveCountAsync(2);

        foreach (var area in (string[])[District, Subdistrict])
        {
            await page.GetByTestId($"clear-{area}").ClickAsync();
            await admin.SubmitKeepingAsync("retention-form", "#retention-reason", "期满");
        }

        await Expect(page.GetByTestId("list-empty")).ToBeVisibleAsync();
        await page.GetByTestId("only-rules").ClickAsync();
        await Expect(days).ToHaveTextAsync("90 天");
        Assert.That(watch.Errors, Is.Empty);
    }

    [Test]
    public async Task WhatWouldGoIsSaidAndAskedAboutBeforeAnythingIsStored()
    {
        var (admin, page, _) = await SignedInAsync("retention");
        await page.RouteAsync("**/preview*", route => route.FulfillAsync(new RouteFulfillOptions
        {
            ContentType = "application/json",
            Body = """
                {"area":"140106","daysNow":90,"daysThen":7,"people":3605,"before":"2026-11-15T00:00:00Z","rows":31200,"fixes":2460000,"held":12,"oldest":"2026-08-24T00:00:00Z","roundMinutes":60}
                """,
        }));
        await admin.KeepAsync(District, 7, "试行");
        await Expect(page.GetByTestId("retention-preview")).ToContainTextAsync("2,460,000");
        await Expect(page.GetByTestId("retention-preview")).ToContainTextAsync("12 段同期轨迹");
        await Expect(page.GetByTestId("confirm-body")).ToContainTextAsync("无法恢复");
        Assert.That(await RulesAsync(), Is.Empty, "not before the second word");

        await page.GetByRole(AriaRole.Dialog, new() { Name = "删除早期轨迹" }).GetByRole(AriaRole.Button, new() { Name = "取消", Exact = true }).ClickAsync();
        await Expect(page.GetByTestId("retention-form")).ToBeVisibleAsync();
        Assert.That(await RulesAsync(), Is.Empty);
    }

    [Test]
    public async Task AHoldOnAnAreaIsPlacedAndReleasedEachWithItsReason()
    {
        var (admin, page, watch) = await SignedInAsync("holds");
        await page.GetByTestId("add").ClickAsync();
        var form = page.GetByTestId("hold-form");
        await form.Locator("#hold-case").FillAsync("2026-117");
        await page.GetByTestId("hold-kind").ClickAsync();
        await page.Locator(".el-select-dropdown__item:visible").Last.ClickAsync();
        await page.GetByTestId("hold-area-select").Locator("input").ClickAsync();
        await page.GetByTestId($"area-option-{Subdistrict}").ClickAsync();
        await admin.SubmitKeepingAsync("hold-form", "#hold-reason", "投诉核查");
        await Expect(admin.Table("holds")).ToContainTextAsync("2026-117");
        await Expect(admin.Table("holds")).ToContainTextAsync("投诉核查");
        await Expect(admin.Table("holds")).ToContainTextAsync("生效中");

        await page.Locator("[data-testid^=release-]:visible").First.ClickAsync();
        await Expect(page.GetByTestId("release-form").Locator("button[type=submit]")).ToBeDisabledAsync();
        await admin.SubmitKeepingAsync("release-form", "#release-reason", "案件办结");
        await Expect(page.Locator("[data-testid=holds]:visible").GetByText("2026-117")).ToHaveCountAsync(0);
        await page.GetByTestId("hold-state").ClickAsync();
        await page.Locator(".el-select-dropdown__item:visible").Nth(1).ClickAsync();
        await Expect(admin.Table("holds")).ToContainTextAsync("由 administrator 解除");
        Assert.That(watch.Errors, Is.Empty);
    }

    [Test]
    public async Task APersonsTracksAreDeletedAfterTheCodeIsTypedAndTheReceiptIsSaved()
    {
        var worker = Center.Devices[0].Worker;
        var note = new { id = Guid.NewGuid().ToString(), worker, at = DateTimeOffset.UtcNow, text = "门口停留" };
        using (var noted = await _http.PostAsJsonAsync("/api/tracks/notes", note))
        {
            Assert.That(noted.IsSuccessStatusCode);
        }

        var (admin, page, watch) = await SignedInAsync("erasures");
        await admin.PlanErasureAsync(worker, "本人申请");
        await Expect(page.GetByTestId("erased-tables")).ToContainTextAsync("轨迹备注");
        await Expect(page.GetByTestId("erasure-submit")).ToBeDisabledAsync();
        await page.Locator("#erasure-typed").FillAsync(worker + "x");
        await Expect(page.GetByTestId("erasure-submit")).ToBeDisabledAsync();
        Assert.That(await ReceiptsAsync(worker), Is.Zero, "a plan deletes nothing");

        await page.Locator("#erasure-typed").FillAsync(worker);
        await page.GetByTestId("erasure-submit").ClickAsync();
        await Expect(page.GetByTestId("erasure")).ToHaveAttributeAsync("data-state", "finished");
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByTestId("erasure-download").ClickAsync());
        using var saved = JsonDocument.Parse(await File.ReadAllBytesAsync(await download.PathAsync()));
        Assert.That(saved.RootElement.GetProperty("worker").GetString(), Is.EqualTo(worker));
        Assert.That(saved.RootElement.GetProperty("sha256").GetString(), Has.Length.EqualTo(64));

        await Expect(admin.Table("erasures")).ToContainTextAsync(worker);
        await page.Locator("[data-testid^=receipt-]:visible").First.ClickAsync();
        await Expect(page.GetByTestId("receipt")).ToContainTextAsync("本人申请");
        await Expect(page.GetByTestId("receipt")).ToContainTextAsync("审计记录");
        Assert.That(await Axe.ViolationsAsync(page), Is.Empty);
        Assert.That(watch.Errors, Is.Empty);
    }

    [Test]
    public async Task WhoIsHeldForACaseCannotBeErasedAndThePageSaysForWhich()
    {
        var worker = Center.Devices[1].Worker;
        var now = DateTimeOffset.UtcNow;
        using (var held = await _http.PostAsJsonAsync(
            "/api/tracks/holds", new { workers = new[] { worker }, from = now.AddDays(-2), to = now, until = now.AddDays(2), @case = "2026-200", reason = "x" }))
        {
            Assert.That(held.IsSuccessStatusCode);
        }

        var (admin, page, _) = await SignedInAsync("erasures");
        await admin.PlanErasureAsync(worker, "本人申请");
        await Expect(page.GetByTestId("erasure-held")).ToContainTextAsync("2026-200");
        await Expect(page.GetByTestId("erasure-submit")).ToHaveCountAsync(0);
        await page.GetByTestId("erasure-held").GetByRole(AriaRole.Link).ClickAsync();
        await Expect(admin.Table("holds")).ToContainTextAsync("2026-200");
    }

    [TestCase("dispatcher")]
    [TestCase("supervisor")]
    public async Task OthersDoNotSeeTheEntriesAndAreToldSoOnTheAddress(string role)
    {
        var (admin, page, _) = await SignedInAsync("erasures", role);
        await Expect(admin.NoRight).ToBeVisibleAsync();
        foreach (var key in Keys)
        {
            await Expect(page.GetByTestId($"menu-{key}")).ToHaveCountAsync(0);
        }
    }

    [Test]
    public async Task AnAnswerThatDoesNotComeIsSaidAndAskedForAgain()
    {
        var (_, page, _) = await SignedInAsync("accounts");
        await page.RouteAsync("**/api/tracks/retention", route => route.AbortAsync());
        await new AdminPages(page).OpenAsync("retention");
        await Expect(page.GetByTestId("list-failed")).ToBeVisibleAsync();
        await page.UnrouteAsync("**/api/tracks/retention");
        await page.GetByTestId("list-failed").GetByRole(AriaRole.Button).ClickAsync();
        await Expect(page.GetByTestId("retention")).ToBeVisibleAsync();
    }

    [TestCase("zh-CN")]
    [TestCase("en")]
    public async Task EveryPageAndFormIsAccessible(string language)
    {
        var (page, watch) = await _demo.NewPageAsync();
        var admin = new AdminPages(page);
        var (user, password) = Center.AccountOf("administrator");
        await admin.SignInAsync($"/admin/retention?lang={language}", user, password);
        var violations = new List<string>();
        foreach (var key in Keys)
        {
            await admin.OpenAsync(key);
            await Expect(page.Locator("main h1")).ToBeVisibleAsync();
            await Expect(page.GetByTestId("list-loading")).ToHaveCountAsync(0);
            violations.AddRange((await Axe.ViolationsAsync(page)).Select(one => $"{key} {one}"));
            if (key != "erasures")
            {
                await page.GetByTestId("add").ClickAsync();
                await Expect(page.Locator(".el-dialog:visible form")).ToBeVisibleAsync();
                violations.AddRange((await Axe.ViolationsAsync(page)).Select(one => $"{key} form {one}"));
                await page.Keyboard.PressAsync("Escape");
            }
        }

        Assert.Multiple(() =>
        {
            Assert.That(violations, Is.Empty);
            Assert.That(watch.Errors, Is.Empty);
        });
    }

    private async Task<string[]> RulesAsync() =>
        [.. (await _http.GetFromJsonAsync<JsonElement>("/api/tracks/retention")).GetProperty("rules").EnumerateArray().Select(rule => rule.GetProperty("area").GetString()!)];

    private async Task<int> ReceiptsAsync(string worker) =>
        (await _http.GetFromJsonAsync<JsonElement>($"/api/erasures?worker={worker}")).GetProperty("items").GetArrayLength();

    private async Task<(AdminPages Admin, IPage Page, PageWatch Watch)> SignedInAsync(string key, string role = "administrator")
    {
        var (page, watch) = await _demo.NewPageAsync();
        var (user, password) = Center.AccountOf(role);
        var admin = new AdminPages(page);
        await admin.SignInAsync($"/admin/{key}", user, password);
        return (admin, page, watch);
    }
}
