using Microsoft.AspNetCore.Http;
using static Microsoft.Playwright.Assertions;

namespace CommandCenter.BrowserTests;

[NonParallelizable]
public sealed class SignInPageTests
{
    private Browser _browser = null!;

    [OneTimeSetUp]
    public async Task LaunchAsync() => _browser = await Browser.LaunchAsync();

    [OneTimeTearDown]
    public async Task CloseAsync() => await _browser.DisposeAsync();

    [Test]
    public async Task AsksNobodyButItsOwnServer()
    {
        await using var host = await PageHost.StartAsync(_ => StatusCodes.Status401Unauthorized);
        var (page, watch) = await _browser.NewPageAsync(host.Url);
        await new SignInPage(page).OpenAsync();
        await page.WaitForFunctionAsync("() => document.fonts.status === 'loaded'");
        Assert.Multiple(() =>
        {
            Assert.That(watch.ForeignRequests, Is.Empty);
            Assert.That(watch.Errors, Is.Empty);
        });
    }

    [TestCase("?lang=zh-CN", "zh-CN", "登录 · 综治指挥中心")]
    [TestCase("?lang=en", "en", "Sign in · Command Center")]
    public async Task SpeaksTheLanguageOfItsAddress(string view, string language, string title)
    {
        await using var host = await PageHost.StartAsync(_ => StatusCodes.Status401Unauthorized);
        var (page, _) = await _browser.NewPageAsync(host.Url);
        await new SignInPage(page).OpenAsync(view);
        await Expect(page).ToHaveTitleAsync(title);
        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", language);
    }

    [Test]
    public async Task SaysThatThePasswordIsWrong()
    {
        await using var host = await PageHost.StartAsync(_ => StatusCodes.Status401Unauthorized);
        var (page, _) = await _browser.NewPageAsync(host.Url);
        var signIn = new SignInPage(page);
        await signIn.OpenAsync();
        await signIn.SubmitAsync("wall", "guess");
        await Expect(signIn.Problem).ToContainTextAsync("账号或密码不对");
    }

    [Test]
    public async Task SaysHowLongToWaitAfterTooManyAttempts()
    {
        await using var host = await PageHost.StartAsync(context =>
        {
            context.Response.Headers.RetryAfter = "3";
            return HttpMethods.IsPost(context.Request.Method) ? StatusCodes.Status429TooManyRequests : StatusCodes.Status401Unauthorized;
        });
        var (page, _) = await _browser.NewPageAsync(host.Url);
        var signIn = new SignInPage(page);
        await signIn.OpenAsync();
        await signIn.SubmitAsync("wall", "guess");
        await Expect(signIn.Problem).ToContainTextAsync("秒后再试");
        var submit = signIn.Form.Locator("button[type=submit]");
        await Expect(submit).ToBeDisabledAsync();
        await Expect(submit).ToBeEnabledAsync(new() { Timeout = 10_000 });
    }

    [Test]
    public async Task ComesBackByItselfWhenTheServerDoes()
    {
        var isAway = true;
        await using var host = await PageHost.StartAsync(_ => isAway ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status401Unauthorized);
        var (page, _) = await _browser.NewPageAsync(host.Url);
        await page.GotoAsync("/");
        await Expect(page.GetByTestId("away")).ToBeVisibleAsync();
        isAway = false;
        await Expect(new SignInPage(page).Form).ToBeVisibleAsync(new() { Timeout = 10_000 });
    }

    [Test]
    public async Task TakesTheSetUpTokenOutOfTheAddress()
    {
        await using var host = await PageHost.StartAsync(_ => StatusCodes.Status401Unauthorized);
        var (page, _) = await _browser.NewPageAsync(host.Url);
        await page.GotoAsync("/setup#token=secret");
        await Expect(page.GetByTestId("setup")).ToBeVisibleAsync();
        Assert.That(page.Url, Does.Not.Contain("secret"));
    }
}
