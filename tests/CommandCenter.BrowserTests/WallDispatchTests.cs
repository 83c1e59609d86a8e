using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using CommandCenter.IntegrationTests.Harness;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CommandCenter.BrowserTests;

/// <summary>
/// One night from end to end, before two dispatchers and a wall: an SOS that nobody acknowledges escalates, the nearest who can go is sent and arrives, it is resolved, and what is printed is
/// what the ledger holds.
/// </summary>
public sealed class WallDispatchTests
{
    private DemoPages _pages = null!;

    private DemoCenter Center => _pages.Center;

    [OneTimeSetUp]
    public async Task StartAsync() => _pages = await DemoPages.StartAsync("--AlarmEscalation:FirstSeconds=3", "--AlarmEscalation:SecondSeconds=600");

    [OneTimeTearDown]
    public async Task StopAsync() => await _pages.DisposeAsync();

    [Test]
    public async Task TheNearestGoesArrivesAndThePrintedTimelineIsTheLedger()
    {
        var (victim, near, far) = (Center.Devices[0], Center.Devices[1], Center.Devices[2]);
        await StandAsync(victim, 112.5700, 37.8600);
        await StandAsync(near, 112.5722, 37.8606);
        await StandAsync(far, 112.5790, 37.8660);
        var (desk, deskPage) = await SignedInAsync("dispatcher");
        var (other, otherPage) = await SignedInAsync("supervisor");
        var (wall, _) = await SignedInAsync("wall");

        var id = await PressAsync(victim, 112.5700, 37.8600);
        await Expect(wall.Root).ToHaveAttributeAsync("data-raised", "true");
        await Expect(desk.Flag("level")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await desk.Acknowledge.ClickAsync();

        await desk.Details.ClickAsync();
        await other.Details.ClickAsync();
        var candidates = deskPage.GetByTestId("candidate");
        await Expect(candidates).ToHaveCountAsync(2);
        await Expect(candidates.First).ToHaveAttributeAsync("data-worker", near.Worker);
        await Expect(candidates.First).ToContainTextAsync("建议");
        await candidates.First.GetByTestId("send-one").ClickAsync();
        await Expect(SentTo(deskPage, near)).ToHaveAttributeAsync("data-state", "dispatched");
        await Expect(SentTo(otherPage, near)).ToHaveAttributeAsync("data-state", "dispatched");
        await Expect(deskPage.GetByTestId("alarm-way")).ToHaveAttributeAsync("data-worker", near.Worker);
        await Expect(deskPage.GetByTestId("alarm-way")).ToContainTextAsync("米");

        // The other one had the old list open: nobody is sent twice, and the list says so.
        await otherPage.GetByTestId("seek").ClickAsync();
        await Expect(otherPage.GetByTestId("candidate")).ToHaveCountAsync(1);
        await Expect(otherPage.GetByTestId("candidate").First).ToHaveAttributeAsync("data-worker", far.Worker);

        await PhoneSaysAsync(near, "accepted");
        await Expect(SentTo(otherPage, near)).ToHaveAttributeAsync("data-state", "accepted");
        await PhoneSaysAsync(near, "enRoute");
        await Expect(SentTo(deskPage, near)).ToContainTextAsync("途中");

        await StandAsync(near, 112.5701, 37.8601);
        await deskPage.GetByText("确认到场").ClickAsync(new() { Timeout = 60_000 });
        await Expect(SentTo(otherPage, near)).ToHaveAttributeAsync("data-state", "onScene");
        await Expect(deskPage.GetByTestId("alarm-way")).ToHaveCountAsync(0);
        await PhoneSaysAsync(near, "cleared");
        await Expect(SentTo(deskPage, near)).ToHaveAttributeAsync("data-state", "cleared");
        await desk.ResolveAsync("resolved", "已送医");
        await Expect(wall.Root).ToHaveCountAsync(0);
        await Expect(other.Root).ToHaveCountAsync(0);

        var steps = await UntilStoredAsync(id);
        Assert.That(steps.Select(step => step.GetProperty("step").GetString()), Is.SupersetOf(new[] { "raised", "shown", "escalated", "acknowledged", "assigned", "onScene", "resolved" }));
        var link = await deskPage.GetByTestId("alarm-report").GetAttributeAsync("href");
        await deskPage.GotoAsync(Center.Server.Url + link!.TrimStart('/'));
        var printed = await deskPage.Locator("table.ledger tbody tr").EvaluateAllAsync<string[]>("rows => rows.map(row => `${row.dataset.number} ${row.dataset.step} ${row.dataset.hash}`)");
        Assert.That(printed, Is.EqualTo(steps.Select(step => $"{step.GetProperty("number").GetInt32()} {step.GetProperty("step").GetString()} {step.GetProperty("hash").GetString()}")));
        await Expect(deskPage.Locator("[data-intact=true]")).ToBeVisibleAsync();
        await Expect(deskPage.Locator("body")).ToContainTextAsync("已送医");
    }

    private static ILocator SentTo(IPage page, DemoDevice phone) => page.Locator($"[data-testid=assignment][data-worker='{phone.Worker}']");

    private async Task<(AlarmBanner Alarms, IPage Page)> SignedInAsync(string role)
    {
        var (page, _) = await _pages.SignedInAsync(role);
        await page.WaitForFunctionAsync("() => window.__wall?.alarms.lane === 'open'");
        return (new AlarmBanner(page), page);
    }

    private async Task StandAsync(DemoDevice phone, double longitude, double latitude)
    {
        var at = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        Assert.That(await Center.SendFixAsync(phone, at, longitude, latitude), Is.EqualTo(HttpStatusCode.OK));
        var token = await Center.SignInAsync("dispatcher");
        await Eventually.TrueAsync(
            async () => await Center.PositionOfAsync(token, phone.Worker) is { } feature && DateTimeOffset.Parse(DemoCenter.FixTimeOf(feature), null).ToUnixTimeMilliseconds() >= at - 1_000,
            "the position is in the picture",
            TimeSpan.FromSeconds(60));
    }

    private async Task<string> PressAsync(DemoDevice phone, double longitude, double latitude)
    {
        var id = Guid.NewGuid().ToString("D");
        var (status, _) = await ByPhoneAsync(phone, HttpMethod.Post, "/api/alarms", new { id, kind = "sos", longitude, latitude, accuracyMeters = 10, occurredAt = DateTimeOffset.UtcNow });
        Assert.That(status, Is.EqualTo(HttpStatusCode.Created));
        return id;
    }

    private async Task PhoneSaysAsync(DemoDevice phone, string state)
    {
        var (_, mine) = await ByPhoneAsync(phone, HttpMethod.Get, "/api/assignments/mine");
        var id = mine.GetProperty("items")[0].GetProperty("id").GetString();
        var (status, _) = await ByPhoneAsync(phone, HttpMethod.Post, $"/api/assignments/{id}/state", new { state });
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK));
    }

    private async Task<(HttpStatusCode Status, JsonElement Body)> ByPhoneAsync(DemoDevice phone, HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{phone.User}:{phone.Password}")));
        using var answer = await Center.Server.Http.SendAsync(request);
        return (answer.StatusCode, await answer.ReadJsonAsync());
    }

    /// <summary>The ledger once all of it is stored.</summary>
    private async Task<IReadOnlyList<JsonElement>> UntilStoredAsync(string id)
    {
        var token = await Center.SignInAsync("dispatcher");
        IReadOnlyList<JsonElement> steps = [];
        await Eventually.TrueAsync(
            async () =>
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/alarms/{id}");
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
                using var answer = await Center.Server.Http.SendAsync(request);
                var detail = await answer.ReadJsonAsync();
                steps = [.. detail.GetProperty("ledger").EnumerateArray()];
                return detail.GetProperty("stored").GetBoolean() && steps.Any(step => step.GetProperty("step").GetString() == "resolved");
            },
            "the ledger is stored",
            TimeSpan.FromSeconds(60));
        return steps;
    }
}
