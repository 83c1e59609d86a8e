using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CommandCenter.BrowserTests;

/// <summary>Coverage on the real server: from the district down to the square and to the tracks that earned it, and what can be done from there.</summary>
[NonParallelizable]
public sealed class CoveragePageTests
{
    private static readonly string OnTheSpot = string.Create(CultureInfo.InvariantCulture, $"map={CoverageCenter.Longitude},{CoverageCenter.Latitude},17");

    private CoverageCenter _center = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _center = await CoverageCenter.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _center.DisposeAsync();

    [Test]
    public async Task OnesWayLeadsFromTheDistrictToTheSquareAndToTheTracksThatEarnedIt()
    {
        var (page, watch) = await OpenAsync("supervisor", $"?{OnTheSpot}");
        await Expect(page.GetByTestId("coverage-legend")).ToContainTextAsync("距上次到访");
        await Expect(page.GetByTestId("rates-table").Locator("tbody tr").First).ToBeVisibleAsync();
        var map = (await page.GetByTestId("map").BoundingBoxAsync())!;
        await page.Mouse.ClickAsync(map.X + (map.Width / 2), map.Y + (map.Height / 2));
        await Expect(page.GetByTestId("square-age")).ToHaveTextAsync("当天");
        await Expect(page.GetByTestId("square-state")).ToHaveTextAsync("未到期");
        await Expect(page.GetByTestId("square-days").Locator("tbody tr")).ToHaveCountAsync(1);
        await Expect(page).ToHaveURLAsync(new Regex("cell=\\d+"));

        await page.GetByTestId("square-tracks").ClickAsync();
        await page.GetByTestId("reason-text").FillAsync("核对巡查");
        await page.GetByTestId("reason-submit").ClickAsync();
        var replay = page.GetByTestId($"replay-{_center.Worker}");
        await Expect(replay).ToHaveAttributeAsync("href", new Regex($"^/playback\\?workers={_center.Worker}&from=.+&to="));
        await replay.ClickAsync();
        await Expect(page.GetByTestId("playback-subject")).ToContainTextAsync(_center.Worker);
        Assert.That(watch.Errors, Is.Empty);
    }

    [Test]
    public async Task AnAreaIsOpenedFromTheTableAndTheBackKeyGoesUpAgain()
    {
        var (page, watch) = await OpenAsync("supervisor");
        await Expect(page.GetByTestId("rate")).ToContainTextAsync("%");
        await Expect(page.GetByTestId("figure-visited")).Not.ToContainTextAsync("已到访0");
        await page.GetByTestId("rate-140106001").Locator("th button").ClickAsync();
        await Expect(page.GetByTestId("coverage-path")).ToContainTextAsync("柳巷街道");
        await Expect(page).ToHaveURLAsync(new Regex("area=140106001"));
        await Expect(page.GetByTestId("area-140106001")).ToHaveAttributeAsync("aria-selected", "true");
        await page.GoBackAsync();
        await Expect(page.GetByTestId("coverage-path")).Not.ToContainTextAsync("柳巷街道");
        await Expect(page.GetByTestId("rate-140106001")).ToBeVisibleAsync();
        Assert.That(watch.Errors, Is.Empty);
    }

    [Test]
    public async Task TheWeeksAreGoneThroughWithTheKeysAndUnreckonedOnesSaySo()
    {
        var (page, watch) = await OpenAsync("supervisor");
        var text = page.GetByTestId("window-text");
        await Expect(page.GetByTestId("as-of")).ToContainTextAsync("截至");
        var now = await text.InnerTextAsync();
        await page.GetByTestId("window-slider").FocusAsync();
        await page.Keyboard.PressAsync("ArrowLeft");
        await page.Keyboard.PressAsync("ArrowLeft");
        await Expect(text).Not.ToHaveTextAsync(now);
        await Expect(page).ToHaveURLAsync(new Regex(@"to=\d{4}-\d\d-\d\d"));
        await Expect(page.GetByTestId("not-reckoned")).ToBeVisibleAsync();
        await Expect(page.GetByTestId("figure-visited")).ToHaveTextAsync("已到访–");
        await page.GetByTestId("latest").ClickAsync();
        await Expect(text).ToHaveTextAsync(now);
        await Expect(page.GetByTestId("not-reckoned")).ToHaveCountAsync(0);
        Assert.That(watch.Errors, Is.Empty);
    }

    [Test]
    public async Task SomebodyIsSentToASquareFromTheMap()
    {
        var (page, watch) = await OpenAsync("dispatcher", $"?{OnTheSpot}&measure=blind");
        await page.GetByTestId("square-middle").ClickAsync();
        await page.GetByTestId("beside-north").ClickAsync();
        await Expect(page.GetByTestId("square-none")).ToBeVisibleAsync();
        await page.GetByTestId("square-send").ClickAsync();
        await Expect(page.GetByTestId("alarm-raise-information")).ToBeCheckedAsync();
        await Expect(page.GetByTestId("alarm-raise-place")).ToBeCheckedAsync();
        await Expect(page.GetByTestId("alarm-raise-note")).ToHaveValueAsync(new Regex("巡查盲区"));
        await page.GetByTestId("alarm-raise-submit").ClickAsync();
        await Expect(page.GetByTestId("square-raised").GetByRole(AriaRole.Link)).ToHaveAttributeAsync("href", new Regex(@"^/\?alarm=[0-9a-f-]{36}$"));
        Assert.That(watch.Errors, Is.Empty);
    }

