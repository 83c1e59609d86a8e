using System.Net;
using CommandCenter.IntegrationTests.Access;
using CommandCenter.IntegrationTests.Harness;
using Npgsql;

namespace CommandCenter.IntegrationTests.Alarms;

/// <summary>Two nodes on one Redis and one PostgreSQL: one alarm is one, each step is done once, and a ledger that was changed is found out.</summary>
public sealed class AlarmNodesTests
{
    private static readonly string[] Quick = ["--demo", "--AlarmEscalation:FirstSeconds=1", "--AlarmEscalation:SecondSeconds=2", "--AlarmEscalation:RepeatSeconds=1", "--AlarmEscalation:Most=4", "--Alarms:SignHeadsMinutes=0.02"];

    private DemoServer _demo = null!;
    private DemoCenter _center = null!;
    private ServerProcess _other = null!;
    private string _dispatcher = null!;

    private ServerProcess Server => _demo.Server;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _demo = await DemoServer.StartAsync(Quick[1..]);
        _center = await DemoCenter.OfAsync(_demo.Server);
        var folder = Directory.CreateDirectory(Path.Combine(_demo.Folder, "other")).FullName;
        foreach (var file in new[] { "demo.json", "simulator.json" })
        {
            File.Copy(Path.Combine(_demo.Folder, file), Path.Combine(folder, file));
        }

