using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using CommandCenter.AlarmProof;
using CommandCenter.IntegrationTests.Harness;

namespace CommandCenter.IntegrationTests.Alarms;

/// <summary>tools/Alarms as a person or a timer runs it, against the real server.</summary>
public sealed class AlarmsToolTests
{
    private TemporaryFolder _folder = null!;
    private DemoCenter _center = null!;
    private string _dispatcher = "";

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _folder = new TemporaryFolder();
        _center = await DemoCenter.OfAsync(await ServerProcess.StartAsync(_folder.Path));
        _dispatcher = await _center.SignInAsync("dispatcher");
        await File.WriteAllTextAsync(At("password"), _center.AccountOf("dispatcher").Password + "\n");
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _center.Server.DisposeAsync();
        _folder.Dispose();
    }

    [Test]
    public async Task SaysWhatIsMissingAndThenThatAllIsAccountedFor()
    {
        var from = DateTimeOffset.UtcNow.AddMinutes(-1).ToString("O", CultureInfo.InvariantCulture);
        var id = AlarmCenter.NewId();
        await _center.Server.PressUntilAnsweredAsync(_center.Devices[0], AlarmCenter.Press(id));
        await _center.Server.StoredAsync(_dispatcher, id);

        var (missing, report) = await RunAsync("--from", from);
        Assert.That(missing, Is.EqualTo(2), report);
        Assert.That(report, Does.Contain($"not shown: {id}").And.Contain("NOT every alarm is accounted for."));

        await using (await AlarmWall.OpenAsync(_center.Server, await _center.SignInAsync("wall")))
        {
            await _center.Server.StoredAsync(_dispatcher, id, alarm => alarm.Steps().Contains("shown"));
        }

        var (status, json) = await RunAsync("--from", from, "--json");
        Assert.That(status, Is.Zero, json);
        Assert.That(JsonDocument.Parse(json).RootElement.GetProperty("shown").GetInt32(), Is.EqualTo(1));
    }

    [Test]
    public async Task WhatCannotBeAskedIsSaidInWords()
    {
        var (refused, why) = await RunAsync("--from", "yesterday");
        Assert.That(refused, Is.EqualTo(3), why);
        Assert.That(why, Does.Contain("from"));
        Assert.That((await RunAsync("--server", "nowhere")).Status, Is.EqualTo(1));
        Assert.That((await RunAsync("--server", "http://127.0.0.1:9")).Status, Is.EqualTo(4));
        await File.WriteAllTextAsync(At("wrong"), "another password");
        Assert.That((await RunAsync("--password-file", At("wrong"))).Status, Is.EqualTo(3));
        Assert.That((await RunAsync("--password-file", At("none"))).Status, Is.EqualTo(1));
    }

    private string At(string name) => Path.Combine(_folder.Path, name);

    private async Task<(int Status, string Output)> RunAsync(params string[] arguments)
    {
        string[] all = ["reconcile", "--user", _center.AccountOf("dispatcher").User, .. arguments];
        all = [.. all, .. arguments.Contains("--server") ? [] : new[] { "--server", _center.Server.Url.ToString() }];
        all = [.. all, .. arguments.Contains("--password-file") ? [] : new[] { "--password-file", At("password") }];
        await using var said = new StringWriter();
        var status = await AlarmsCommand.Build().Parse(all).InvokeAsync(new InvocationConfiguration { Output = said, Error = said });
        return (status, said.ToString());
    }
}
