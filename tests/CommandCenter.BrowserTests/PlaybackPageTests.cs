using System.Net.Http.Headers;
using System.Text;
using CommandCenter.IntegrationTests.Harness;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CommandCenter.BrowserTests;

/// <summary>Looking back: how a replay is opened, by whom, and what the page is in any language and on any screen.</summary>
public sealed class PlaybackPageTests
{
    private PlaybackWalk _walk = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _walk = await PlaybackWalk.PostedAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _walk.DisposeAsync();

    [Test]
    public async Task ReplaysEveryFixAPhonePosted()
    {
        var (replay, watch, _) = await _walk.OpenedAsync();

        var times = await replay.FixTimesAsync(_walk.Device.Worker);

        Assert.Multiple(() =>
        {
            Assert.That(times, Has.Length.EqualTo(_walk.Posted));
            Assert.That(times[0], Is.EqualTo(_walk.Start.ToUnixTimeMilliseconds()));
            Assert.That(watch.Errors, Is.Empty);
            Assert.That(watch.ForeignRequests, Is.Empty);
        });
        await Expect(replay.Lane(_walk.Device.Worker)).ToBeVisibleAsync();
    }

    [Test]
    public async Task AsksWhyOnceATabAndReadsNothingBefore()
    {
        var (replay, _, page) = await _walk.SignedInAsync("dispatcher");
        await page.GotoAsync(PlaybackPage.AddressOf(_walk.Device.Worker, _walk.Start, _walk.End));
        await Expect(replay.ReasonDialog).ToBeVisibleAsync();
        Assert.That(await page.EvaluateAsync<int>("() => window.__playback.fixes"), Is.Zero);
        await replay.GiveReasonAsync("走失老人，核对路线");
        await replay.WaitForFixesAsync(_walk.Posted);

        await page.ReloadAsync();
        await replay.WaitForFixesAsync(_walk.Posted);
        await Expect(replay.ReasonDialog).ToHaveCountAsync(0);
        var other = await page.Context.NewPageAsync();
        await other.GotoAsync(PlaybackPage.AddressOf(_walk.Device.Worker, _walk.Start, _walk.End));

        await Expect(new PlaybackPage(other).ReasonDialog).ToBeVisibleAsync();
    }

    [Test]
    public async Task TheWorkerCanReadWhoLookedAndWhy()
    {
        await _walk.OpenedAsync(reason: "核对巡查路线 七");

        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/watched");
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{_walk.Device.User}:{_walk.Device.Password}")));
        using var answer = await _walk.Center.Server.Http.SendAsync(request);

        var looks = (await answer.ReadJsonAsync()).GetProperty("items").EnumerateArray()
            .Where(look => look.GetProperty("action").GetString() == "open-track")
            .Select(look => look.GetProperty("reason").GetString());
        Assert.That(looks, Has.Some.EqualTo("核对巡查路线 七"));
    }

