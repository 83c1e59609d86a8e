using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CommandCenter.BrowserTests;

/// <summary>Scores on the real server: from the list to one's arithmetic and to what stands behind each number, appealed against and printed.</summary>
[NonParallelizable]
public sealed class AssessmentPageTests
{
    private ScoresCenter _center = null!;

    private string Week => $"?period=week&starts={_center.Week:O}&area=140106001";

    [OneTimeSetUp]
    public async Task StartAsync() => _center = await ScoresCenter.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _center.DisposeAsync();

    [Test]
    public async Task OnesWayLeadsFromTheListToTheScoreAndToTheSquaresBehindIt()
    {
        var (page, watch) = await OpenAsync("supervisor", Week);
        await Expect(page.GetByTestId("snapshot")).ToHaveAttributeAsync("data-state", "closed");
        await Expect(page.GetByTestId("signed")).ToBeVisibleAsync();
        await Expect(page.GetByTestId("distribution-counts")).ToContainTextAsync("有总分");
        await page.GetByTestId($"score-{_center.Worker}").GetByRole(AriaRole.Link).ClickAsync();
        await Expect(page.GetByTestId("score-total")).ToContainTextAsync(new Regex(@"\d+\.\d\d"));
        await Expect(page.GetByTestId("pencil")).ToContainTextAsync(new Regex(@"÷ \d+ = .*总分"));
        await Expect(page.GetByTestId("indicator-incidents").GetByTestId("no-data")).ToContainTextAsync("功能尚未建成");
        await Expect(page).ToHaveURLAsync(new Regex(@"score=\d+"));

        await page.GetByTestId("evidence-grid-coverage").ClickAsync();
        await page.GetByTestId("reason-text").FillAsync("核对成绩");
        await page.GetByTestId("reason-submit").ClickAsync();
        await page.WaitForFunctionAsync("() => window.__squares?.shown() > 0");
        await Expect(page.GetByTestId("squares-always")).ToContainTextAsync(new Regex("[1-9]"));
        await Expect(page.GetByTestId("squares-never")).ToContainTextAsync(new Regex("[1-9]"));
        await Expect(page).ToHaveURLAsync(new Regex("evidence=grid-coverage"));

        await page.GetByTestId("evidence-patrol-regularity").ClickAsync();
        await Expect(page.GetByTestId($"day-{_center.Week:O}")).ToHaveAttributeAsync("data-state", "patrolled");
        await Expect(page.GetByTestId($"day-{_center.Week:O}").GetByRole(AriaRole.Link)).ToHaveAttributeAsync("href", new Regex($"^/playback\\?workers={_center.Worker}&from="));
        await page.GetByTestId("evidence-alarm-acknowledged").ClickAsync();
        await Expect(page.GetByTestId("sent-evidence").Locator("tbody tr")).ToHaveCountAsync(3);
        await Expect(page.GetByTestId("sent-evidence").Locator("a[href^='/?alarm=']")).ToHaveCountAsync(3);

        await page.GoBackAsync();
        await Expect(page.GetByTestId("scores-table")).ToBeVisibleAsync();
        await Expect(page).Not.ToHaveURLAsync(new Regex("score="));
        Assert.That(watch.Errors, Is.Empty);
    }

    [Test]
    public async Task WithoutAReasonNoEvidenceIsShown()
    {
        var (page, watch) = await OpenAsync("supervisor", Week);
        await page.GetByTestId($"score-{_center.Worker}").GetByRole(AriaRole.Link).ClickAsync();
        await page.GetByTestId("evidence-patrol-regularity").ClickAsync();
        await Expect(page.GetByTestId("reason-dialog")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.GetByTestId("reason-dialog")).ToHaveCountAsync(0);
        await Expect(page.GetByTestId("day-evidence")).ToHaveCountAsync(0);
        await Expect(page.GetByTestId("evidence-patrol-regularity")).ToHaveAttributeAsync("aria-pressed", "false");
        Assert.That(watch.Errors, Is.Empty);
    }

