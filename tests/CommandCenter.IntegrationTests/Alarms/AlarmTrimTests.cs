using System.Diagnostics;
using CommandCenter.IntegrationTests.Access;
using CommandCenter.IntegrationTests.Harness;
using CommandCenter.Storage;
using Dapper;

namespace CommandCenter.IntegrationTests.Alarms;

/// <summary>The alarms' log lets go what is stored and nothing else, however long that takes.</summary>
public sealed class AlarmTrimTests
{
    private const int Presses = 150;

    [Test]
    public async Task WhatIsNotStoredStaysPastEveryMarginAndGoesOnceItIs()
    {
        await using var demo = await DemoServer.StartAsync("--Alarms:LogMarginMinutes=0.02", "--Alarms:TrimSeconds=0.1", "--Alarms:RememberClosedMinutes=1");
        var center = await DemoCenter.OfAsync(demo.Server);
        var ids = Enumerable.Range(0, Presses).Select(_ => AlarmCenter.NewId()).ToList();
        await using (var connection = await demo.Backends.DataSource.OpenConnectionAsync())
        {
            // PostgreSQL answers nobody who writes alarms, whatever else it does.
            await using var transaction = await connection.BeginTransactionAsync();
            await connection.ExecuteAsync("lock table alarm_ledger in exclusive mode", transaction: transaction);
            foreach (var id in ids)
            {
                await demo.Server.PressUntilAnsweredAsync(center.Devices[0], AlarmCenter.Press(id, "information"));
            }

            // Several margins and some hundred looks.
            var clock = Stopwatch.StartNew();
            await Eventually.TrueAsync(() => clock.Elapsed > TimeSpan.FromSeconds(5), "time goes by", AlarmCenter.Patience);
            Assert.That(await LengthAsync(demo), Is.GreaterThanOrEqualTo(Presses));
            Assert.That(await connection.QuerySingleAsync<int>("select count(*)::int from alarms"), Is.Zero);
        }

        var dispatcher = demo.TokenOf("dispatcher");
        await Eventually.TrueAsync(async () => await LengthAsync(demo) == 0, "then they go from the log", AlarmCenter.Patience);
        await using var reading = await demo.Backends.DataSource.OpenConnectionAsync();
        Assert.That(
            await reading.QuerySingleAsync<int>("select count(*)::int from alarm_ledger where step in ('raised', 'joined')"), Is.EqualTo(Presses), "and all of them are in their ledgers");
        Assert.That((await demo.Server.StoredAsync(dispatcher, ids[0])).GetProperty("intact").GetBoolean(), Is.True);

        // Whoever starts now has it from PostgreSQL alone.
        var folder = Directory.CreateDirectory(Path.Combine(demo.Folder, "other")).FullName;
        foreach (var file in new[] { "demo.json", "simulator.json" })
        {
            File.Copy(Path.Combine(demo.Folder, file), Path.Combine(folder, file));
        }

        await using var other = await demo.LaunchAsync(folder);
        Assert.That((await other.GetAsync(dispatcher, "/api/alarms?limit=1000&state=open")).Ids(), Is.EquivalentTo((await demo.Server.GetAsync(dispatcher, "/api/alarms?limit=1000&state=open")).Ids()));
    }

    [Test]
    public async Task WithPostgresStoppedNothingIsTrimmed()
    {
        using var folder = new TemporaryFolder();
        await using var server = await ServerProcess.StartAsync(folder.Path, "--demo", "--Alarms:LogMarginMinutes=0.02", "--Alarms:TrimSeconds=0.1");
        var center = await DemoCenter.OfAsync(server);
        var ids = Enumerable.Range(0, 10).Select(_ => AlarmCenter.NewId()).ToList();
        AlarmFaultTests.SendSignal("STOP", server.Services.Postgres!.Pid);
        try
        {
            foreach (var id in ids)
            {
                await server.PressUntilAnsweredAsync(center.Devices[0], AlarmCenter.Press(id, "information"));
            }

            var clock = Stopwatch.StartNew();
            await Eventually.TrueAsync(() => clock.Elapsed > TimeSpan.FromSeconds(5), "several margins", AlarmCenter.Patience);
        }
        finally
        {
            AlarmFaultTests.SendSignal("CONT", server.Services.Postgres!.Pid);
        }

        var dispatcher = await center.SignInAsync("dispatcher");
        foreach (var id in ids)
        {
            Assert.That((await server.StoredAsync(dispatcher, id)).Steps(), Does.Contain("raised"));
        }
    }

    private static async Task<long> LengthAsync(DemoServer demo) =>
        (long)await demo.Backends.Redis.CallAsync(redis => redis.ExecuteAsync("XLEN", RedisKeys.AlarmLog), CancellationToken.None);
}
