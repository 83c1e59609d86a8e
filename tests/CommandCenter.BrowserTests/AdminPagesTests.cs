using CommandCenter.IntegrationTests.Harness;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CommandCenter.BrowserTests;

/// <summary>The administrator's work on the real server: accounts, phones, imports, displays, and who looked at whom.</summary>
[NonParallelizable]
public sealed class AdminPagesTests
{
    private static readonly string[] Keys = ["phones", "workers", "areas", "import", "accounts", "kiosks", "gateways", "retention", "holds", "erasures", "coverage", "jobs", "audit"];

    private TemporaryFolder _folder = null!;
    private DemoCenter _center = null!;
    private Browser _browser = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _folder = new TemporaryFolder();
        _center = await DemoCenter.OfAsync(await ServerProcess.StartAsync(_folder.Path));
        _browser = await Browser.LaunchAsync();
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _browser.DisposeAsync();
        await _center.Server.DisposeAsync();
        _folder.Dispose();
    }

    [Test]
    public async Task SigningInOnAPagesAddressLeadsToThatPage()
    {
        var (_, page, watch) = await SignedInAsync("administrator", "accounts");
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/admin/accounts$"));
        await Expect(page.GetByTestId("accounts")).ToContainTextAsync("dispatcher");
        Assert.Multiple(() =>
        {
            Assert.That(watch.Errors, Is.Empty);
            Assert.That(watch.ForeignRequests, Is.Empty);
        });
    }

    [Test]
    public async Task APageWithoutTheRightSaysSo()
    {
        var (admin, page, _) = await SignedInAsync("dispatcher", "accounts");
        await Expect(admin.NoRight).ToContainTextAsync("调度员");
        await Expect(page.GetByTestId("menu-accounts")).ToHaveCountAsync(0);
        await Expect(page.GetByTestId("menu-phones")).ToBeVisibleAsync();
    }

    [Test]
    public async Task AnAccountThatIsAddedCanSignIn()
    {
        var (admin, _, _) = await SignedInAsync("administrator", "accounts");
        await admin.AddAccountAsync("night-desk", "a long night 42");
        await Expect(admin.Table("accounts")).ToContainTextAsync("night-desk");

        var (page, _) = await NewPageAsync();
        await new AdminPages(page).SignInAsync("/admin/phones", "night-desk", "a long night 42");
    }

    [Test]
    public async Task AnAccountNameThatCannotBeIsRefusedInWords()
    {
        var (admin, page, _) = await SignedInAsync("administrator", "accounts");
        await admin.AddAccountAsync("not a name!", "a long night 42");
        await Expect(page.GetByTestId("account-form")).ToContainTextAsync("账号名为");
    }

    [Test]
    public async Task AConnectedPhonesFirstFixShowsThatItArrived()
    {
        var (admin, page, _) = await SignedInAsync("dispatcher", "phones");
        var identifier = await admin.EnrolAsync(_center.Devices[2].Worker);
        await Expect(page.GetByTestId("qr")).ToBeVisibleAsync();
        await Expect(admin.Arrival).ToHaveAttributeAsync("data-state", "waiting");
        Assert.That(page.Url, Does.Not.Contain(identifier));

        using var answer = await _center.Server.Http.GetAsync(
            $"/osmand?id={Uri.EscapeDataString(identifier)}&timestamp={DateTimeOffset.UtcNow.ToUnixTimeSeconds()}&lat=37.861&lon=112.571&speed=2&accuracy=8");
        Assert.That(answer.IsSuccessStatusCode);
        await Expect(admin.Arrival).ToHaveAttributeAsync("data-state", "arrived");
    }

    [Test]
    public async Task APhonesSecretsAreNotLeftBehindWithoutAsking()
    {
        var (admin, page, _) = await SignedInAsync("dispatcher", "phones");
        await admin.EnrolAsync(_center.Devices[2].Worker);
        await page.GetByTestId("connect-done").ClickAsync();
        await Expect(page.GetByTestId("confirm-body")).ToContainTextAsync("只显示这一次");
        await Expect(page.GetByTestId("qr")).ToBeVisibleAsync();
        await admin.ConfirmAsync();
        await Expect(page.GetByTestId("qr")).ToHaveCountAsync(0);
    }

    [Test]
    public async Task ARefusedReportSaysWhyAndWhatToDo()
    {
        var (admin, page, _) = await SignedInAsync("dispatcher", "phones");
        var identifier = await admin.EnrolAsync(_center.Devices[2].Worker);

        using var answer = await _center.Server.Http.GetAsync($"/osmand?id={Uri.EscapeDataString(identifier)}&timestamp=1000000000&lat=37.861&lon=112.571");
        await Expect(admin.Arrival).ToHaveAttributeAsync("data-state", "refused");
        await Expect(page.GetByTestId("refusal-too-old")).ToContainTextAsync("自动设置时间");
    }

    [Test]
    public async Task ABrokenRosterFileNamesTheRowAndStoresNothing()
    {
        var (admin, page, _) = await SignedInAsync("administrator", "import");
        await admin.ImportAsync("roster", "broken.csv", "code,name,role,area,phone\nB-1,甲,gridWorker,140106001,\nB-2,乙,gridWorker,nowhere,\n");
        await Expect(page.GetByTestId("import-problems")).ToContainTextAsync("第 3 行");
        await Expect(page.GetByTestId("import-problems")).ToContainTextAsync("没有这个区划");
        await Expect(page.GetByTestId("import-apply")).ToBeDisabledAsync();
    }

    [Test]
    public async Task AGoodRosterFileIsPreviewedAndThenStored()
    {
        var (admin, page, _) = await SignedInAsync("administrator", "import");
        await admin.ImportAsync("roster", "good.csv", "code,name,role,area,phone\nG-1,新来的,gridWorker,140106001,\n");
        await Expect(page.GetByTestId("import-added")).ToHaveTextAsync("1");
        await page.GetByTestId("import-apply").ClickAsync();
        await Expect(page.GetByTestId("import-applied")).ToBeVisibleAsync();

        await admin.OpenAsync("workers");
        await page.GetByTestId("worker-search").FillAsync("G-1");
        await Expect(admin.Table("workers")).ToContainTextAsync("新来的");
    }

    [Test]
    public async Task AnAreaFilesBordersAreDrawnWithWhatBecomesOfEach()
    {
        var (admin, page, _) = await SignedInAsync("administrator", "import");
        await admin.ImportAsync("areas", "areas.geojson", """
            {"type":"FeatureCollection","features":[
            {"type":"Feature","properties":{"code":"140106001","name":"柳巷街道"},"geometry":null},
            {"type":"Feature","properties":{"code":"M-1","name":"好","kind":"grid","parent":"nowhere"},
             "geometry":{"type":"Polygon","coordinates":[[[112.56,37.86],[112.561,37.86],[112.561,37.861],[112.56,37.86]]]}}]}
            """);
        var map = page.GetByTestId("import-map");
        await Expect(map.Locator("path[data-state=error]")).ToHaveCountAsync(1);
        await Expect(map.GetByRole(AriaRole.Img)).ToHaveAttributeAsync("aria-label", "文件中的边界：错误 1");
        Assert.That(await Axe.ViolationsAsync(page), Is.Empty);
    }

    [Test]
    public async Task AListThatCannotBeRefreshedKeepsItsRowsAndSaysSo()
    {
        var (admin, page, _) = await SignedInAsync("administrator", "accounts");
        await Expect(admin.Table("accounts")).ToContainTextAsync("dispatcher");
        await page.RouteAsync("**/api/accounts*", route => route.AbortAsync());
        await page.GetByTestId("refresh").ClickAsync();
        await Expect(page.GetByTestId("list-stale")).ToContainTextAsync("显示的是之前的内容");
        await Expect(admin.Table("accounts")).ToContainTextAsync("dispatcher");
    }

    [Test]
    public async Task AtFourTimesTheSizeTheTablesGrowWithTheRest()
    {
        var (admin, page, _) = await SignedInAsync("administrator", "accounts");
        var small = (await admin.Table("accounts").Locator("tbody tr").First.BoundingBoxAsync())!.Height;
        await page.SetViewportSizeAsync(3840, 2160);
        await Expect(admin.Table("accounts").Locator("tbody td").First).ToHaveCSSAsync("font-size", "28px");
        Assert.That((await admin.Table("accounts").Locator("tbody tr").First.BoundingBoxAsync())!.Height, Is.EqualTo(2 * small).Within(4));
    }

    [Test]
    public async Task AKioskIsPairedByItsCodeAndGoesBackToACodeWhenRevoked()
    {
        var (kiosk, _) = await NewPageAsync();
        await kiosk.GotoAsync("/?kiosk=1");
        var shown = kiosk.GetByTestId("pair-code");
        await Expect(shown).ToHaveTextAsync(new System.Text.RegularExpressions.Regex(@"^\s*[A-Z0-9]{6}\s*$"));
        Assert.That(await Axe.ViolationsAsync(kiosk), Is.Empty);

        var (admin, page, _) = await SignedInAsync("administrator", "kiosks");
        await admin.PairKioskAsync((await shown.InnerTextAsync()).Trim(), "左屏");
        await new WallPage(kiosk).WaitForPictureAsync();
        Assert.That(kiosk.Url, Does.EndWith("?kiosk=1").Or.Not.Contain("secret"));

        await page.Locator("[data-testid^=revoke-kiosk-]:visible").First.ClickAsync();
        await admin.ConfirmAsync();
        await Expect(kiosk.GetByTestId("pair-ended")).ToBeVisibleAsync();
        await Expect(shown).ToHaveTextAsync(new System.Text.RegularExpressions.Regex(@"^\s*[A-Z0-9]{6}\s*$"));
    }

    [Test]
    public async Task ALookIsOnTheAuditPageAndOnTheWorkersOwn()
    {
        var worker = _center.Devices[0].Worker;
        var token = await _center.SignInAsync("dispatcher");
        using var look = new HttpRequestMessage(HttpMethod.Get, $"/api/workers/{worker}?reason=welfare");
        look.Headers.Authorization = new("Bearer", token);
        using var answer = await _center.Server.Http.SendAsync(look);
        Assert.That(answer.IsSuccessStatusCode);

        var (admin, _, _) = await SignedInAsync("administrator", "audit");
        await Expect(admin.Table("audit")).ToContainTextAsync("查看了资料");
        await Expect(admin.Table("audit")).ToContainTextAsync("welfare");

        var (phone, _) = await NewPageAsync();
        await phone.GotoAsync("/watched");
        var form = phone.GetByTestId("watched-form");
        await form.Locator("input[name=user]").FillAsync(_center.Devices[0].User);
        await form.Locator("input[name=password]").FillAsync(_center.Devices[0].Password);
        await form.Locator("button[type=submit]").ClickAsync();
        await Expect(phone.GetByTestId("watched-list")).ToContainTextAsync("welfare");
        Assert.That(await Axe.ViolationsAsync(phone), Is.Empty);
    }

    [TestCase("zh-CN")]
    [TestCase("en")]
    public async Task EveryPageIsAccessible(string language)
    {
        var (page, watch) = await NewPageAsync();
        await new SignInPage(page).OpenAsync($"?lang={language}");
        var violations = (await Axe.ViolationsAsync(page)).Select(one => $"sign-in {one}").ToList();
        var (user, password) = _center.AccountOf("administrator");
        await new AdminPages(page).SignInAsync($"/admin/phones?lang={language}", user, password);
        foreach (var key in Keys)
        {
            await new AdminPages(page).OpenAsync(key);
            await Expect(page.Locator("main h1")).ToBeVisibleAsync();
            await Expect(page.GetByTestId("list-loading")).ToHaveCountAsync(0);
            violations.AddRange((await Axe.ViolationsAsync(page)).Select(one => $"{key} {one}"));
        }

        Assert.Multiple(() =>
        {
            Assert.That(violations, Is.Empty);
            Assert.That(watch.Errors, Is.Empty);
        });
    }

    private async Task<(AdminPages Admin, IPage Page, PageWatch Watch)> SignedInAsync(string role, string key)
    {
        var (page, watch) = await NewPageAsync();
        var (user, password) = _center.AccountOf(role);
        var admin = new AdminPages(page);
        await admin.SignInAsync($"/admin/{key}", user, password);
        return (admin, page, watch);
    }

    private Task<(IPage Page, PageWatch Watch)> NewPageAsync() => _browser.NewPageAsync(_center.Server.Url.ToString());
}
