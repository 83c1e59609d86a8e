using Microsoft.Playwright;

namespace CommandCenter.BrowserTests;

/// <summary>Which browser the tests drive and how: the system's chromium, drawing in software.</summary>
public static class BrowserOptions
{
    /// <summary>Another chromium than Debian's can be named by this variable.</summary>
    private const string PathVariable = "CHROMIUM_PATH";

    /// <summary>Software drawing on a busy machine is slow; a wall that needs longer than this is broken.</summary>
    public const float TimeoutMs = 60_000;

    /// <summary>How long a page may take to show what a test expects: longer than the server's slowest regular pace (contacts, every 5 s) and the page's own asking.</summary>
    public const float ExpectMs = 20_000;

    public static BrowserTypeLaunchOptions Launch => new()
    {
        ExecutablePath = Environment.GetEnvironmentVariable(PathVariable) ?? "/usr/bin/chromium",
        Headless = true,
        Args =
        [
            "--no-sandbox",
            "--disable-gpu",
            "--use-angle=swiftshader",
            "--enable-unsafe-swiftshader",
            "--ignore-gpu-blocklist",
        ],
    };

    /// <summary>Small and without glides, so that software drawing keeps up; languages other than the page's own choice do not matter.</summary>
    public static BrowserNewContextOptions Context(string baseUrl) => new()
    {
        BaseURL = baseUrl,
        ViewportSize = new ViewportSize { Width = 1280, Height = 800 },
        ReducedMotion = ReducedMotion.Reduce,
        Locale = "zh-CN",
        TimezoneId = "Asia/Shanghai",
    };
}