    [TestCase("csv", "text/csv")]
    [TestCase("geojson", "application/geo+json")]
    [TestCase("png", "image/png")]
    public async Task WhatIsShownIsExported(string format, string type)
    {
        var (page, _) = await OpenAsync("supervisor", "?area=140106001&measure=visits");
        await page.GetByTestId("export").Locator("summary").ClickAsync();
        var address = await page.GetByTestId($"export-{format}").GetAttributeAsync("href");
        var answer = await page.APIRequest.GetAsync(address!);
        Assert.Multiple(() =>
        {
            Assert.That(answer.Status, Is.EqualTo(200));
            Assert.That(answer.Headers["content-type"], Does.StartWith(type));
            Assert.That(address, Does.Contain("measure=visits").And.Contain("area=140106001"));
        });
    }

    [Test]
    public async Task AnAnswerThatDoesNotComeIsSaidAndAskedForAgain()
    {
        var (page, _) = await _center.Pages.NewPageAsync();
        await page.RouteAsync("**/api/coverage**", route => route.FulfillAsync(new RouteFulfillOptions { Status = 503 }));
        await SignInAsync(page, "supervisor", string.Empty);
        await Expect(page.GetByTestId("picture-problem")).ToContainTextAsync("服务器正在启动或恢复");
        await Expect(page.GetByTestId("rates-problem")).ToBeVisibleAsync();
        await page.UnrouteAsync("**/api/coverage**");
        await page.GetByTestId("picture-problem").GetByRole(AriaRole.Button).ClickAsync();
        await Expect(page.GetByTestId("picture-problem")).ToHaveCountAsync(0);
        await Expect(page.GetByTestId("rate")).ToBeVisibleAsync();
    }

    [Test]
    public async Task CoverageIsLaidOnTheWallAndStaysInItsAddress()
    {
        var (page, watch) = await _center.Pages.SignedInAsync("dispatcher");
        await new WallPage(page).WaitForPictureAsync();
        await page.GetByTestId("layers").ClickAsync();
        await page.GetByTestId("layer-heat").SelectOptionAsync("age");
        await Expect(page.GetByTestId("wall-heat")).ToContainTextAsync("截至");
        await Expect(page).ToHaveURLAsync(new Regex("layers=heat-age"));
        await page.ReloadAsync();
        await Expect(page.GetByTestId("wall-heat")).ToContainTextAsync("截至");
        await page.GetByTestId("layers").ClickAsync();
        foreach (var (measure, title) in ((string, string)[])[("visits", "到访频次"), ("dwell", "停留时间"), ("blind", "盲区")])
        {
            await page.GetByTestId("layer-heat").SelectOptionAsync(measure);
            await Expect(page.GetByTestId("coverage-legend")).ToContainTextAsync(title);
            await Expect(page.GetByTestId("wall-heat")).ToContainTextAsync("截至");
        }

        await page.GetByTestId("layer-heat").SelectOptionAsync("none");
        await Expect(page.GetByTestId("wall-heat")).ToHaveCountAsync(0);
        Assert.That(watch.Errors, Is.Empty);
    }

    [Test]
    public async Task FromTheWallsLegendTheSquaresOfTheSamePlaceAreOpened()
    {
        var (page, watch) = await _center.Pages.NewPageAsync();
        await page.GotoAsync($"/?at={CoverageCenter.Longitude},{CoverageCenter.Latitude},17&layers=heat-blind");
        var (user, password) = _center.Demo.AccountOf("dispatcher");
        await new SignInPage(page).SubmitAsync(user, password);
        var link = page.GetByTestId("wall-heat-there");
        await Expect(link).ToHaveAttributeAsync("href", new Regex(@"^/coverage\?measure=blind&map=112\.\d+,37\.\d+,"));
        await link.ClickAsync();
        await Expect(page.GetByTestId("coverage-legend")).ToContainTextAsync("盲区");
        Assert.That(watch.Errors, Is.Empty);
    }

    [Test]
    public async Task ASquareThatMayBeBlindIsNotSaidToBe()
    {
        var (page, _) = await OpenAsync("supervisor", $"?{OnTheSpot}&measure=visits");
        await page.GetByTestId("square-middle").ClickAsync();
        await page.GetByTestId("beside-north").ClickAsync();
        await Expect(page.GetByTestId("square-state")).ToHaveTextAsync("没有数据，不能说是不是盲区");
        await page.GetByTestId("square-close").ClickAsync();
        await Expect(page.GetByTestId("figure-blind")).ToContainTextAsync("格还不能判断");
    }

