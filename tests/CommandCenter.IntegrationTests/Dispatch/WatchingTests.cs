using System.Globalization;
using System.Net;
using System.Text.Json;
using CommandCenter.IntegrationTests.Harness;
using DemoDevice = CommandCenter.Demo.DemoDevice;

namespace CommandCenter.IntegrationTests.Dispatch;

/// <summary>Alarms that the center raises by itself.</summary>
public sealed class WatchingTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private DispatchWorld _world = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _world = await DispatchWorld.StartAsync("--Watching:LookSeconds=0.3", "--LivePicture:StaleSeconds=3", "--LivePicture:LostSeconds=6");

    [OneTimeTearDown]
    public async Task StopAsync() => await _world.DisposeAsync();

    [Test]
    public async Task WhoIsUnderWayAndNoLongerHeardOfIsAnAlarm()
    {
        var (victim, helper, bystander) = (_world.Phones[0], _world.Phones[1], _world.Phones[2]);
        var alarm = await _world.PressAsync(victim, 0, 0);
        await _world.ReportAsync(helper, 200, 0);
        await _world.ReportAsync(bystander, 200, 0);
        var (sent, _) = await _world.SendAsync("dispatcher", alarm, Guid.NewGuid(), helper);
        Assert.That(sent, Is.EqualTo(HttpStatusCode.Created));

        await Eventually.TrueAsync(async () => (await OpenAsync("lostContact")).Count > 0, "the silence is noticed", Patience);

        var raised = (await OpenAsync("lostContact")).Single();
        Assert.Multiple(() =>
        {
            Assert.That(raised.GetProperty("worker").GetString(), Is.EqualTo(helper.Worker), "and not the bystander, who is as silent");
            Assert.That(raised.GetProperty("priority").GetInt32(), Is.EqualTo(2));
            Assert.That(raised.GetProperty("longitude").GetDouble(), Is.EqualTo(DispatchWorld.At(200, 0).Longitude).Within(1e-5), "where they were last");
        });
    }

    [Test]
    public async Task ALowBatteryIsOneAlarmHoweverOftenThePhoneSaysSo()
    {
        var phone = _world.Phones[3];
        await ReportAsync(phone, 9);
        await Eventually.TrueAsync(async () => (await OpenAsync("lowBattery")).Count == 1, "it is raised", Patience);
        var raised = (await OpenAsync("lowBattery")).Single();
        Assert.That((raised.GetProperty("worker").GetString(), raised.GetProperty("priority").GetInt32()), Is.EqualTo((phone.Worker, 3)));

        // Closed, so that the next one would not be held back for there being one: what holds it back is that the battery was never charged in between.
        await _world.Demo.CallAsync("dispatcher", "POST", $"/api/alarms/{raised.GetProperty("id").GetString()}/resolve", new { outcome = "resolved", reason = "x" });
        foreach (var percent in new[] { 8, 11, 9 })
        {
            await ReportAsync(phone, percent);
        }

        // Another phone's is raised by a look that has seen these, too.
        await ReportAsync(_world.Phones[4], 7);
        await Eventually.TrueAsync(async () => (await OpenAsync("lowBattery")).Count > 0, "the other one's is raised", Patience);
        Assert.That((await OpenAsync("lowBattery")).Select(alarm => alarm.GetProperty("worker").GetString()), Is.EqualTo(new[] { _world.Phones[4].Worker }));
    }

    private async Task ReportAsync(DemoDevice phone, int batteryPercent)
    {
        var (longitude, latitude) = DispatchWorld.At(0, 500);
        using var sent = await _world.Demo.Server.Http.GetAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"/osmand?id={phone.OsmandId}&timestamp={DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()}&lat={latitude:F7}&lon={longitude:F7}&accuracy=6&batt={batteryPercent}"));
        Assert.That(sent.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    private async Task<IReadOnlyList<JsonElement>> OpenAsync(string kind)
    {
        var (_, body) = await _world.Demo.CallAsync("dispatcher", "GET", $"/api/alarms?state=open&kind={kind}");
        return [.. body.GetProperty("items").EnumerateArray()];
    }
}
