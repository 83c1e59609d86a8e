using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CommandCenter.BrowserTests;

/// <summary>The assessment policy on its page: a fault at its field, tried on a past week, stored as a new version.</summary>
[NonParallelizable]
public sealed class PolicyPageTests
{
    private ScoresCenter _center = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _center = await ScoresCenter.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _center.DisposeAsync();

    [Test]
    public async Task APolicyIsChangedCheckedTriedAndStored()
    {
        var (page, watch) = await SignedInAsync("policy");
        await Expect(page.GetByTestId("policy-shown")).ToContainTextAsync("责任区覆盖");
        await page.GetByTestId("change-policy").ClickAsync();
        await Expect(page.GetByTestId("policy-submit")).ToBeDisabledAsync();
        await page.GetByTestId("weight-grid-coverage").FillAsync("15");
        await Expect(page.GetByTestId("sum")).ToContainTextAsync("合计 80，应为 100");
        await Expect(page.GetByTestId("policy-state")).ToContainTextAsync("需要改正");
        await page.GetByTestId("weight-mileage").FillAsync("20");
        await Expect(page.GetByTestId("sum")).ToContainTextAsync("合计 100");
        await Expect(page.GetByTestId("rule-mileage").Locator(".wrong")).ToBeVisibleAsync();
        await page.GetByTestId("weight-mileage").FillAsync("0");
        await page.GetByTestId("weight-patrol-regularity").FillAsync("40");
        await Expect(page.GetByTestId("policy-state")).ToContainTextAsync("检查通过");

        await page.GetByTestId("preview-period").SelectOptionAsync("week");
        await page.GetByTestId("preview-run").ClickAsync();
        await Expect(page.GetByTestId("preview-moved").Locator("tbody tr").First).ToBeVisibleAsync();

        await page.Locator("#policy-note").FillAsync("规律更重要");
        await page.GetByTestId("policy-submit").ClickAsync();
        await Expect(page.GetByTestId("policy-versions")).ToContainTextAsync("规律更重要");
        await Expect(page.GetByTestId("policy-changes")).ToContainTextAsync("责任区覆盖：35 → 15");
        Assert.That(watch.Errors.Where(error => !error.Contains("400", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public async Task TheJsonIsTheSameDraftAndWhatIsNoneSaysSo()
    {
        var (page, watch) = await SignedInAsync("policy");
        await page.GetByTestId("change-policy").ClickAsync();
        await page.GetByTestId("mode-json").ClickAsync();
        var text = page.GetByTestId("policy-json");
        var policy = await text.InputValueAsync();
        await text.FillAsync("{");
        await Expect(page.GetByTestId("not-json")).ToBeVisibleAsync();
        await text.FillAsync(policy.Replace("\"minimumSamples\": 20", "\"minimumSamples\": \"viel\"", StringComparison.Ordinal));
        await Expect(page.GetByTestId("loose-faults")).ToContainTextAsync("/policy/subjects/worker/0/minimumSamples");
        await text.FillAsync(policy.Replace("\"acceptSeconds\": 60", "\"acceptSeconds\": 90", StringComparison.Ordinal));
        await Expect(page.GetByTestId("policy-state")).ToContainTextAsync("检查通过");
        await page.GetByTestId("mode-form").ClickAsync();
        await Expect(page.GetByTestId("rules-worker")).ToBeVisibleAsync();

        await page.GetByTestId("menu-jobs").ClickAsync();
        await Expect(page.GetByTestId("confirm-yes")).ToContainTextAsync("仍要离开");
        await page.GetByTestId("confirm-yes").ClickAsync();
        await Expect(page.GetByTestId("policy-editor")).ToHaveCountAsync(0);
        Assert.That(watch.Errors.Where(error => !error.Contains("400", StringComparison.Ordinal)), Is.Empty);
    }

    [TestCase("zh-CN")]
    [TestCase("en")]
    public async Task ThePageAndItsFormAreAccessible(string language)
    {
        var (page, watch) = await SignedInAsync($"policy?lang={language}");
        await Expect(page.GetByTestId("policy-shown")).ToBeVisibleAsync();
        var violations = (await Axe.ViolationsAsync(page)).ToList();
        await page.GetByTestId("change-policy").ClickAsync();
        await Expect(page.GetByTestId("rules-worker")).ToBeVisibleAsync();
        violations.AddRange((await Axe.ViolationsAsync(page)).Select(one => $"form {one}"));
        Assert.Multiple(() =>
        {
            Assert.That(violations, Is.Empty);
            Assert.That(watch.Errors, Is.Empty);
        });
    }

    private async Task<(IPage Page, PageWatch Watch)> SignedInAsync(string key)
    {
        var (page, watch) = await _center.Pages.NewPageAsync();
        var (user, password) = _center.Demo.AccountOf("administrator");
        await new AdminPages(page).SignInAsync($"/admin/{key}", user, password);
        return (page, watch);
    }
}
