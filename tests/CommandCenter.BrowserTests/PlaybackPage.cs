using System.Globalization;
using Microsoft.Playwright;

namespace CommandCenter.BrowserTests;

/// <summary>The replay as a person works it, and what only <c>window.__playback</c> can tell: hooks described in <c>web/src/pages/playbackHooks.ts</c>.</summary>
public sealed class PlaybackPage(IPage page)
{
    public ILocator Root => page.GetByTestId("playback");

    public ILocator ReasonDialog => page.GetByTestId("reason-dialog");

    public ILocator ReasonText => page.GetByTestId("reason-text");

    public ILocator Idle => page.GetByTestId("playback-idle");

    /// <summary>No fix in the time asked for.</summary>
    public ILocator Empty => page.GetByTestId("playback-empty");

    /// <summary>What went wrong, what still works and what to do.</summary>
    public ILocator Problem => page.GetByTestId("playback-problem");

    /// <summary>Its attribute <c>data-ms</c> is the clock's time.</summary>
    public ILocator Clock => page.GetByTestId("playback-clock");

    public ILocator State => page.GetByTestId("playback-state");

    /// <summary>Its attribute <c>data-playing</c> is true or false.</summary>
    public ILocator Play => page.GetByTestId("play");

    public ILocator Speed => page.GetByTestId("speed");

    public ILocator Plot => page.GetByTestId("timeline-plot");

    public ILocator Show => page.GetByTestId("show");

    public ILocator HelpSheet => page.GetByTestId("playback-help");

    public ILocator FixCard => page.GetByTestId("fix-card");

    public ILocator Trips => page.GetByTestId("list-trips");

    public ILocator Chart => page.GetByTestId("speed-chart");

    public ILocator Side => page.GetByTestId("side");

    public ILocator Fault => page.GetByTestId("chooser-fault");

    /// <param name="key">The worker's code; <c>@2</c> after it on the second day of a comparison.</param>
    public ILocator Lane(string key) => page.GetByTestId($"lane-{key}");

    /// <param name="name">inside, trips, visits, chart, fix or near.</param>
    public ILocator Tab(string name) => page.GetByTestId($"tab-{name}");

    /// <summary>The address of a replay of these workers.</summary>
    public static string AddressOf(string workers, DateTimeOffset from, DateTimeOffset to, string more = "") =>
        $"/playback?workers={workers}&from={Written(from)}&to={Written(to)}{more}";

    public static string Written(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public async Task GiveReasonAsync(string text = "lost person")
    {
        await ReasonText.FillAsync(text);
        await page.GetByTestId("reason-submit").ClickAsync();
    }

    public async Task ChooseAsync(string code)
    {
        await page.GetByTestId("playback-search").FillAsync(code);
        await page.GetByTestId($"pick-{code}").ClickAsync();
    }

    public Task PresetAsync(string name) => page.GetByTestId($"span-{name}").ClickAsync();

    public Task WaitForFixesAsync(int atLeast) =>
        page.WaitForFunctionAsync("n => window.__playback?.loading === false && window.__playback.fixes >= n", atLeast);

    public Task<double> NowAsync() => page.EvaluateAsync<double>("() => window.__playback.now");

    public Task<double> SpeedAsync() => page.EvaluateAsync<double>("() => window.__playback.speed");

    public Task<bool> IsPlayingAsync() => page.EvaluateAsync<bool>("() => window.__playback.playing");

    /// <summary>Waits until the clock stands within so many ms of a moment.</summary>
    public Task WaitForClockAsync(DateTimeOffset at, double withinMs = 0) => page.WaitForFunctionAsync(
        "({ at, within }) => Math.abs((window.__playback?.now ?? 0) - at) <= within",
        new { at = at.ToUnixTimeMilliseconds(), within = withinMs });

    /// <summary>Null when the worker has no track here.</summary>
    public Task<PlaceInReplay?> PositionAsync(string code) =>
        page.EvaluateAsync<PlaceInReplay?>("code => window.__playback?.position(code) ?? null", code);

    public Task<double[]> FixTimesAsync(string code) => page.EvaluateAsync<double[]>("code => window.__playback.fixTimes(code)", code);

    /// <summary>Clicks the timeline at a share of its width, 0 to 1, in the lanes.</summary>
    public async Task ScrubAsync(double share)
    {
        var box = (await Plot.BoundingBoxAsync())!;
        await Plot.ClickAsync(new() { Position = new Position { X = (float)(box.Width * share), Y = box.Height - 6 } });
    }

    /// <summary>Clicks the timeline where a moment is, as near as a pixel is; what plays goes on from there.</summary>
    public async Task SeekAsync(DateTimeOffset at)
    {
        var ends = await Plot.EvaluateAsync<double[]>("plot => [Number(plot.getAttribute('aria-valuemin')), Number(plot.getAttribute('aria-valuemax'))]");
        await ScrubAsync((at.ToUnixTimeSeconds() - ends[0]) / (ends[1] - ends[0]));
    }

    /// <summary>
    /// Clock ms for each ms of this screen while it plays, over so many frames. Frames so long that the clock rightly skips them (a page that was
    /// hidden) are left out on both sides, so that a busy machine changes nothing; and it ends, with fewer frames, before the clock has run further than told.
    /// </summary>
    public Task<double> RateAsync(int frames, double withinClockSeconds) => page.EvaluateAsync<double>(
        """
        ([frames, within]) => new Promise((done) => {
          let clock = 0, screen = 0, before = null;
          const end = window.__playback.now + within * 1000;
          const look = (at) => {
            const now = window.__playback.now;
            if (now > end && screen > 0) return done(clock / screen);
            if (before && at - before.at < 700) { clock += now - before.now; screen += at - before.at; }
            before = { at, now };
            if (--frames > 0) requestAnimationFrame(look);
            else done(clock / screen);
          };
          requestAnimationFrame(look);
        })
        """,
        new[] { frames, withinClockSeconds });
}

/// <summary>A worker as <c>window.__playback.position</c> tells it.</summary>
public sealed record PlaceInReplay
{
    public int Row { get; init; }

    /// <summary>noData, setAside, still, moving, loading or notLoaded.</summary>
    public string State { get; init; } = "";

    public double Longitude { get; init; }

    public double Latitude { get; init; }

    public double? X { get; init; }

    public double? Y { get; init; }
}
