using Microsoft.Playwright;

namespace CommandCenter.BrowserTests;

/// <summary>Alarms on the wall: the banner over the map, and what opens from it.</summary>
public sealed class AlarmBanner(IPage page)
{
    /// <summary>Attributes <c>data-priority</c> and <c>data-raised</c>; not there while no alarm is open.</summary>
    public ILocator Root => page.GetByTestId("alarm-banner");

    /// <summary>The alarm shown large; its attribute <c>data-id</c>.</summary>
    public ILocator Big => page.GetByTestId("alarm-big");

    public ILocator Who => page.GetByTestId("alarm-who");

    public ILocator Where => page.GetByTestId("alarm-where");

    public ILocator Clock => page.GetByTestId("alarm-clock");

    /// <summary>Who acknowledged it.</summary>
    public ILocator By => page.GetByTestId("alarm-by");

    /// <summary>What went wrong with the last act.</summary>
    public ILocator Problem => page.GetByTestId("alarm-problem");

    public ILocator Acknowledge => page.GetByTestId("alarm-acknowledge");

    public ILocator Resolve => page.GetByTestId("alarm-resolve");

    public ILocator Details => page.GetByTestId("alarm-details");

    /// <summary>The others, in order.</summary>
    public ILocator Rows => page.GetByTestId("alarm-row");

    /// <summary>Says that nothing can be heard, and why: attribute <c>data-silence</c>.</summary>
    public ILocator Silent => page.GetByTestId("alarm-silent");

    /// <summary>Takes an end back; there for a while after it.</summary>
    public ILocator Undo => page.GetByTestId("alarm-undo");

    /// <summary>On the map.</summary>
    public ILocator Marks => page.GetByTestId("alarm-mark");

    public ILocator Card => page.GetByTestId("alarm-card");

    public ILocator Ledger => page.GetByTestId("alarm-ledger");

    public ILocator List => page.GetByTestId("alarm-list");

    /// <param name="name">exercise, late, offDuty, level, repeats, accuracy, nowhere or lastPlace.</param>
    public ILocator Flag(string name) => page.GetByTestId($"alarm-flag-{name}");

    public ILocator Item(string id) => page.GetByTestId($"alarm-item-{id}");

    /// <param name="outcome">resolved or falseAlarm.</param>
    public async Task ResolveAsync(string outcome, string reason)
    {
        await Resolve.ClickAsync();
        await page.GetByTestId($"alarm-outcome-{outcome}").CheckAsync();
        await page.GetByTestId("alarm-reason").FillAsync(reason);
        await page.GetByTestId("alarm-end-submit").ClickAsync();
    }
}
