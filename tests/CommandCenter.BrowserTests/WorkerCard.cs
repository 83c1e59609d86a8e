using Microsoft.Playwright;

namespace CommandCenter.BrowserTests;

/// <summary>The card of the chosen worker.</summary>
public sealed class WorkerCard(IPage page)
{
    public ILocator Root => page.GetByTestId("worker-card");

    public ILocator Name => page.GetByTestId("worker-name");

    public ILocator Code => page.GetByTestId("worker-code");

    public ILocator Role => page.GetByTestId("worker-role");

    public ILocator Area => page.GetByTestId("worker-area");

    /// <summary>Its attribute <c>data-presence</c> is lost, stale, still or moving.</summary>
    public ILocator Presence => page.GetByTestId("worker-presence");

    /// <summary>Why there is no position: off duty, never located, out of view.</summary>
    public ILocator Absence => page.GetByTestId("worker-absence");

    public ILocator Age => page.GetByTestId("worker-age");

    public ILocator Speed => page.GetByTestId("worker-speed");

    public ILocator Heading => page.GetByTestId("worker-heading");

    /// <summary>Not there for the wall role.</summary>
    public ILocator Phone => page.GetByTestId("worker-phone");

    /// <summary>Charge left in per cent, of the newest fix.</summary>
    public ILocator Battery => page.GetByTestId("worker-battery");

    /// <summary>The grid the newest fix lies in.</summary>
    public ILocator Here => page.GetByTestId("worker-here");

    /// <summary>Length and times of today's track, its bar and its gaps; says so when there is none yet.</summary>
    public ILocator Today => page.GetByTestId("today-track");

    public ILocator TrackProblem => page.GetByTestId("track-problem");

    /// <summary>Begins and ends following; <c>aria-pressed</c> while it does.</summary>
    public ILocator Follow => page.GetByTestId("worker-follow");

    public ILocator Problem => page.GetByTestId("worker-problem");

    public Task CloseAsync() => page.GetByTestId("worker-close").ClickAsync();
}

/// <summary>A worker as <c>window.__wall.position</c> tells it: degrees, ms since 1970, CSS pixels from the map's corner (null out of view).</summary>
public sealed record WorkerOnWall
{
    public int Slot { get; init; }

    public double Longitude { get; init; }

    public double Latitude { get; init; }

    public string Presence { get; init; } = "";

    public double FixAt { get; init; }

    public double? X { get; init; }

    public double? Y { get; init; }
}