    [Test]
    public async Task TheAddressRestoresTheView()
    {
        var (_, _, page) = await _walk.OpenedAsync($"&t={PlaybackPage.Written(_walk.Start.AddSeconds(100))}&speed=-30&trail=900&follow={_walk.Device.Worker}&lang=en");
        await page.WaitForURLAsync(url => url.Contains("map=", StringComparison.Ordinal));
        var address = page.Url;

        await page.GotoAsync(address);
        var replay = new PlaybackPage(page);
        await replay.WaitForFixesAsync(_walk.Posted);

        await replay.WaitForClockAsync(_walk.Start.AddSeconds(100));
        Assert.That(await replay.SpeedAsync(), Is.EqualTo(-30));
        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "en");
        await Expect(page.GetByTestId("trail")).ToHaveValueAsync("900");
        await page.WaitForFunctionAsync("() => window.__playback.following");
    }

    [Test]
    public async Task WithoutFixesItSaysWhatThatMeans()
    {
        var (replay, _, page) = await _walk.SignedInAsync("dispatcher");
        await page.GotoAsync(PlaybackPage.AddressOf(_walk.Device.Worker, _walk.Start.AddDays(-3), _walk.Start.AddDays(-3).AddHours(1)));
        await replay.GiveReasonAsync();

        await Expect(replay.Empty).ToBeVisibleAsync();
    }

    [Test]
    public async Task ChoosesAWorkerBySearchAndReplaysTheLastHour()
    {
        var (replay, _, page) = await _walk.SignedInAsync("dispatcher");
        await page.GotoAsync("/playback");
        await Expect(replay.Idle).ToBeVisibleAsync();

        await replay.ChooseAsync(_walk.Device.Worker);
        await replay.PresetAsync("lastHour");
        await replay.Show.ClickAsync();
        await replay.GiveReasonAsync();

        await replay.WaitForFixesAsync(_walk.Posted);
        await Expect(replay.Play).ToHaveAttributeAsync("data-playing", "true");
    }

    [Test]
    public async Task TooLongATimeForAnAreaIsSaidBeforeItIsAskedFor()
    {
        var (replay, _, page) = await _walk.SignedInAsync("dispatcher");
        await page.GotoAsync("/playback");
        await page.GetByTestId("by-area").ClickAsync();
        await page.GetByTestId("area-140106").ClickAsync();

        await replay.PresetAsync("yesterday");

        await Expect(replay.Fault).ToBeVisibleAsync();
        await Expect(replay.Show).ToBeDisabledAsync();
    }

    [Test]
    public async Task TheCardOnTheWallLeadsHere()
    {
        var (_, _, page) = await _walk.SignedInAsync("dispatcher");
        var wall = new WallPage(page);
        await wall.FindWorkerAsync(_walk.Device.Worker);

        await page.GetByTestId("worker-replay").ClickAsync();

        var replay = new PlaybackPage(page);
        await replay.GiveReasonAsync();
        await replay.WaitForFixesAsync(1);
    }

    [Test]
    public async Task AWallOffersNoReplay()
    {
        var (replay, _, page) = await _walk.SignedInAsync("wall");
        await Expect(page.GetByTestId("playback-link")).ToHaveCountAsync(0);

        await page.GotoAsync(PlaybackPage.AddressOf(_walk.Device.Worker, _walk.Start, _walk.End));
        await new WallPage(page).WaitForPictureAsync();

        await Expect(replay.Root).ToHaveCountAsync(0);
    }

    [TestCase(1366, 768)]
    [TestCase(3840, 2160)]
    public async Task FitsTheScreenInBothLanguages(int width, int height)
    {
        var (replay, _, page) = await _walk.OpenedAsync();
        await page.SetViewportSizeAsync(width, height);
        foreach (var language in new[] { "zh-CN", "en" })
        {
            await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", language);
            await Expect(replay.Plot).ToBeVisibleAsync();
            var outside = await page.EvaluateAsync<string[]>(
                """
                () => [...document.querySelectorAll('button, select, input, h1, h2, time')]
                  .filter((one) => one.checkVisibility() && !one.closest('.scroll, .body, dialog, .tree'))
                  .filter((one) => { const box = one.getBoundingClientRect(); return box.width > 0 && (box.right > innerWidth + 1 || box.bottom > innerHeight + 1 || box.left < -1); })
                  .map((one) => one.outerHTML.slice(0, 120))
                """);
            Assert.That(outside, Is.Empty, language);
            await page.GetByTestId("language").ClickAsync();
        }
    }

    [TestCase("night")]
    [TestCase("day")]
    public async Task IsAccessible(string style)
    {
        var (replay, _, page) = await _walk.OpenedAsync($"&style={style}");
        await Expect(replay.Lane(_walk.Device.Worker)).ToBeVisibleAsync();

        Assert.That(await Axe.ViolationsAsync(page), Is.Empty);
    }
}