    [Test]
    public async Task APictureOfOtherDaysGoesWhenTheNextOneDoesNotCome()
    {
        var (page, _) = await OpenAsync("supervisor");
        await page.RouteAsync("**/api/coverage?**", route => route.FulfillAsync(new RouteFulfillOptions { Status = 413 }));
        await page.GetByTestId("days-28").CheckAsync(new LocatorCheckOptions { Force = true });
        await Expect(page.GetByTestId("picture-problem")).ToContainTextAsync("请选择较小的区划");
        await page.WaitForFunctionAsync("() => window.__coverage.painted === null");
    }

    [Test]
    public async Task ADisplayOnTheWallHasNoPageOfNames()
    {
        var (page, _) = await _center.Pages.NewPageAsync();
        await page.GotoAsync("/coverage");
        var (user, password) = _center.Demo.AccountOf("wall");
        await new SignInPage(page).SubmitAsync(user, password);
        await Expect(page.GetByTestId("wall")).ToBeVisibleAsync();
        await Expect(page.GetByTestId("coverage")).ToHaveCountAsync(0);
    }

    [Test]
    public async Task ATargetIsSetOnItsPageAndMasksAreImportedWithWhatIsWrongInEach()
    {
        var (page, watch) = await _center.Pages.NewPageAsync();
        var (user, password) = _center.Demo.AccountOf("administrator");
        var admin = new AdminPages(page);
        await admin.SignInAsync("/admin/coverage", user, password);

        // The demo's own: daily where people crowd.
        await Expect(admin.Table("targets")).ToContainTextAsync("柳巷商业街");
        await Expect(page.GetByTestId("target-clear-140106002")).ToHaveCountAsync(0);
        await page.GetByTestId("target-add").ClickAsync();
        await page.GetByTestId("target-area-select").Locator("input").ClickAsync();
        await page.GetByTestId("area-option-140106002").ClickAsync();
        await page.GetByTestId("target-remote").CheckAsync();
        await page.GetByTestId("target-form").Locator("button[type=submit]").ClickAsync();
        await Expect(admin.Table("targets")).ToContainTextAsync("偏远（30 天）");
        await page.GetByTestId("target-clear-140106002").First.ClickAsync();
        await admin.ConfirmAsync();
        await Expect(page.GetByTestId("target-clear-140106002")).ToHaveCountAsync(0);

        await page.GetByTestId("mask-file").SetInputFilesAsync(new FilePayload
        {
            Name = "masks.geojson",
            MimeType = "application/geo+json",
            Buffer = """
                {"type":"FeatureCollection","features":[
                {"type":"Feature","properties":{"code":"W-1","name":"东湖","kind":"water"},"geometry":{"type":"Polygon","coordinates":[[[112.61,37.84],[112.611,37.84],[112.611,37.841],[112.61,37.84]]]}},
                {"type":"Feature","properties":{"code":"W-2","name":"无形","kind":"water"},"geometry":null}]}
                """u8.ToArray(),
        });
        await Expect(page.GetByTestId("mask-report")).ToContainTextAsync("新增 1");
        await Expect(page.GetByTestId("mask-report")).ToContainTextAsync("第 2 个 W-2");
        await Expect(admin.Table("masks")).ToContainTextAsync("东湖");
        Assert.That(await Axe.ViolationsAsync(page), Is.Empty);
        await page.GetByTestId("mask-end-W-1").First.ClickAsync();
        await admin.ConfirmAsync();
        await Expect(page.GetByTestId("mask-end-W-1")).ToHaveCountAsync(0);
        Assert.That(watch.Errors, Is.Empty);
    }

    [TestCase("zh-CN")]
    [TestCase("en")]
    public async Task ThePageIsAccessible(string language)
    {
        var (page, watch) = await OpenAsync("supervisor", $"?lang={language}&{OnTheSpot}");
        await Expect(page.GetByTestId("coverage-legend")).ToContainTextAsync(language == "en" ? "Since last visit" : "距上次到访");
        await Expect(page.GetByTestId("rates-table")).ToBeVisibleAsync();
        var violations = (await Axe.ViolationsAsync(page)).ToList();
        await page.GetByTestId("square-middle").ClickAsync();
        await Expect(page.GetByTestId("square-days")).ToBeVisibleAsync();
        violations.AddRange((await Axe.ViolationsAsync(page)).Select(one => $"square {one}"));
        Assert.Multiple(() =>
        {
            Assert.That(violations, Is.Empty);
            Assert.That(watch.Errors, Is.Empty);
        });
    }

    /// <summary>On the coverage page, with something painted.</summary>
    private async Task<(IPage Page, PageWatch Watch)> OpenAsync(string role, string search = "")
    {
        var (page, watch) = await _center.Pages.NewPageAsync();
        await SignInAsync(page, role, search);
        await page.WaitForFunctionAsync("() => window.__coverage?.painted > 0 && window.__coverage.map?.markers");
        return (page, watch);
    }

    private async Task SignInAsync(IPage page, string role, string search)
    {
        await page.GotoAsync($"/coverage{search}");
        var (user, password) = _center.Demo.AccountOf(role);
        await new SignInPage(page).SubmitAsync(user, password);
        await page.GetByTestId("coverage").WaitForAsync();
    }
}
