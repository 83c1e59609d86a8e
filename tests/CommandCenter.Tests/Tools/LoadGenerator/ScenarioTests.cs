using CommandCenter.LoadGenerator.Runs;

namespace CommandCenter.Tests.Tools.LoadGenerator;

public sealed class ScenarioTests
{
    [Test]
    public void AllPresetsAreWithinTheirOwnBounds() => Assert.That(
        new[]
        {
            Scenario.District, Scenario.Reserve, Scenario.City, Scenario.Country, Scenario.Ingest, Scenario.BatchFlatOut, Scenario.Fanout, Scenario.StalledWall, Scenario.Replay, Scenario.Scale,
        }.Select(scenario => scenario.Fault()),
        Is.All.Null);

    [Test]
    public void NamesWhatIsOutOfBounds()
    {
        Assert.That((Scenario.District with { Walls = 5_000 }).Fault(), Does.StartWith("--walls: expected a number from 0 to 1900"));
        Assert.That((Scenario.District with { Workers = 10, Batch = 11 }).Fault(), Does.StartWith("--batch"));
        Assert.That((Scenario.District with { Workers = 10, FixesPerSecond = 5_000 }).Fault(), Does.StartWith("--fixes-per-second"));
        Assert.That((Scenario.District with { Seconds = double.NaN }).Fault(), Does.StartWith("--seconds"));
    }

    [Test]
    public void WantsOneServerAndWhatBelongsToIt()
    {
        var running = new TargetOptions { Server = new Uri("http://localhost:8080"), Data = "data" };
        Assert.That(running.Fault(), Is.Null);
        Assert.That(new TargetOptions().Fault(), Does.Contain("--server-dll"));
        Assert.That((running with { Data = null }).Fault(), Does.Contain("--data"));
        Assert.That((running with { Server = new Uri("https://localhost") }).Fault(), Does.Contain("plain http"));
        Assert.That((running with { Server = new Uri("http://192.0.2.1:8080") }).Fault(), Does.Contain("--yes-remote"));
        Assert.That((running with { Server = new Uri("http://192.0.2.1:8080"), YesRemote = true }).Fault(), Is.Null);
        Assert.That(new TargetOptions { ServerDll = "no-such.dll" }.Fault(), Does.Contain("no-such.dll"));
    }
}
