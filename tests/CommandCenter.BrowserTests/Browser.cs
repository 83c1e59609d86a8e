using Microsoft.Playwright;

namespace CommandCenter.BrowserTests;

/// <summary>One browser for a whole fixture, one fresh context (cookies, storage) for each page asked for.</summary>
public sealed class Browser : IAsyncDisposable
{
    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

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
        var context = await _browser.NewContextAsync(BrowserOptions.Context(baseUrl));
        context.SetDefaultTimeout(BrowserOptions.TimeoutMs);
        var page = await context.NewPageAsync();
        return (page, new PageWatch(page, baseUrl));
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
