using Microsoft.Playwright;

namespace CommandCenter.BrowserTests;

/// <summary>
/// The wall as a person sees it, by role and test id, and what only <c>window.__wall</c> can tell of a canvas:
/// read-only hooks described in <c>web/src/debug.ts</c>.
/// </summary>
public sealed class WallPage(IPage page)
{
    public ILocator Title => page.GetByTestId("title");

    public ILocator DemoNotice => page.GetByTestId("demo-notice");

    /// <summary>Its attribute <c>data-state</c> is waiting, live, stale or lost.</summary>
    public ILocator Connection => page.GetByTestId("connection");

    /// <summary>Says what is old and since when; not there while all is well.</summary>
    public ILocator StaleBar => page.GetByTestId("stale-bar");

    public ILocator CrowdedBar => page.GetByTestId("crowded");

    public ILocator Empty => page.GetByTestId("empty");

    public ILocator Map => page.GetByTestId("map");

    public ILocator Search => page.GetByTestId("search");

    public ILocator AreaTree => page.GetByRole(AriaRole.Tree);

    public ILocator HelpSheet => page.GetByTestId("help-sheet");

    /// <summary>Switches the style; its attribute <c>data-style</c> is night, day or auto.</summary>
    public ILocator StyleButton => page.GetByTestId("style");

    public ILocator LayersButton => page.GetByTestId("layers");

    public ILocator LayersPanel => page.GetByTestId("layers-panel");

    /// <summary>Says that a filter hides some workers; not there while all are drawn.</summary>
    public ILocator FilterNotice => page.GetByTestId("filtered");

    public ILocator MeasureButton => page.GetByTestId("measure");

    public ILocator MeasurePanel => page.GetByTestId("measure-panel");

    public ILocator MeasuredDistance => page.GetByTestId("measure-distance");

    public ILocator MeasuredSurface => page.GetByTestId("measure-surface");

    /// <summary>Whose map it is, and that it is generated.</summary>
    public ILocator Attribution => page.GetByTestId("attribution");

    /// <summary>Which of a kiosk's views is shown: attributes <c>data-at</c> and <c>data-count</c>.</summary>
    public ILocator KioskStrip => page.GetByTestId("kiosk-strip");

    public WorkerCard Card => new(page);

    /// <param name="name">lost, stale, still or moving.</param>
    public ILocator StateSwitch(string name) => page.GetByTestId($"state-{name}");

    /// <param name="name">trails, names or counts.</param>
    public ILocator LayerSwitch(string name) => page.GetByTestId($"layer-{name}");

    public ILocator AreaHit(string code) => page.GetByTestId($"hit-area-{code}");

    /// <summary>True while the camera keeps the chosen worker in the middle.</summary>
    public Task<bool> IsFollowingAsync() => page.EvaluateAsync<bool>("() => window.__wall?.following === true");

    /// <summary>Waits until the worker is drawn within so many pixels of the middle of the map.</summary>
    public async Task WaitForWorkerInTheMiddleAsync(string code, double pixels = 4) =>
        await page.WaitForFunctionAsync(
            """
            ({ code, pixels }) => {
              const at = window.__wall?.position(code);
              const map = document.querySelector('[data-testid=map]').getBoundingClientRect();
              return at?.x != null && Math.hypot(at.x - map.width / 2, at.y - map.height / 2) <= pixels;
            }
            """,
            new { code, pixels });

    /// <summary>The workers' layer is on the map and the tiles in view are there.</summary>
    public async Task WaitForMapAsync() =>
        await page.WaitForFunctionAsync("() => window.__wall?.map?.markers === true && window.__wall.map.loaded");

    /// <param name="name">onDuty, online, moving, stale or lost.</param>
    public ILocator Kpi(string name) => page.GetByTestId($"kpi-{name}").Locator("dd");

    public ILocator Area(string code) => page.GetByTestId($"area-{code}");

    /// <summary>Online and on duty, as written in the tree: "3,380 / 3,605".</summary>
    public ILocator AreaCount(string code) => Area(code).GetByTestId("area-count");

    public Task ExpandAsync(string areaCode) => Area(areaCode).Locator("button").ClickAsync();

    public Task FocusAsync(string areaCode) => Area(areaCode).ClickAsync();

    public async Task FindWorkerAsync(string code)
    {
        await Search.FillAsync(code);
        await page.GetByTestId($"hit-worker-{code}").ClickAsync();
    }

    public Task SwitchLanguageAsync() => page.GetByTestId("language").ClickAsync();

    public Task SignOutAsync() => page.GetByTestId("sign-out").ClickAsync();

    public Task ZoomInAsync() => page.GetByTestId("zoom-in").ClickAsync();

    public Task FitAsync() => page.GetByTestId("fit").ClickAsync();

    /// <summary>The first frame has been taken over; there may be nobody on it.</summary>
    public Task WaitForPictureAsync() => page.WaitForFunctionAsync("() => window.__wall?.tick != null");

    public async Task WaitForWorkersAsync(int atLeast) =>
        await page.WaitForFunctionAsync("n => window.__wall?.workers >= n", atLeast);

    /// <summary>Waits until the wall has the worker within <paramref name="toleranceDegrees"/> of a place.</summary>
    public async Task WaitForWorkerAtAsync(string code, double longitude, double latitude, double toleranceDegrees = 1e-6) =>
        await page.WaitForFunctionAsync(
            """
            ({ code, longitude, latitude, tolerance }) => {
              const at = window.__wall?.position(code);
              return at && Math.abs(at.longitude - longitude) <= tolerance && Math.abs(at.latitude - latitude) <= tolerance;
            }
            """,
            new { code, longitude, latitude, tolerance = toleranceDegrees });

    public Task<int> WorkersAsync() => page.EvaluateAsync<int>("() => window.__wall?.workers ?? 0");

    /// <summary>The tick of the newest frame; null before the first.</summary>
    public Task<long?> TickAsync() => page.EvaluateAsync<long?>("() => window.__wall?.tick ?? null");

    public Task<string?> EpochAsync() => page.EvaluateAsync<string?>("() => window.__wall?.epoch ?? null");

    /// <summary>connecting, connected, lost or signedOut.</summary>
    public Task<string?> ConnectionStateAsync() => page.EvaluateAsync<string?>("() => window.__wall?.connection ?? null");

    /// <summary>Null when the worker is not on the picture.</summary>
    public Task<WorkerOnWall?> PositionAsync(string code) =>
        page.EvaluateAsync<WorkerOnWall?>("code => window.__wall?.position(code) ?? null", code);

    /// <summary>Clicks the marker on the map, where it is drawn.</summary>
    public async Task PickAsync(string code)
    {
        var at = await PositionAsync(code);
        if (at?.X is not { } x || at.Y is not { } y)
        {
            throw new InvalidOperationException($"{code} is not in view.");
        }

        await Map.ClickAsync(new() { Position = new Position { X = (float)x, Y = (float)y } });
    }

    /// <summary>Takes the graphics context away as a driver reset would, and gives it back.</summary>
    public Task LoseGraphicsAsync() => page.EvaluateAsync(
        """
        () => new Promise((done) => {
          const extension = document.querySelector('.maplibregl-canvas').getContext('webgl2').getExtension('WEBGL_lose_context');
          extension.loseContext();
          setTimeout(() => { extension.restoreContext(); done(); }, 500);
        })
        """);
}