    [Test]
    public async Task ACorrectionIsToldWithItsDifferenceAndTheOldVersionStaysReadable()
    {
        var (page, watch) = await OpenAsync("supervisor", Week);
        await Expect(page.GetByTestId("difference")).ToContainTextAsync("有迟到的数据");
        await Expect(page.GetByTestId("difference")).ToContainTextAsync("总分最大变化 +");
        await page.GetByTestId("version").SelectOptionAsync("1");
        await Expect(page.GetByTestId("old-version")).ToBeVisibleAsync();
        await Expect(page).ToHaveURLAsync(new Regex("version=1"));
        await page.GetByTestId($"score-{_center.Worker}").GetByRole(AriaRole.Link).ClickAsync();
        await Expect(page.GetByTestId("appeal-barred")).ToContainTextAsync("这是旧版本");
        await page.GetByTestId("version-2").GetByRole(AriaRole.Link).ClickAsync();
        await Expect(page.GetByTestId("version-2")).ToContainTextAsync("正在看");
        await Expect(page.GetByTestId("version-2")).ToContainTextAsync("责任区覆盖 0.00 →");
        await Expect(page.GetByTestId("past").Locator("tbody tr")).ToHaveCountAsync(2);
        Assert.That(watch.Errors, Is.Empty);
    }

    [Test]
    public async Task AnAppealIsFiledAndASecondOneIsRefusedInWords()
    {
        var (page, watch) = await OpenAsync("supervisor", Week);
        await page.GetByTestId($"score-{_center.Other}").GetByRole(AriaRole.Link).ClickAsync();
        await page.GetByTestId("file-appeal").ClickAsync();
        await page.GetByTestId("appeal-submit").ClickAsync();
        await Expect(page.GetByTestId("appeal-missing")).ToBeVisibleAsync();
        await FileAsync(page);
        await Expect(page.GetByTestId("appeal-dialog")).ToHaveCountAsync(0);
        await Expect(page.GetByTestId("appeal-filed")).ToBeVisibleAsync();
        await Expect(page.GetByTestId("appeal")).ToContainTextAsync("待裁定");
        await Expect(page.GetByTestId("appeal")).ToContainTextAsync("周三手机送修");

        await page.GetByTestId("file-appeal").ClickAsync();
        await FileAsync(page);
        await Expect(page.GetByTestId("appeal-problem")).ToContainTextAsync("已有申诉在等待裁定");
        Assert.That(watch.Errors, Is.Empty);
    }

