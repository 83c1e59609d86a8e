using CommandCenter.IntegrationTests.Harness;
using Microsoft.Playwright;

namespace CommandCenter.BrowserTests;

/// <summary>What most fixtures begin with: a demo center on a real server in a folder of its own, and a browser before it.</summary>
public sealed class DemoPages : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;
    private readonly Browser _browser;

    private DemoPages(TemporaryFolder folder, DemoCenter center, Browser browser)
    {
        _folder = folder;
        _browser = browser;
        Center = center;
    }

    public DemoCenter Center { get; }

    /// <param name="options">More of the server's command line.</param>
    public static async Task<DemoPages> StartAsync(params string[] options)
    {
        var folder = new TemporaryFolder();
        var center = await DemoCenter.OfAsync(await ServerProcess.StartAsync(folder.Path, options));
        return new DemoPages(folder, center, await Browser.LaunchAsync());
    }

    /// <param name="environment">More of the server's environment.</param>
    /// <param name="options">More of its command line.</param>
    public static async Task<DemoPages> StartAsync(IReadOnlyDictionary<string, string> environment, params string[] options)
    {
        var folder = new TemporaryFolder();
        var center = await DemoCenter.OfAsync(await ServerProcess.StartAsync(folder.Path, environment, ["--demo", .. options]));
        return new DemoPages(folder, center, await Browser.LaunchAsync());
    }

    public Task<(IPage Page, PageWatch Watch)> NewPageAsync() => _browser.NewPageAsync(Center.Server.Url.ToString());

    /// <summary>A page on the wall, signed in with that role's account of the whole district.</summary>
    public async Task<(IPage Page, PageWatch Watch)> SignedInAsync(string role)
    {
        var (page, watch) = await NewPageAsync();
        var signIn = new SignInPage(page);
        await signIn.OpenAsync();
        var (user, password) = Center.AccountOf(role);
        await signIn.SignInAsync(user, password);
        return (page, watch);
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        await Center.Server.DisposeAsync();
        _folder.Dispose();
    }
}
