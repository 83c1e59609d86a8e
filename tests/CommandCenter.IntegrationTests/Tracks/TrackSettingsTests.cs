using System.Net;
using CommandCenter.IntegrationTests.Access;

namespace CommandCenter.IntegrationTests.Tracks;

/// <summary>What the page is told of the options in force.</summary>
public sealed class TrackSettingsTests
{
    [Test]
    public async Task TellsTheOptionsInForceToWhoMayReadTracksAndToNobodyElse()
    {
        await using var demo = await DemoServer.StartAsync(
            "--TrackMeaning:GapSeconds=300", "--TrackMeaning:GapIntervals=4", "--TrackMeaning:TrackEndSeconds=1200", "--Tracks:MaxWorkerHours=48", "--Tracks:MaxAreaHours=1.5");

        var (status, told) = await demo.CallAsync("dispatcher", "GET", "/api/tracks/settings");
        var (wall, _) = await demo.CallAsync("wall", "GET", "/api/tracks/settings");

        Assert.Multiple(() =>
        {
            Assert.That(status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(told.GetProperty("gapSeconds").GetInt32(), Is.EqualTo(300));
            Assert.That(told.GetProperty("gapIntervals").GetDouble(), Is.EqualTo(4));
            Assert.That(told.GetProperty("trackEndSeconds").GetInt32(), Is.EqualTo(1200));
            Assert.That(told.GetProperty("maxWorkerHours").GetInt32(), Is.EqualTo(48));
            Assert.That(told.GetProperty("maxAreaHours").GetDouble(), Is.EqualTo(1.5));
            Assert.That(wall, Is.EqualTo(HttpStatusCode.Forbidden));
        });
    }
}