    [Test]
    public async Task WhoHasNoTotalIsToldWhy()
    {
        var (page, watch) = await OpenAsync("supervisor", $"{Week}&sort=total");
        await Expect(page.GetByTestId("shown")).ToBeVisibleAsync();
        await page.GetByTestId("sort-subject").ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("sort=subject"));
        var none = page.GetByTestId("scores-table").Locator("tbody tr", new() { HasText = "没有总分" }).First;
        await Expect(none).ToContainTextAsync("一半以上的权重没有数据");
        await none.GetByRole(AriaRole.Link).ClickAsync();
        await Expect(page.GetByTestId("why-no-total")).ToContainTextAsync("一半以上的权重没有数据");
        Assert.That(watch.Errors, Is.Empty);
    }

    [Test]
    public async Task AnAreaIsSummedOfItsPeopleAndLeadsToThem()
    {
        var (page, watch) = await OpenAsync("supervisor", $"{Week}&subject=subdistrict");
        await page.GetByTestId("score-140106001").GetByRole(AriaRole.Link).ClickAsync();
        await page.GetByTestId("evidence-patrol-regularity").ClickAsync();
        var parts = page.GetByTestId("part-evidence");
        await Expect(parts.Locator("tfoot")).ToBeVisibleAsync();
        await Expect(page.GetByTestId("reason-dialog")).ToHaveCountAsync(0);
        await parts.GetByRole(AriaRole.Link).First.ClickAsync();
        await Expect(page.GetByTestId("score-name")).ToContainTextAsync("社区");
        Assert.That(watch.Errors, Is.Empty);
    }

    [Test]
    public async Task APeriodThatWasNotReckonedSaysSoAndAdministratorsFindTheJob()
    {
        var (page, _) = await OpenAsync("supervisor", "?period=week&starts=2020-01-06");
        await Expect(page.GetByTestId("assessment-empty")).ToContainTextAsync("2020 年第 2 周还没有计算过");
        await Expect(page.GetByTestId("open-jobs")).ToHaveCountAsync(0);
        await page.GetByTestId("go-newest").ClickAsync();
        await Expect(page.GetByTestId("scores-table")).ToBeVisibleAsync();

        var (admin, _) = await OpenAsync("administrator", "?period=week&starts=2020-01-06");
        await Expect(admin.GetByTestId("open-jobs")).ToHaveAttributeAsync("href", "/admin/jobs");
    }

    [Test]
    public async Task ADispatcherIsToldThatItIsNotTheirs()
    {
        var (page, watch) = await _center.Pages.NewPageAsync();
        await SignInAsync(page, "dispatcher", Week);
        await Expect(page.GetByTestId("assessment-refused")).ToContainTextAsync("主管和管理员");
        await Expect(page.GetByTestId("scores-table")).ToHaveCountAsync(0);
        Assert.That(watch.Errors, Is.Empty);
    }

    [Test]
    public async Task ABulletinIsPrintedWithEveryScoreAndItsHash()
    {
        var (page, watch) = await OpenAsync("supervisor", $"?period=week&starts={_center.Week:O}");
        await Expect(page.GetByTestId("scores-table").Locator("tbody tr")).ToHaveCountAsync(100);
        await page.GetByTestId("more").ClickAsync();
        await Expect(page.GetByTestId("scores-table").Locator("tbody tr")).Not.ToHaveCountAsync(100);
        await page.GetByTestId("open-paper").ClickAsync();
        var paper = page.GetByTestId("paper");
        await Expect(paper.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("网格考核周通报");
        await Expect(page.GetByTestId("paper-facts")).ToContainTextAsync(new Regex("[0-9a-f]{64}"));
        await Expect(page.GetByTestId("paper-print")).ToBeEnabledAsync();
        Assert.That(await paper.Locator("[data-testid='scores-table'] tbody tr").CountAsync(), Is.GreaterThan(100));
        await Expect(page.GetByTestId("paper-sign")).ToContainTextAsync("审核人");
        await Expect(page).ToHaveURLAsync(new Regex("paper=1"));

        await page.EmulateMediaAsync(new() { Media = Media.Print });
        await Expect(page.GetByTestId("paper-print")).ToBeHiddenAsync();
        Assert.That(await page.EvaluateAsync<bool>("() => document.body.scrollHeight > 2 * innerHeight"), "all of it is on paper, not one screen of it");
        await page.EmulateMediaAsync(new() { Media = Media.Screen });
        await page.GetByTestId("paper-back").ClickAsync();
        await Expect(page.GetByTestId("scores-table")).ToBeVisibleAsync();
        Assert.That(watch.Errors, Is.Empty);
    }

    [Test]
    public async Task AScoreIsPrintedWithItsArithmetic()
    {
        var (page, watch) = await OpenAsync("supervisor", Week);
        await page.GetByTestId($"score-{_center.Worker}").GetByRole(AriaRole.Link).ClickAsync();
        await Expect(page.GetByTestId("pencil")).ToBeVisibleAsync();
        await page.GetByTestId("open-paper").ClickAsync();
        var paper = page.GetByTestId("paper");
        await Expect(paper.GetByTestId("pencil")).ToContainTextAsync("÷");
        await Expect(paper.GetByTestId("paper-facts")).ToContainTextAsync(_center.Worker);
        await Expect(paper.GetByTestId("evidence-grid-coverage")).ToHaveCountAsync(0);
        Assert.That(watch.Errors, Is.Empty);
    }

    [Test]
    public async Task TheListIsExportedAsItIsShown()
    {
        var (page, _) = await OpenAsync("supervisor", Week);
        var address = await page.GetByTestId("export-csv").GetAttributeAsync("href");
        var answer = await page.APIRequest.GetAsync(address!);
        Assert.Multiple(() =>
        {
            Assert.That(answer.Status, Is.EqualTo(200));
            Assert.That(answer.Headers["content-type"], Does.StartWith("text/csv"));
            Assert.That(address, Does.Contain("/week/export").And.Contain("area=140106001"));
        });
    }

    [Test]
    public async Task BoardsAreThereOnlyWhereTheCenterWantsThem()
    {
        var (page, _) = await OpenAsync("supervisor", Week);
        await Expect(page.GetByTestId("boards")).ToBeVisibleAsync();
        var (bare, _) = await _center.Pages.NewPageAsync();
        await bare.RouteAsync("**/boards?**", route => route.FulfillAsync(new() { Status = 404, ContentType = "application/problem+json", Body = """{"reason":"boards-off"}""" }));
        await SignInAsync(bare, "supervisor", Week);
        await Expect(bare.GetByTestId("distribution")).ToBeVisibleAsync();
        await Expect(bare.GetByTestId("boards")).ToHaveCountAsync(0);
    }

    [Test]
    public async Task AnAnswerThatDoesNotComeIsSaidAndAskedForAgain()
    {
        var (page, _) = await _center.Pages.NewPageAsync();
        await page.RouteAsync("**/api/assessment/**", route => route.FulfillAsync(new() { Status = 503 }));
        await SignInAsync(page, "supervisor", Week);
        await Expect(page.GetByTestId("assessment-problem")).ToContainTextAsync("服务器正在启动或恢复");
        await page.UnrouteAsync("**/api/assessment/**");
        await page.GetByTestId("assessment-problem").GetByRole(AriaRole.Button).ClickAsync();
        await Expect(page.GetByTestId("scores-table")).ToBeVisibleAsync();
        await Expect(page.GetByTestId("assessment-problem")).ToHaveCountAsync(0);
    }

    [TestCase("zh-CN")]
    [TestCase("en")]
    public async Task ThePageIsAccessible(string language)
    {
        var (page, watch) = await OpenAsync("supervisor", $"{Week}&lang={language}");
        await Expect(page.GetByTestId("scores-table")).ToBeVisibleAsync();
        await Expect(page.GetByTestId("distribution")).ToContainTextAsync(language == "en" ? "Distribution" : "分布");
        var violations = (await Axe.ViolationsAsync(page)).ToList();
        await page.GetByTestId($"score-{_center.Worker}").GetByRole(AriaRole.Link).ClickAsync();
        await Expect(page.GetByTestId("past")).ToBeVisibleAsync();
        violations.AddRange((await Axe.ViolationsAsync(page)).Select(one => $"score {one}"));
        await page.GetByTestId("evidence-patrol-regularity").ClickAsync();
        await page.GetByTestId("reason-text").FillAsync("核对成绩");
        await page.GetByTestId("reason-submit").ClickAsync();
        await Expect(page.GetByTestId("day-evidence")).ToBeVisibleAsync();
        violations.AddRange((await Axe.ViolationsAsync(page)).Select(one => $"days {one}"));
        await page.GetByTestId("evidence-grid-coverage").ClickAsync();
        await Expect(page.GetByTestId("square-evidence")).ToBeVisibleAsync();
        violations.AddRange((await Axe.ViolationsAsync(page)).Select(one => $"squares {one}"));
        await page.GetByTestId("open-paper").ClickAsync();
        await Expect(page.GetByTestId("paper-print")).ToBeEnabledAsync();
        violations.AddRange((await Axe.ViolationsAsync(page)).Select(one => $"paper {one}"));
        Assert.Multiple(() =>
        {
            Assert.That(violations, Is.Empty);
            Assert.That(watch.Errors, Is.Empty);
        });
    }

    private static async Task FileAsync(IPage page)
    {
        await page.GetByTestId("appeal-indicator").SelectOptionAsync("patrol-regularity");
        await page.GetByTestId("appeal-words").FillAsync("周三手机送修，用纸质记录巡查。");
        await page.GetByTestId("appeal-submit").ClickAsync();
    }

    private async Task<(IPage Page, PageWatch Watch)> OpenAsync(string role, string search)
    {
        var (page, watch) = await _center.Pages.NewPageAsync();
        await SignInAsync(page, role, search);
        await page.GetByTestId("assessment").WaitForAsync();
        return (page, watch);
    }

    private async Task SignInAsync(IPage page, string role, string search)
    {
        await page.GotoAsync($"/assessment{search}");
        var (user, password) = _center.Demo.AccountOf(role);
        await new SignInPage(page).SubmitAsync(user, password);
    }
}
