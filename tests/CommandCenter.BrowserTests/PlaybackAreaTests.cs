using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using CommandCenter.IntegrationTests.Harness;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CommandCenter.BrowserTests;

/// <summary>
/// A district's last hour: one worker rides east across communities, a fix a second for its first minutes, then seldom; two walk elsewhere. Whom an area holds is worked out
/// here from its polygon, apart from the page.
/// </summary>
public sealed class PlaybackAreaTests
{
    private const int Seconds = 3_000;
    private const int Dense = 150;
    private const double West = 112.5500;
    private const double North = 37.8600;
    private const double Pace = 0.000012;

    private DemoPages _demo = null!;
    private DateTimeOffset _start;
    private List<(string Code, JsonElement Geometry)> _communities = null!;

    private DemoCenter Center => _demo.Center;

    private string Rider => Center.Devices[0].Worker;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _demo = await DemoPages.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/areas?geometry=true&kind=community&limit=1000");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await Center.SignInAsync("dispatcher"));
        using var answer = await Center.Server.Http.SendAsync(request);
        _communities = [.. (await answer.ReadJsonAsync()).GetProperty("items").EnumerateArray()
            .Select(area => (area.GetProperty("code").GetString()!, area.GetProperty("geometry").Clone()))];
        _start = DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds() - Seconds - 60);
        for (var second = 0; second <= Seconds; second += second < Dense ? 1 : 30)
        {
            await PostAsync(0, second, West + (second * Pace), North);
        }

        for (var second = 0; second <= Seconds; second += 60)
        {
            await PostAsync(1, second, 112.5600, 37.8300 + (second * Pace / 3));
            await PostAsync(2, second, 112.5900 - (second * Pace / 3), 37.8400);
        }
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _demo.DisposeAsync();

    [Test]
    public async Task TheLastHourRunsByTheClockWithEverybodyMovingAndAreasLitByWhoIsInThemThen()
    {
        var (page, watch) = await _demo.SignedInAsync("dispatcher");
        var replay = new PlaybackPage(page);
        await page.GotoAsync("/playback");
        await page.GetByTestId("by-area").ClickAsync();
        await page.GetByTestId("area-140106").ClickAsync();
        await replay.PresetAsync("lastHour");
        await replay.Show.ClickAsync();
        await replay.GiveReasonAsync();
        await replay.WaitForFixesAsync(1);
        await page.WaitForFunctionAsync("() => window.__playback.map && window.__playback.workers === 3");
        Assert.That(await replay.SpeedAsync(), Is.EqualTo(60));

        // The first stretch holds thirty times as many fixes a minute as the second.
        await replay.SeekAsync(_start.AddSeconds(5));
        var dense = await replay.RateAsync(12, withinClockSeconds: 110);
        await replay.SeekAsync(_start.AddSeconds(Dense + 60));
        var before = await PlacesAsync(replay);
        var sparse = await replay.RateAsync(30, withinClockSeconds: 1_500);
        var after = await PlacesAsync(replay);
        Assert.Multiple(() =>
        {
            Assert.That(dense, Is.EqualTo(60).Within(9));
            Assert.That(sparse, Is.EqualTo(60).Within(9));
            Assert.That(before.Zip(after).Count(pair => pair.First.X is not null && pair.First != pair.Second), Is.EqualTo(3), "all three move");
        });

        var crossings = Crossings();
        Assert.That(crossings, Has.Count.GreaterThan(1), "the ride crosses borders");
        var (at, from, to) = crossings[0];
        await page.Keyboard.PressAsync("k");
        await replay.SeekAsync(_start.AddSeconds(at - 20));
        await WaitForLightsAsync(page, from, to);
        await page.Keyboard.PressAsync("l");
        await WaitForLightsAsync(page, to, from);
        Assert.That(await replay.NowAsync(), Is.GreaterThan(_start.AddSeconds(at - 5).ToUnixTimeMilliseconds()), "lit before anybody was inside");

        await page.Keyboard.PressAsync("k");
        await replay.SeekAsync(_start.AddSeconds(Seconds - 5));
        await WaitForLightsAsync(page, CommunityAt(West + (Seconds * Pace), North)!, from);
        await replay.SeekAsync(_start.AddSeconds(at - 20));
        await WaitForLightsAsync(page, from, to);
        Assert.That(watch.Errors, Is.Empty);
    }

    private async Task<List<PlaceInReplay>> PlacesAsync(PlaybackPage replay)
    {
        var places = new List<PlaceInReplay>();
        foreach (var device in Center.Devices)
        {
            places.Add((await replay.PositionAsync(device.Worker))!);
        }

        return places;
    }

    private static Task WaitForLightsAsync(IPage page, string lit, string dark) => page.WaitForFunctionAsync(
        "({ lit, dark }) => window.__playback.lights[lit] > 0 && !(dark in window.__playback.lights)", new { lit, dark });

    /// <summary>Seconds from the start at which the rider is first in another community than a second before, both known and nobody else's.</summary>
    private List<(int At, string From, string To)> Crossings()
    {
        var others = new HashSet<string?>();
        for (var second = 0; second <= Seconds; second += 30)
        {
            others.Add(CommunityAt(112.5600, 37.8300 + (second * Pace / 3)));
            others.Add(CommunityAt(112.5900 - (second * Pace / 3), 37.8400));
        }

        var found = new List<(int, string, string)>();
        for (var second = Dense; second < Seconds; second++)
        {
            var (from, to) = (CommunityAt(West + ((second - 1) * Pace), North), CommunityAt(West + (second * Pace), North));
            if (from is not null && to is not null && from != to && !others.Contains(from) && !others.Contains(to))
            {
                found.Add((second, from, to));
            }
        }

        return found;
    }

    private string? CommunityAt(double longitude, double latitude) =>
        _communities.Where(area => Holds(area.Geometry, longitude, latitude)).Select(area => area.Code).FirstOrDefault();

    /// <summary>Inside is where a ray to the east crosses an odd number of sides.</summary>
    private static bool Holds(JsonElement geometry, double longitude, double latitude)
    {
        var coordinates = geometry.GetProperty("coordinates");
        var polygons = geometry.GetProperty("type").GetString() == "Polygon" ? [coordinates] : coordinates.EnumerateArray().ToArray();
        var sides = 0;
        foreach (var ring in polygons.SelectMany(polygon => polygon.EnumerateArray()))
        {
            var points = ring.EnumerateArray().Select(point => (X: point[0].GetDouble(), Y: point[1].GetDouble())).ToArray();
            sides += points.Zip(points.Skip(1)).Count(side => side.First.Y > latitude != side.Second.Y > latitude
                && longitude < side.First.X + ((latitude - side.First.Y) / (side.Second.Y - side.First.Y) * (side.Second.X - side.First.X)));
        }

        return sides % 2 == 1;
    }

    private async Task PostAsync(int device, int second, double longitude, double latitude)
    {
        using var answer = await Center.Server.Http.GetAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"/osmand?id={Center.Devices[device].OsmandId}&timestamp={_start.AddSeconds(second).ToUnixTimeMilliseconds()}&lat={latitude}&lon={longitude}&speed=1.2&bearing=90&accuracy=8&batt=70"));
        answer.EnsureSuccessStatusCode();
    }
}
