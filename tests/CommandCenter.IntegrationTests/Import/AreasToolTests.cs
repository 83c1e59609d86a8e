using System.CommandLine;
using CommandCenter.AreaFiles;
using CommandCenter.IntegrationTests.Harness;
using Spectre.Console;
using static CommandCenter.IntegrationTests.Import.ImportCenter;

namespace CommandCenter.IntegrationTests.Import;

/// <summary>tools/Areas as a person runs it, against the real server.</summary>
public sealed class AreasToolTests
{
    private TemporaryFolder _folder = null!;
    private ImportCenter _center = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _folder = new TemporaryFolder();
        _center = await ImportCenter.StartAsync();
        foreach (var name in (string[])["areas.geojson", "roster.csv", "devices.csv"])
        {
            await File.WriteAllBytesAsync(At(name), Example(name));
        }

        await File.WriteAllTextAsync(At("password"), "a long password\n");
        await File.WriteAllTextAsync(At("wrong"), "another password\n");
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _center.DisposeAsync();
        _folder.Dispose();
    }

    [Test]
    public async Task ShowsThePreviewAndStoresNothingUnasked()
    {
        var (status, output) = await RunAsync("import", At("areas.geojson"));
        Assert.That(status, Is.Zero, output);
        Assert.That(output, Does.Contain("EX-1-2-90").And.Contain("warning").And.Contain("--apply stores it"));
        var (declined, _) = await RunAsync("import", At("areas.geojson"), "--apply");
        Assert.That((declined, await _center.CountAsync("select count(*) from areas")), Is.EqualTo((5, 1L)));
    }

    [Test]
    public async Task BringsInAllThreeFilesAndKeepsTheSecrets()
    {
        var (status, output) = await RunAsync("import", At("areas.geojson"), At("roster.csv"), At("devices.csv"), "--apply", "--yes");
        Assert.That(status, Is.Zero, output);
        Assert.That(await _center.CountAsync("select count(*) from devices"), Is.EqualTo(4));
        var secrets = await File.ReadAllLinesAsync(At("devices.csv.secrets.csv"));
        Assert.That(secrets, Has.Length.EqualTo(5));
        Assert.That(File.GetUnixFileMode(At("devices.csv.secrets.csv")), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        using var answer = await _center.Server.Http.GetAsync($"/osmand?id={secrets[1].Split(',')[2]}&timestamp=1&lat=37.805&lon=112.605");
        Assert.That(answer.StatusCode, Is.EqualTo(System.Net.HttpStatusCode.OK), "the phone is known");
    }

    [Test]
    public async Task ExportsWhatItTakesBackUnchanged()
    {
        Assert.That((await RunAsync("import", At("areas.geojson"), "--apply", "--yes")).Status, Is.Zero);
        var (status, output) = await RunAsync("export", "--output", At("exported.geojson"));
        Assert.That(status, Is.Zero, output);
        var (_, report) = await _center.ImportAsync("areas", await File.ReadAllBytesAsync(At("exported.geojson")));
        Assert.That(
            (report.GetProperty("rows").GetInt32(), report.GetProperty("unchanged").GetInt32(), report.GetProperty("added").GetInt32()), Is.EqualTo((9, 9, 0)), report.ToString());
        Assert.That((await RunAsync("import", At("exported.geojson"), "--apply")).Output, Does.Contain("nothing to apply"));
    }

    [Test]
    public async Task EndsWithAStatusThatSaysWhy()
    {
        Assert.That((await RunAsync("import", At("areas.geojson"), At("roster.csv"), At("devices.csv"), "--apply", "--yes")).Status, Is.Zero);
        await File.WriteAllTextAsync(At("bad.csv"), "code,name,role,area\nN1,x,boss,EX-1\n");
        await File.WriteAllTextAsync(At("more-devices.csv"), "worker,label\nEX-W04,=1+1\n");
        Assert.That((await RunAsync("import", At("bad.csv"), "--apply", "--yes")).Status, Is.EqualTo(2));
        Assert.That((await RunAsync("import", At("bad.csv"), "--kind", "areas")).Status, Is.EqualTo(3));
        Assert.That((await RunAsync("import", At("none.csv"))).Status, Is.EqualTo(1));
        Assert.That((await RunAsync("import", At("more-devices.csv"), "--apply", "--yes", "--secrets", At("devices.csv.secrets.csv"))).Status, Is.EqualTo(1));
        Assert.That(await _center.CountAsync("select count(*) from devices"), Is.EqualTo(4), "no place for the secrets, no devices");
        Assert.That((await RunAsync("import", At("more-devices.csv"), "--apply", "--yes")).Status, Is.Zero);
        Assert.That(await File.ReadAllTextAsync(At("more-devices.csv.secrets.csv")), Does.Contain("EX-W04,'=1+1,"));
    }

    [Test]
    public async Task SaysWhenItMayNotOrCannot()
    {
        var (refused, output) = await CallAsync("import", At("roster.csv"), "--server", _center.Server.Http.BaseAddress!.ToString(), "--user", "root", "--password-file", At("wrong"));
        Assert.That(refused, Is.EqualTo(3), output);
        var (away, _) = await CallAsync("import", At("roster.csv"), "--server", "http://127.0.0.1:9", "--user", "root", "--password-file", At("password"));
        Assert.That(away, Is.EqualTo(4));
        var (bad, _) = await CallAsync("import", At("roster.csv"), "--server", "ftp://x", "--user", "root", "--password-file", At("password"));
        Assert.That(bad, Is.EqualTo(1));
    }

    private string At(string name) => Path.Combine(_folder.Path, name);

    private Task<(int Status, string Output)> RunAsync(params string[] arguments) =>
        CallAsync([.. arguments, "--server", _center.Server.Http.BaseAddress!.ToString(), "--user", "root", "--password-file", At("password")]);

    private static async Task<(int Status, string Output)> CallAsync(params string[] arguments)
    {
        await using var said = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(said),
        });
        console.Profile.Width = 200;
        var status = await new AreasCommand(console).Build().Parse(arguments).InvokeAsync(new InvocationConfiguration { Output = said, Error = said });
        return (status, said.ToString());
    }
}
