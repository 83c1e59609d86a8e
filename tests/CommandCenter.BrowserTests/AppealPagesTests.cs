using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CommandCenter.BrowserTests;

/// <summary>From a worker's own phone to the reviewer's decision and the version that comes of it; days that are excluded and counted again.</summary>
[NonParallelizable]
public sealed class AppealPagesTests
{
    private ScoresCenter _center = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _center = await ScoresCenter.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _center.DisposeAsync();

    [Test]
    public async Task AWorkerAppealsFromTheOwnPhoneAndAReviewerDecides()
    {
        var (phone, phoneWatch) = await _center.Pages.NewPageAsync();
        await phone.SetViewportSizeAsync(390, 844);
        var device = _center.Demo.Devices[0];
        await phone.GotoAsync("/watched");
        var signIn = phone.GetByTestId("watched-form");
        await signIn.Locator("input[name=user]").FillAsync(device.User);
        await signIn.Locator("input[name=password]").FillAsync(device.Password);
        await signIn.Locator("button[type=submit]").ClickAsync();
        var week = phone.GetByTestId("own-week");
        await week.Locator("summary").ClickAsync();
        await Expect(week).ToContainTextAsync("责任区覆盖");
        await week.Locator("button[data-testid^='own-file-']").ClickAsync();
        await week.Locator("button[type=submit]").ClickAsync();
        await Expect(phone.GetByTestId("own-refused")).ToContainTextAsync("请写明情况");
        await week.Locator("textarea").FillAsync("那几天在住院");
        await week.Locator("button[type=submit]").ClickAsync();
        await Expect(phone.GetByTestId("own-filed")).ToBeVisibleAsync();
        await Expect(week.GetByTestId("own-appeal")).ToContainTextAsync("待裁定");
        Assert.That(await Axe.ViolationsAsync(phone), Is.Empty);

        var (page, watch) = await SignedInAsync("appeals");
        var list = page.GetByTestId("appeal-list");
        await Expect(list).ToContainTextAsync("那几天在住院");
        await Expect(list).ToContainTextAsync("本人提交");
        await page.Locator("[data-testid^='decide-']").ClickAsync();
        await page.GetByTestId("decision-submit").ClickAsync();
        await Expect(page.GetByTestId("decision-form")).ToContainTextAsync("请选择成立或不成立");
        await page.GetByTestId("verdict-uphold").CheckAsync();
        await page.Locator("#decision-words").FillAsync("有住院证明");
        await page.GetByTestId("decision-excludes").ClickAsync();
        await page.GetByTestId("decision-submit").ClickAsync();
        await Expect(page.GetByTestId("list-empty")).ToContainTextAsync("没有待裁定的申诉");

        await page.GetByTestId("appeal-state").ClickAsync();
        await page.GetByRole(AriaRole.Option, new() { Name = "成立", Exact = true }).ClickAsync();
        await Expect(list).ToContainTextAsync("有住院证明");
        await Expect(list).ToContainTextAsync("已排除日期");
        await phone.ReloadAsync();
        Assert.Multiple(() =>
        {
            Assert.That(watch.Errors, Is.Empty);
            Assert.That(phoneWatch.Errors, Is.Empty);
        });
    }

    [Test]
    public async Task DaysAreExcludedForAnAreaAndCountedAgain()
    {
        var (page, watch) = await SignedInAsync("exclusions");
        await page.GetByTestId("add").ClickAsync();
        await page.GetByTestId("exclusion-whose").ClickAsync();
        await page.GetByRole(AriaRole.Option, new() { Name = "区划", Exact = true }).ClickAsync();
        await page.GetByTestId("exclusion-area-select").Locator("input").ClickAsync();
        await page.Locator("[data-testid=area-option-140106]:visible").ClickAsync();
        await Expect(page.GetByTestId("exclusion-form")).ToContainTextAsync("只能排除网格、社区或街道");
        await Expect(page.GetByTestId("exclusion-submit")).ToBeDisabledAsync();
        await page.GetByTestId("exclusion-area-select").Locator("input").ClickAsync();
        await page.Locator("[data-testid=area-option-140106002]:visible").ClickAsync();
        await page.Locator("#exclusion-note").FillAsync("停电，没有信号");
        await page.GetByTestId("exclusion-submit").ClickAsync();
        var row = page.GetByTestId("exclusion-list").Locator("tbody tr", new() { HasText = "停电，没有信号" });
        await Expect(row).ToContainTextAsync("请假");
        await row.Locator("button").ClickAsync();
        await page.GetByTestId("confirm-yes").ClickAsync();
        await Expect(row).ToContainTextAsync("已撤销");
        await Expect(row.Locator("button")).ToHaveCountAsync(0);
        Assert.That(watch.Errors, Is.Empty);
    }

    [TestCase("zh-CN")]
    [TestCase("en")]
    public async Task ThePagesAndTheirFormsAreAccessible(string language)
    {
        var (page, watch) = await SignedInAsync($"appeals?lang={language}");
        await Expect(page.GetByTestId("appeal-state")).ToBeVisibleAsync();
        var violations = (await Axe.ViolationsAsync(page)).ToList();
        await page.GetByTestId("menu-exclusions").ClickAsync();
        await page.GetByTestId("add").ClickAsync();
        await Expect(page.GetByTestId("exclusion-form")).ToBeVisibleAsync();
        violations.AddRange((await Axe.ViolationsAsync(page)).Select(one => $"form {one}"));
        Assert.Multiple(() =>
        {
            Assert.That(violations, Is.Empty);
            Assert.That(watch.Errors, Is.Empty);
        });
    }

    [Test]
    public async Task ADispatcherHasNoRight()
    {
        var (page, _) = await SignedInAsync("appeals", "dispatcher");
        await Expect(new AdminPages(page).NoRight).ToBeVisibleAsync();
        await Expect(page.GetByTestId("menu-exclusions")).ToHaveCountAsync(0);
    }

    private async Task<(IPage Page, PageWatch Watch)> SignedInAsync(string key, string role = "supervisor")
    {
        var (page, watch) = await _center.Pages.NewPageAsync();
        var (user, password) = _center.Demo.AccountOf(role);
        await new AdminPages(page).SignInAsync($"/admin/{key}", user, password);
        return (page, watch);
    }
}
