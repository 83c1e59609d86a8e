using Microsoft.Playwright;

namespace CommandCenter.BrowserTests;

/// <summary>One browser for a whole fixture, one fresh context (cookies, storage) for each page asked for.</summary>
public sealed class Browser : IAsyncDisposable
{
    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    /// <summary>Pages asked for by tests, with the test's id.</summary>
    private readonly List<(IBrowserContext Context, string TestId)> _ofTests = [];

    private Browser(IPlaywright playwright, IBrowser browser)
    {
        _playwright = playwright;
        _browser = browser;
    }

    public static async Task<Browser> LaunchAsync()
    {
        Assertions.SetDefaultExpectTimeout(BrowserOptions.ExpectMs);
        var playwright = await Playwright.CreateAsync();
        return new Browser(playwright, await playwright.Chromium.LaunchAsync(BrowserOptions.Launch));
    }

    /// <summary>A page that records what it asks of other hosts and what it fails at; see <see cref="PageWatch"/>.</summary>
    public async Task<(IPage Page, PageWatch Watch)> NewPageAsync(string baseUrl)
    {
        await CloseFormerAsync();
        var context = await _browser.NewContextAsync(BrowserOptions.Context(baseUrl));
        context.SetDefaultTimeout(BrowserOptions.TimeoutMs);
        if (TestContext.CurrentContext.Test is { MethodName: not null } test)
        {
            _ofTests.Add((context, test.ID));
        }

        var page = await context.NewPageAsync();
        return (page, new PageWatch(page, baseUrl));
    }

    /// <summary>A map goes on drawing as long as its page is open: those of tests that are over would take the processor from this one.</summary>
    private async Task CloseFormerAsync()
    {
        foreach (var former in _ofTests.FindAll(page => page.TestId != TestContext.CurrentContext.Test.ID))
        {
            _ofTests.Remove(former);
            await former.Context.CloseAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
