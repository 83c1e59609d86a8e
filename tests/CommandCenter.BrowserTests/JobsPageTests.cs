using System.Net.Http.Json;
using System.Text.RegularExpressions;
using CommandCenter.IntegrationTests.Harness;
using CommandCenter.IntegrationTests.Jobs;
using CommandCenter.IntegrationTests.Line;
using Dapper;
using Microsoft.Playwright;
using Npgsql;
using static Microsoft.Playwright.Assertions;

namespace CommandCenter.BrowserTests;

/// <summary>The page of background jobs on a real server with jobs that wait at a gate: run now, progress, cancel, failure and retry.</summary>
[NonParallelizable]
public sealed partial class JobsPageTests
{
    private const string Job = "stepping";
    private const int Open = 100;

    private DemoPages _demo = null!;
    private NpgsqlDataSource _postgres = null!;

    private DemoCenter Center => _demo.Center;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _demo = await DemoPages.StartAsync(JobCenter.EnvironmentOf([], ticking: true), "--Jobs:LookSeconds=0.5");
        _postgres = NpgsqlDataSource.Create(StoredTracks.ConnectionString(Center.Server));
        await ExecuteAsync(JobCenter.Tables);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _postgres.DisposeAsync();
        await _demo.DisposeAsync();
    }

    [SetUp]
    public Task OpenAsync() => GateAsync(Open, null);

    [Test]
    public async Task AJobsScheduleStandsInWordsWithItsNextTime()
    {
        var (page, watch) = await SignedInAsync();
        var ticking = page.GetByTestId("job-ticking");
        await Expect(ticking).ToContainTextAsync("每 1 秒，计算当天");
        await Expect(page.GetByTestId($"job-{Job}")).ToContainTextAsync("只在有人要求时运行");
        await Expect(ticking.GetByTestId("job-last").GetByTestId("run-result")).ToContainTextAsync("Ticked.");
        Assert.That(watch.Errors, Is.Empty);
    }

    [Test]
    public async Task ARunByHandIsSeenToGoOnAndToEnd()
    {
        await GateAsync(4, null);
        var (page, watch) = await SignedInAsync();
        await RunNowAsync(page);
        var card = page.GetByTestId($"job-{Job}");
        var bar = card.GetByRole(AriaRole.Progressbar);
        await Expect(bar).ToHaveAttributeAsync("aria-valuenow", "40");
        await Expect(card.GetByTestId("job-progress")).ToContainTextAsync("4 / 10");
        await Expect(card.GetByTestId("job-progress")).ToContainTextAsync("约剩");

        await GateAsync(Open, null);
        await Expect(card.GetByTestId("job-progress")).ToHaveCountAsync(0);
        await Expect(card.GetByTestId("job-last")).ToContainTextAsync("成功");
        await Expect(card.GetByTestId("job-last")).ToContainTextAsync("Took ten steps.");
        await Expect(Runs(page).First).ToContainTextAsync("administrator");
        await Expect(Runs(page).First).ToContainTextAsync("成功");
        Assert.That(watch.Errors, Is.Empty);
    }

    [Test]
    public async Task ARunIsCancelledAfterASecondWord()
    {
        await GateAsync(2, null);
        var (page, watch) = await SignedInAsync();
        await RunNowAsync(page);
        var card = page.GetByTestId($"job-{Job}");
        await card.GetByTestId("job-cancel").ClickAsync();
        await Expect(page.GetByTestId("confirm-body")).ToContainTextAsync("将在几秒内停止");
        await new AdminPages(page).ConfirmAsync();
        await Expect(card.GetByTestId("job-last")).ToContainTextAsync("已取消");
        await Expect(Runs(page).First).ToContainTextAsync("已取消");
        Assert.That(watch.Errors, Is.Empty);
    }

    [Test]
    public async Task AFailureIsShownWithItsCauseAndRetried()
    {
        await GateAsync(Open, "the disk is full");
        var (page, watch) = await SignedInAsync();
        await RunNowAsync(page);
        var last = page.GetByTestId($"job-{Job}").GetByTestId("job-last");
        await Expect(last).ToContainTextAsync("失败");
        await Expect(last.GetByTestId("run-error")).ToContainTextAsync("the disk is full");
        await last.Locator("summary").ClickAsync();
        await Expect(last.Locator("pre")).ToContainTextAsync("because of this");

        await GateAsync(Open, null);
        await last.GetByTestId("job-retry").ClickAsync();
        await Expect(last).ToContainTextAsync("成功");
        await Expect(Runs(page).First).ToContainTextAsync("重试");
        Assert.That(watch.Errors, Is.Empty);
    }

    [Test]
    public async Task DaysThatTheServerRefusesAreExplainedAtTheirField()
    {
        var (page, _) = await SignedInAsync();
        await page.GetByTestId($"job-{Job}").GetByTestId("job-run").ClickAsync();
        await ChooseAsync(page, "2026-02-02", "2026-02-01");
        await page.GetByTestId("run-submit").ClickAsync();
        await Expect(page.GetByTestId("run-last-item")).ToContainTextAsync("结束日期不能早于起始日期");
        await ChooseAsync(page, "2020-01-01", "2026-02-01");
        await page.GetByTestId("run-submit").ClickAsync();
        await Expect(page.GetByTestId("run-last-item")).ToContainTextAsync("最多 400 天，请缩短");
        await Expect(page.GetByTestId("run-form")).ToBeVisibleAsync();
    }

    [Test]
    public async Task ALateJobSaysSo()
    {
        var (page, _) = await SignedInAsync("accounts");
        await page.RouteAsync("**/api/jobs", async route =>
        {
            var answer = await route.FetchAsync();
            var body = LateRegex().Replace(await answer.TextAsync(), "\"lateSeconds\":10800,\"late\":true");
            await route.FulfillAsync(new RouteFulfillOptions { Response = answer, Body = body });
        });
        await new AdminPages(page).OpenAsync("jobs");
        await Expect(page.GetByTestId($"job-{Job}").GetByTestId("job-late")).ToContainTextAsync("等了 3 小时 0 分");
    }

    [Test]
    public async Task AnAnswerThatDoesNotComeIsSaidAndWhatWasReadStays()
    {
        var (page, _) = await SignedInAsync("accounts");
        await page.RouteAsync("**/api/jobs", route => route.FulfillAsync(new RouteFulfillOptions { Status = 503 }));
        await new AdminPages(page).OpenAsync("jobs");
        await Expect(page.GetByTestId("list-failed")).ToContainTextAsync("服务器正在启动或恢复");
        await page.UnrouteAsync("**/api/jobs");
        await page.GetByTestId("list-failed").GetByRole(AriaRole.Button).ClickAsync();
        await Expect(page.GetByTestId($"job-{Job}")).ToBeVisibleAsync();
        await page.RouteAsync("**/api/jobs", route => route.FulfillAsync(new RouteFulfillOptions { Status = 503 }));
        await Expect(page.GetByTestId("list-stale")).ToBeVisibleAsync();
        await Expect(page.GetByTestId($"job-{Job}")).ToBeVisibleAsync();
    }

    [Test]
    public async Task WhoAdministersAPartSeesButDoesNotRun()
    {
        const string Password = "a part of it 42";
        using var http = new HttpClient { BaseAddress = Center.Server.Url };
        http.DefaultRequestHeaders.Authorization = new("Bearer", await Center.SignInAsync("administrator"));
        using var added = await http.PostAsJsonAsync(
            "/api/accounts", new { user = "part", password = Password, role = "administrator", area = Center.SubdistrictOfDispatcher });
        Assert.That(added.IsSuccessStatusCode);

        var (page, watch) = await _demo.NewPageAsync();
        await new AdminPages(page).SignInAsync("/admin/jobs", "part", Password);
        await Expect(page.GetByTestId("job-not-all")).ToContainTextAsync("须由统管整个中心的管理员操作");
        await Expect(page.GetByTestId("job-run")).ToHaveCountAsync(0);
        Assert.That(watch.Errors, Is.Empty);
    }

    [TestCase("dispatcher")]
    [TestCase("supervisor")]
    public async Task OthersAreToldThatTheyHaveNoRight(string role)
    {
        var (page, _) = await SignedInAsync(role: role);
        await Expect(new AdminPages(page).NoRight).ToBeVisibleAsync();
        await Expect(page.GetByTestId("menu-jobs")).ToHaveCountAsync(0);
    }

    [TestCase("zh-CN")]
    [TestCase("en")]
    public async Task ThePageAndItsFormAreAccessible(string language)
    {
        var (page, watch) = await SignedInAsync($"jobs?lang={language}");
        await Expect(page.GetByTestId("job-ticking")).ToContainTextAsync(language == "en" ? "every 1 s, for the day itself" : "每 1 秒，计算当天");
        await page.GetByTestId("history-ticking").ClickAsync();
        await Expect(Runs(page).First).ToBeVisibleAsync();
        var violations = (await Axe.ViolationsAsync(page)).ToList();
        await page.GetByTestId($"job-{Job}").GetByTestId("job-run").ClickAsync();
        await Expect(page.GetByTestId("run-form")).ToBeVisibleAsync();
        violations.AddRange((await Axe.ViolationsAsync(page)).Select(one => $"form {one}"));
        Assert.Multiple(() =>
        {
            Assert.That(violations, Is.Empty);
            Assert.That(watch.Errors, Is.Empty);
        });
    }

    [GeneratedRegex("\"lateSeconds\":[^,]+,\"late\":false")]
    private static partial Regex LateRegex();

    /// <summary>Rows of the list of runs, newest first.</summary>
    private static ILocator Runs(IPage page) => page.GetByTestId("job-runs").Locator("tbody tr:visible");

    private static async Task RunNowAsync(IPage page)
    {
        await page.GetByTestId($"history-{Job}").ClickAsync();
        await page.GetByTestId($"job-{Job}").GetByTestId("job-run").ClickAsync();
        await page.GetByTestId("preset-yesterday").ClickAsync();
        await page.GetByTestId("run-submit").ClickAsync();
        await Expect(page.GetByTestId("run-form")).ToBeHiddenAsync();
    }

    private static async Task ChooseAsync(IPage page, string from, string last)
    {
        foreach (var (id, day) in ((string, string)[])[("#run-from", from), ("#run-last", last)])
        {
            await page.Locator(id).FillAsync(day);
            await page.Locator(id).PressAsync("Enter");
        }
    }

    private Task GateAsync(int to, string? fail) => ExecuteAsync("update test_gate set open_to = @to, fail = @fail", new { to, fail });

    private async Task ExecuteAsync(string sql, object? arguments = null)
    {
        await using var connection = await _postgres.OpenConnectionAsync();
        await connection.ExecuteAsync(sql, arguments);
    }

    private async Task<(IPage Page, PageWatch Watch)> SignedInAsync(string path = "jobs", string role = "administrator")
    {
        var (page, watch) = await _demo.NewPageAsync();
        var (user, password) = Center.AccountOf(role);
        await new AdminPages(page).SignInAsync($"/admin/{path}", user, password);
        return (page, watch);
    }
}
