using System.Globalization;
using CommandCenter.IntegrationTests.Harness;
using Microsoft.Playwright;

namespace CommandCenter.BrowserTests;

/// <summary>
/// What replays of one person begin with: a worker walks east for five minutes (a fix a second for the first, then one every 20 s), is silent for twelve minutes and
/// walks on; posted by a phone to the real server.
/// </summary>
public sealed class PlaybackWalk : IAsyncDisposable
{
    public const double West = 112.5600;
    public const double North = 37.8600;

    /// <summary>Degrees east in a second.</summary>
    public const double Pace = 0.00002;
    public const int Dense = 60;
    public const int Sparse = 240;
    public const int Silence = 720;
    public const int After = 120;

    /// <summary>Made up by another app, far off; in seconds from the start. It stands a second before a true fix.</summary>
    public const int MadeUp = 199;
    public const double MadeUpNorth = 0.01;

    private readonly DemoPages _demo;

    private PlaybackWalk(DemoPages demo, DateTimeOffset start)
    {
        _demo = demo;
        Start = start;
    }

    public DemoCenter Center => _demo.Center;

    public DateTimeOffset Start { get; }

    /// <summary>Exclusive: after the last fix.</summary>
    public DateTimeOffset End => Start.AddSeconds(Dense + Sparse + Silence + After + 10);

    /// <summary>The middle of the silence.</summary>
    public DateTimeOffset Silent => Start.AddSeconds(Dense + Sparse + (Silence / 2));

    public DemoDevice Device => Center.Devices[0];

    public int Posted { get; private set; }

    public static async Task<PlaybackWalk> PostedAsync()
    {
        var demo = await DemoPages.StartAsync();
        var walk = new PlaybackWalk(demo, DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds() - Dense - Sparse - Silence - After - 60));
        for (var second = 0; second < Dense; second++)
        {
            await walk.PostAsync(second);
        }

        for (var second = Dense; second <= Dense + Sparse; second += 20)
        {
            await walk.PostAsync(second);
        }

        for (var second = Dense + Sparse + Silence; second <= Dense + Sparse + Silence + After; second += 20)
        {
            await walk.PostAsync(second);
        }

        return walk;
    }

    /// <summary>A fix that cleaning sets aside, among the true ones.</summary>
    public async Task PostMadeUpAsync()
    {
        using var answer = await Center.Server.Http.GetAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"/osmand?id={Device.OsmandId}&timestamp={Start.AddSeconds(MadeUp).ToUnixTimeMilliseconds()}&lat={North + MadeUpNorth}&lon={West + (MadeUp * Pace)}&speed=1&bearing=0&accuracy=8&batt=70&mock=true"));
        answer.EnsureSuccessStatusCode();
        Posted++;
    }

    public async Task<(PlaybackPage Replay, PageWatch Watch, IPage Page)> OpenedAsync(string more = "", string reason = "lost person")
    {
        var (replay, watch, page) = await SignedInAsync("dispatcher");
        await page.GotoAsync(PlaybackPage.AddressOf(Device.Worker, Start, End, more));
        await replay.GiveReasonAsync(reason);
        await replay.WaitForFixesAsync(Posted);
        return (replay, watch, page);
    }

    public async Task<(PlaybackPage Replay, PageWatch Watch, IPage Page)> SignedInAsync(string role)
    {
        var (page, watch) = await _demo.SignedInAsync(role);
        return (new PlaybackPage(page), watch, page);
    }

    public ValueTask DisposeAsync() => _demo.DisposeAsync();

    private async Task PostAsync(int second)
    {
        await Center.SendFixAsync(Device, Start.AddSeconds(second).ToUnixTimeMilliseconds(), West + (second * Pace), North);
        Posted++;
    }
}