        _other = await _demo.LaunchAsync(folder, Quick);
        _dispatcher = _demo.TokenOf("dispatcher");
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _other.DisposeAsync();
        await _demo.DisposeAsync();
    }

    [Test]
    public async Task ConcurrentRetriesOnBothAreOneAlarm()
    {
        await using var wall = await AlarmWall.OpenAsync(_other, _demo.TokenOf("wall"));
        var ids = Enumerable.Range(0, 10).Select(_ => AlarmCenter.NewId()).ToList();
        await Task.WhenAll(ids.SelectMany(id => Enumerable.Range(0, 6).Select(async i =>
        {
            var (status, _) = await (i % 2 == 0 ? Server : _other).PressAsync(_center.Devices[0], AlarmCenter.Press(id, "information"));
            Assert.That(status, Is.EqualTo(HttpStatusCode.Created).Or.EqualTo(HttpStatusCode.OK));
        })));

        foreach (var id in ids)
        {
            var alarm = await Server.StoredAsync(_dispatcher, id, alarm => alarm.Steps().Contains("shown"));
            Assert.That(alarm.Steps(), Is.EquivalentTo(new[] { "raised", "shown" }));
            Assert.That(wall.Find(id), Is.Not.Null);
        }

        foreach (var node in new[] { Server, _other })
        {
            Assert.That((await node.GetAsync(_dispatcher, "/api/alarms?kind=information&limit=1000")).Ids().Where(ids.Contains), Is.EquivalentTo(ids));
        }
    }

    [Test]
    public async Task WhatNobodyAcknowledgesEscalatesOnceForEachLevelAndStopsWhenSomebodyDoes()
    {
        await using var wall = await AlarmWall.OpenAsync(_other, _demo.TokenOf("wall"), draws: false);
        var (left, taken) = (AlarmCenter.NewId(), AlarmCenter.NewId());
        await Server.PressUntilAnsweredAsync(_center.Devices[1], AlarmCenter.Press(left));
        await Server.PressUntilAnsweredAsync(_center.Devices[1], AlarmCenter.Press(taken));
        Assert.That((await _other.CallAsync(_dispatcher, "POST", $"/api/alarms/{taken}/acknowledge")).Status, Is.EqualTo(HttpStatusCode.OK));
        await wall.UntilAsync(left, alarm => alarm.Level == 4, "the last level");

        var alarm = await Server.StoredAsync(_dispatcher, left, alarm => alarm.GetProperty("level").GetInt32() == 4 && alarm.Steps().Contains("escalated"));
        var ledger = alarm.GetProperty("ledger").EnumerateArray().ToList();
        var levels = ledger.Where(entry => entry.GetProperty("step").GetString() == "escalated")
            .Select(entry => (Level: int.Parse(entry.GetProperty("text").GetString()!, System.Globalization.CultureInfo.InvariantCulture), At: entry.GetProperty("at").GetDateTimeOffset())).ToList();
        var raisedAt = ledger[0].GetProperty("at").GetDateTimeOffset();
        Assert.Multiple(() =>
        {
            // A machine that stood still in between goes on with the level that is due.
            Assert.That(levels.Select(level => level.Level), Is.Ordered.Ascending.And.Unique);
            Assert.That(levels[^1].Level, Is.EqualTo(4));
            Assert.That(levels, Has.All.Matches<(int Level, DateTimeOffset At)>(level => level.At >= raisedAt.AddSeconds(level.Level)));
            Assert.That(alarm.GetProperty("level").GetInt32(), Is.EqualTo(4));
        });
        Assert.That((await Server.StoredAsync(_dispatcher, taken)).Steps().SkipWhile(step => step != "acknowledged"), Does.Not.Contain("escalated"));
    }

    [Test]
    public async Task TwoWhoActInOneMomentOnTwoNodesAreTwoAndOneStands()
    {
        var id = AlarmCenter.NewId();
        await Server.PressUntilAnsweredAsync(_center.Devices[0], AlarmCenter.Press(id, "information"));
        var supervisor = _demo.TokenOf("supervisor");
        await Eventually.TrueAsync(async () => (await _other.CallAsync(supervisor, "GET", $"/api/alarms/{id}")).Status == HttpStatusCode.OK, "known on both", AlarmCenter.Patience);
        var acts = await Task.WhenAll(
            Server.CallAsync(_dispatcher, "POST", $"/api/alarms/{id}/resolve", new { outcome = "resolved", reason = "a" }),
            _other.CallAsync(supervisor, "POST", $"/api/alarms/{id}/resolve", new { outcome = "falseAlarm", reason = "b" }));

        Assert.That(acts.Select(act => act.Status), Is.EquivalentTo(new[] { HttpStatusCode.OK, HttpStatusCode.Conflict }));
        var steps = (await Server.StoredAsync(_dispatcher, id)).Steps();
        Assert.That(steps, Has.Count.EqualTo(3));
        Assert.That(steps.Take(2), Is.EqualTo(new[] { "raised", "acknowledged" }));
    }

    [TestCase("update alarm_ledger set at_ms = at_ms - 60000 where alarm_id = @id and number = 1")]
    [TestCase("update alarm_payloads set payload = replace(payload, '112.57', '112.58') where alarm_id = @id and number = 1")]
    [TestCase("delete from alarm_payloads where alarm_id = @id and number = 2; delete from alarm_ledger where alarm_id = @id and number = 2")]
    [TestCase("update alarms set acknowledged_by = 'somebody' where id = @id")]
    [TestCase("update alarms set state = 'resolved', closed_ms = arrived_ms where id = @id")]
    [TestCase("update alarms set longitude = 113 where id = @id")]
    [TestCase("update alarm_ledger set actor = 'somebody' where alarm_id = @id and number = 2")]
    public async Task AChangedLedgerIsFoundOut(string change)
    {
        var from = Uri.EscapeDataString(DateTimeOffset.UtcNow.ToString("O"));
        var id = await AcknowledgedAsync();
        await ExecuteAsync(change, id);

        Assert.That((await Server.GetAsync(_dispatcher, $"/api/alarms/{id}")).GetProperty("intact").GetBoolean(), Is.False);
        Assert.That((await Server.GetAsync(_dispatcher, $"/api/alarms/reconciliation?from={from}")).GetProperty("broken").EnumerateArray().Select(one => one.GetString()), Is.EqualTo(new[] { id }));
    }

    [Test]
    public async Task ALedgerWrittenAnewAsAWholeIsNotWhatWasSigned()
    {
        var from = Uri.EscapeDataString(DateTimeOffset.UtcNow.ToString("O"));
        var id = await AcknowledgedAsync();
        var folder = Path.Combine(_demo.Folder, "alarm-heads");
        await Eventually.TrueAsync(
            () => Directory.Exists(folder) && Directory.EnumerateFiles(folder, "*.txt").Any(file => File.ReadAllText(file).Contains($"\"{id}\",\"entries\":2", StringComparison.Ordinal)),
            "its head is signed",
            AlarmCenter.Patience);
        Assert.That((await Server.GetAsync(_dispatcher, $"/api/alarms/reconciliation?from={from}")).GetProperty("broken").EnumerateArray(), Is.Empty);

        await ExecuteAsync("delete from alarm_payloads where alarm_id = @id and number = 2; delete from alarm_ledger where alarm_id = @id and number = 2", id);
        await ExecuteAsync(
            """
            update alarms a set state = 'raised', acknowledged_by = null, acknowledged_ms = null, version = 1, entries = 1, head = l.hash
            from alarm_ledger l where a.id = @id and l.alarm_id = a.id
            """,
            id);

        Assert.That((await Server.GetAsync(_dispatcher, $"/api/alarms/{id}")).GetProperty("intact").GetBoolean(), Is.True, "by itself it holds");
        var sum = await Server.GetAsync(_dispatcher, $"/api/alarms/reconciliation?from={from}");
        Assert.That(sum.GetProperty("broken").EnumerateArray().Select(one => one.GetString()), Is.EqualTo(new[] { id }));
    }

    [Test]
    public async Task DeletingWhatWasSaidLeavesTheChainWhole()
    {
        var id = await AcknowledgedAsync();
        await ExecuteAsync("delete from alarm_payloads where alarm_id = @id", id);

        var alarm = await Server.GetAsync(_dispatcher, $"/api/alarms/{id}");
        Assert.That(alarm.GetProperty("intact").GetBoolean(), Is.True);
        Assert.That(alarm.Steps(), Is.EqualTo(new[] { "raised", "acknowledged" }));
    }

    [Test]
    public async Task OnlyThoseOfTheBranchSeeItAndAStrangerHasNoName()
    {
        const string Inside = "140106004";
        const string Small = "dispatcher-140106004";
        var subdistricts = (await Server.GetAsync(_dispatcher, "/api/areas?limit=5000")).GetProperty("items").EnumerateArray().ToList();
        var stranger = await StrangerAsync(Inside);
        var (elsewhere, visiting) = (AlarmCenter.NewId(), AlarmCenter.NewId());
        await using var wall = await AlarmWall.OpenAsync(Server, _demo.TokenOf(Small));
        await Server.PressUntilAnsweredAsync(stranger, At(elsewhere, null));
        await Server.PressUntilAnsweredAsync(stranger, At(visiting, await PlaceInAsync(Inside)));
        await wall.UntilAsync(visiting, _ => true, "the place's branch sees it");

        var listed = await Server.GetAsync(_demo.TokenOf(Small), "/api/alarms?limit=1000");
        var detail = await Server.GetAsync(_demo.TokenOf(Small), $"/api/alarms/{visiting}");
        Assert.Multiple(() =>
        {
            Assert.That(subdistricts, Is.Not.Empty);
            Assert.That(listed.Ids(), Does.Contain(visiting).And.Not.Contain(elsewhere));
            Assert.That(wall.Find(elsewhere), Is.Null);
            Assert.That(wall.Find(visiting)!.Name, Is.Null);
            Assert.That(wall.Find(visiting)!.Area, Does.StartWith(Inside), "where it happens, not where the stranger lives");
            Assert.That(detail.GetProperty("name").GetString(), Is.Null);
            Assert.That(detail.GetProperty("phone").GetString(), Is.Null);
            Assert.That(detail.GetProperty("note").GetString(), Is.Null);
        });
        Assert.That((await Server.CallAsync(_demo.TokenOf(Small), "GET", $"/api/alarms/{elsewhere}")).Status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await Server.CallAsync(_demo.TokenOf(Small), "POST", $"/api/alarms/{elsewhere}/acknowledge")).Status, Is.EqualTo(HttpStatusCode.Forbidden));
        var trail = await Server.GetAsync(_demo.TokenOf("administrator"), "/api/audit?action=read-alarm&limit=100");
        Assert.That(trail.GetProperty("items").EnumerateArray().Select(row => row.GetProperty("detail").GetString()), Does.Contain($"alarm {visiting}"));
    }

    private static Dictionary<string, object?> At(string id, (double Longitude, double Latitude)? place)
    {
        var press = AlarmCenter.Press(id, "information");
        (press["longitude"], press["latitude"]) = (place?.Longitude, place?.Latitude);
        return press;
    }

    /// <summary>A phone of somebody at home outside the area.</summary>
    private async Task<DemoDevice> StrangerAsync(string area)
    {
        foreach (var device in _center.Devices)
        {
            var worker = await Server.GetAsync(_dispatcher, $"/api/workers/{device.Worker}");
            if (!worker.GetProperty("area").GetString()!.StartsWith(area, StringComparison.Ordinal))
            {
                return device;
            }
        }

        throw new AssertionException("Every demo phone is at home there.");
    }

    private async Task<(double Longitude, double Latitude)> PlaceInAsync(string area)
    {
        await using var command = _demo.Backends.DataSource.CreateCommand("select g.geometry from area_versions g join areas a on a.id = g.area_id and g.valid_to is null where a.code like @area || '%' order by length(a.code) desc, a.code limit 1");
        command.Parameters.AddWithValue("area", area);
        var shape = new NetTopologySuite.IO.WKBReader().Read((byte[])(await command.ExecuteScalarAsync())!);
        return (shape.InteriorPoint.X, shape.InteriorPoint.Y);
    }

    private async Task<string> AcknowledgedAsync()
    {
        var id = AlarmCenter.NewId();
        await Server.PressUntilAnsweredAsync(_center.Devices[2], AlarmCenter.Press(id, "information"));
        await Server.CallAsync(_dispatcher, "POST", $"/api/alarms/{id}/acknowledge", new { note = "on it" });
        await Server.StoredAsync(_dispatcher, id, alarm => alarm.Steps().Count == 2);
        return id;
    }

    private async Task ExecuteAsync(string sql, string id)
    {
        foreach (var statement in sql.Split(';'))
        {
            await using var command = _demo.Backends.DataSource.CreateCommand(statement);
            command.Parameters.Add(new NpgsqlParameter("id", Guid.Parse(id)));
            Assert.That(await command.ExecuteNonQueryAsync(), Is.GreaterThan(0));
        }
    }
}
