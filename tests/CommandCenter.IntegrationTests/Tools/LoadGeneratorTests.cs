using System.Text.Json;
using CommandCenter.IntegrationTests.Harness;
using CommandCenter.LoadGenerator;
using Spectre.Console;

namespace CommandCenter.IntegrationTests.Tools;

/// <summary>tools/LoadGenerator as a person runs it: a small district for seconds, whose books must close.</summary>
public sealed class LoadGeneratorTests
{
    [TestCase("district", "--batch", "1")]
    [TestCase("country", "--batch", "25")]
    public async Task LosesNothingOfASmallLoad(string scenario, params string[] more)
    {
        using var folder = new TemporaryFolder();
        await using var server = await ServerProcess.StartAsync(Path.Combine(folder.Path, "data"), "--TrackWriter:FlushSeconds=0.5");
        var json = Path.Combine(folder.Path, "report.json");
        var (status, output) = await RunAsync(
        [
            scenario, "--server", server.Url.ToString(), "--data", server.DataFolder!, "--json", json, .. more,
            "--workers", "50", "--fixes-per-second", "100", "--walls", "2", "--seconds", "3", "--warmup", "1", "--connections", "4", "--settle", "30",
        ]);
        Assert.That(status, Is.Zero, output);
        using var report = JsonDocument.Parse(await File.ReadAllBytesAsync(json));
        var books = report.RootElement.GetProperty("reconciliation");
        Assert.That(books.GetProperty("accepted").GetInt64(), Is.GreaterThan(100).And.EqualTo(books.GetProperty("stored").GetInt64()));
        Assert.That((books.GetProperty("lookedFor").GetInt64(), books.GetProperty("notShown").GetInt64()), Is.EqualTo((100L, 0L)));
        var stage = report.RootElement.GetProperty("stages")[0];
        Assert.That(stage.GetProperty("wallP99").GetDouble(), Is.GreaterThan(0), "walls saw the fixes come");
        Assert.That(stage.GetProperty("usage").GetProperty("server").GetProperty("peakMegabytes").GetDouble(), Is.GreaterThan(10), "the server's process is known");
    }

    [TestCase("--yes-remote", "--server", "http://192.0.2.1:8080", "--data", "nowhere")]
    [TestCase("--server", "--server", "no address", "--data", "nowhere")]
    [TestCase("--redis", "--server", "http://localhost:1", "--data", "nowhere", "--redis", "no address")]
    [TestCase("--password-file", "--server", "http://localhost:1", "--data", "nowhere", "--user", "a", "--password-file", "no-such-file")]
    public async Task NamesTheArgumentThatCannotBe(string named, params string[] arguments)
    {
        var (status, output) = await RunAsync(["district", .. arguments]);
        Assert.That(status, Is.EqualTo(ExitStatus.BadArgument));
        Assert.That(output, Does.Contain(named));
    }

    private static async Task<(int Status, string Output)> RunAsync(string[] arguments)
    {
        using var output = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(output) });
        var status = await new LoadCommand(console).Build().Parse(arguments).InvokeAsync(new System.CommandLine.InvocationConfiguration { Error = output });
        return (status, output.ToString());
    }
}
