using CommandCenter.Chaos.Center;
using CommandCenter.Chaos.Storm;
using CommandCenter.IntegrationTests.Harness;
using CommandCenter.Storage.Embedded;

namespace CommandCenter.IntegrationTests.Faults;

/// <summary>A small storm; <c>tools/Chaos storm</c> does the one of the reserve.</summary>
public sealed class StormTests
{
    [Test]
    public async Task WallsAndPhonesThatComeBackTogetherSoonShowTheSame()
    {
        using var folder = new TemporaryFolder();
        var place = new CenterPlace(folder.Path, FreePort.Find(), "small", Postgres: null, Redis: null, FlushSeconds: 1);

        var report = await new StormRun(place, workers: 150, wallCount: 20, TimeSpan.FromSeconds(3), alarmsAMinute: 300, TestContext.Progress.WriteLine).RunAsync(CancellationToken.None);

        Assert.That(report.IsGood, Is.True, report.ToString());
        Assert.That(report.Alarms.Answered, Is.GreaterThan(0));
    }
}
