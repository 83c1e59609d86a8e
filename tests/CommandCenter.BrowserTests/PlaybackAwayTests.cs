using System.Diagnostics;
using System.Globalization;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CommandCenter.BrowserTests;

/// <summary>What has not come: a server that is away, a reading that breaks or is stopped.</summary>
public sealed class PlaybackAwayTests
{
    private PlaybackWalk _walk = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _walk = await PlaybackWalk.PostedAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _walk.DisposeAsync();

    [Test]
    public async Task AnOpeningThatFailsSaysSoAndGoesOnByItself()
    {
        var (replay, _, page) = await _walk.SignedInAsync("dispatcher");
        await page.RouteAsync("**/api/tracks/settings", route => route.AbortAsync());
        await page.GotoAsync("/playback");
        await Expect(page.GetByTestId("opening-problem")).ToContainTextAsync("秒后重试");
        await Expect(page.GetByTestId("to-wall")).ToBeVisibleAsync();

        await page.UnrouteAsync("**/api/tracks/settings");

        await Expect(replay.Idle).ToBeVisibleAsync();
    }

    [Test]
    public async Task WhatHasComeKeepsPlayingWhileTheServerIsAway()
    {
        var (replay, _, page) = await _walk.OpenedAsync();
        SendSignal("STOP");
        try
        {
            await page.Keyboard.PressAsync("Home");
            await page.Keyboard.PressAsync("l");
            await page.WaitForFunctionAsync("at => window.__playback.now > at", _walk.Start.AddSeconds(30).ToUnixTimeMilliseconds());
        }
        finally
        {
            SendSignal("CONT");
        }

        await Expect(replay.Problem).ToHaveCountAsync(0);
    }

    [Test]
    public async Task AReadingThatBrokeIsAskedForAgainByItselfAndThePageSaysWhen()
    {
        var (replay, _, page) = await _walk.SignedInAsync("dispatcher");
        await page.RouteAsync("**/hubs/wall/negotiate**", route => route.AbortAsync());
        await page.GotoAsync(PlaybackPage.AddressOf(_walk.Device.Worker, _walk.Start, _walk.End));
        await replay.GiveReasonAsync();
        await Expect(replay.Problem).ToBeVisibleAsync();
        await Expect(page.GetByTestId("again-in")).ToContainTextAsync("秒后自动重试");
        await Expect(replay.Empty).ToHaveCountAsync(0);
        await Expect(page.GetByTestId("load-progress")).ToHaveCountAsync(0);

        await page.UnrouteAsync("**/hubs/wall/negotiate**");

        await replay.WaitForFixesAsync(_walk.Posted);
        await Expect(replay.Problem).ToHaveCountAsync(0);
    }

    [Test]
    public async Task AReadingThatWasStoppedIsSaidNotToBeLoadedAndGoesOnWhenAsked()
    {
        var (replay, _, page) = await _walk.OpenedAsync();
        SendSignal("STOP");
        try
        {
            await replay.Show.ClickAsync();
            await page.GetByTestId("cancel-load").ClickAsync();
            await Expect(page.GetByTestId("not-loaded")).ToBeVisibleAsync();
            await Expect(page.GetByTestId("load-progress")).ToHaveCountAsync(0);
            await Expect(replay.Empty).ToHaveCountAsync(0);
            await Expect(replay.Plot).ToHaveAttributeAsync("data-unread", "true");

            await replay.Plot.FocusAsync();
            await page.Keyboard.PressAsync("l");

            await Expect(replay.Play).ToHaveAttributeAsync("data-playing", "false");
            await Expect(replay.State).ToHaveTextAsync("此后未读取");
        }
        finally
        {
            SendSignal("CONT");
        }

        await page.GetByTestId("read-on").ClickAsync();

        await replay.WaitForFixesAsync(_walk.Posted);
        await Expect(page.GetByTestId("not-loaded")).ToHaveCountAsync(0);
    }

    private void SendSignal(string name)
    {
        using var kill = Process.Start("kill", ["-" + name, _walk.Center.Server.ProcessId.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }
}
