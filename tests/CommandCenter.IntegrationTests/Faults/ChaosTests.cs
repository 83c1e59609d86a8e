using CommandCenter.Chaos;
using CommandCenter.Chaos.Center;
using CommandCenter.Chaos.Faults;
using CommandCenter.IntegrationTests.Harness;
using CommandCenter.Storage.Embedded;

namespace CommandCenter.IntegrationTests.Faults;

/// <summary>The short run of <c>tools/Chaos</c>: every fault once, under a small load in every protocol.</summary>
public sealed class ChaosTests
{
    [Test]
    public async Task NothingAnsweredIsLostOrDoubledWhateverIsKilledOrStopped()
    {
        using var folder = new TemporaryFolder();
        var settings = new ChaosSettings(
            new CenterPlace(folder.Path, FreePort.Find(), "small", Postgres: null, Redis: null, FlushSeconds: 1),
            Seed: Random.Shared.Next(),
            Length: TimeSpan.Zero,
            Workers: 100,
            Rate: 100,
            Walls: 2,
            Phones: 14,
            Enum.GetValues<Fault>(),
            LongestSpell: TimeSpan.FromSeconds(3),
            AlarmsAMinute: 120);

        var report = await new ChaosRun(settings, TestContext.Progress.WriteLine).RunAsync(CancellationToken.None);

        Assert.That(report.Complaints, Is.Empty, report.ToString());
        Assert.That(report.Alarms.Answered, Is.GreaterThan(30), "alarms were pressed");
        Assert.That(report.Stored.Answered, Is.GreaterThan(1_000), "the load was there");
    }
}
