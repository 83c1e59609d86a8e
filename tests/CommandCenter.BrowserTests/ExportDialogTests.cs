using System.Text;
using CommandCenter.IntegrationTests.Harness;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CommandCenter.BrowserTests;

/// <summary>Tracks taken away from the playback page: fixes posted by a phone, the real server, files as the browser saves them.</summary>
public sealed class ExportDialogTests
{
    private const int Posted = 30;

    private DemoPages _demo = null!;
    private DateTimeOffset _start;

    private DemoCenter Center => _demo.Center;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _demo = await DemoPages.StartAsync();
        _start = DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds() - 600);
        for (var n = 0; n < Posted; n++)
        {
            await Center.SendFixAsync(Center.Devices[0], _start.AddSeconds(n * 5).ToUnixTimeMilliseconds(), 112.56 + (n * 0.0001), 37.86);
        }
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _demo.DisposeAsync();

    [Test]
    public async Task SavesWhatItSaysAndCleanedFilesAreCalledSo()
    {
        var page = await OpenedAsync();
        await page.GetByTestId("format-csv").CheckAsync();
        var raw = await SavedAsync(page);
        Assert.That(raw.Name, Does.StartWith("tracks-2").And.EndsWith(".csv"));
        Assert.That(Encoding.UTF8.GetString(raw.Bytes).Split("\r\n"), Has.Length.EqualTo(1 + Posted + 1), "header, fixes, the end of the last line");
        await Expect(page.GetByTestId("export-done")).ToContainTextAsync(raw.Name);

        await page.GetByTestId("export-clean").CheckAsync();
        var clean = await SavedAsync(page);
        Assert.That(clean.Name, Does.StartWith("tracks-cleaned-"));

        await page.GetByTestId("format-case").CheckAsync();
        await Expect(page.GetByTestId("export-clean")).ToBeDisabledAsync();
        Assert.That((await SavedAsync(page)).Name, Does.StartWith("case-"), "a case is never cleaned");
    }

    [Test]
    public async Task ExportingThenEscapeLeavesNothingRunning()
    {
        var page = await OpenedAsync();
        var asked = new TaskCompletionSource();
        var (requests, downloads) = (0, 0);
        var failed = new TaskCompletionSource<string?>();
        page.Download += (_, _) => downloads++;
        page.RequestFailed += (_, request) =>
        {
            if (request.Url.Contains("/api/tracks/export", StringComparison.Ordinal))
            {
                failed.TrySetResult(request.Failure);
            }
        };

        // An answer that does not come: nothing but the page itself can end it.
        await page.RouteAsync("**/api/tracks/export?*", _ =>
        {
            requests++;
            asked.TrySetResult();
            return Task.CompletedTask;
        });
        await page.GetByTestId("export-start").ClickAsync();
        await asked.Task;
        await Expect(page.GetByTestId("export-progress")).ToBeVisibleAsync();

        await page.Keyboard.PressAsync("Escape");

        await Expect(page.GetByTestId("export-dialog")).ToHaveCountAsync(0);
        Assert.That(await failed.Task.WaitAsync(TimeSpan.FromMilliseconds(BrowserOptions.TimeoutMs)), Does.Contain("ABORTED"));

        // The page is as before: the dialog opens anew, with nothing in it of the one that was left.
        await page.GetByTestId("export").ClickAsync();
        await Expect(page.GetByTestId("export-start")).ToBeEnabledAsync();
        await Expect(page.GetByTestId("export-problem")).ToHaveCountAsync(0);
        Assert.That((requests, downloads), Is.EqualTo((1, 0)));
    }

    [Test]
    public async Task TwoDaysComparedAreTwoFilesAndEachSaysItsTime()
    {
        var page = await OpenedAsync("&day2=-1");
        await page.GetByTestId("format-csv").CheckAsync();
        await Expect(page.GetByTestId("export-day-1")).ToBeCheckedAsync();
        await page.GetByTestId("export-day-1").UncheckAsync();
        await Expect(page.GetByTestId("export-start")).ToBeDisabledAsync();
        await page.GetByTestId("export-day-2").CheckAsync();

        var other = await SavedAsync(page);

        Assert.That(other.Name, Does.Contain(_start.AddDays(-1).UtcDateTime.ToString("yyyyMMdd", System.Globalization.CultureInfo.InvariantCulture)));
        Assert.That(Encoding.UTF8.GetString(other.Bytes).Split("\r\n"), Has.Length.EqualTo(1 + 1), "nobody reported a day before");
    }

    private static async Task<(string Name, byte[] Bytes)> SavedAsync(IPage page)
    {
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByTestId("export-start").ClickAsync());
        await using var content = await download.CreateReadStreamAsync();
        using var bytes = new MemoryStream();
        await content.CopyToAsync(bytes);
        return (download.SuggestedFilename, bytes.ToArray());
    }

    private async Task<IPage> OpenedAsync(string more = "")
    {
        var (page, _) = await _demo.SignedInAsync("dispatcher");
        var replay = new PlaybackPage(page);
        await page.GotoAsync(PlaybackPage.AddressOf(Center.Devices[0].Worker, _start.AddSeconds(-10), _start.AddSeconds((Posted * 5) + 10), more));
        await replay.GiveReasonAsync("for the export");
        await replay.WaitForFixesAsync(Posted);
        await page.GetByTestId("export").ClickAsync();
        await Expect(page.GetByTestId("export-dialog")).ToBeVisibleAsync();
        return page;
    }
}
