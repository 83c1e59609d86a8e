using System.Net;
using System.Text.Json;

namespace CommandCenter.IntegrationTests.Dispatch;

/// <summary>Who can go, over the demo's own streets.</summary>
public sealed class CandidateTests
{
    private DispatchWorld _world = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _world = await DispatchWorld.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _world.DisposeAsync();

    [Test]
    public async Task TheNearestReachableComesFirstAndEachWhoWasPassedOverHasAReason()
    {
        var (victim, near, far, lost) = (_world.Phones[0], _world.Phones[1], _world.Phones[2], _world.Phones[4]);
        var old = _world.Demo.Secrets.Devices[0]; // on duty for long, unlike the others
        await _world.ReportAsync(near, 200, 100);
        await _world.ReportAsync(far, 900, 700);
        await _world.ReportAsync(old, 50, 50, TimeSpan.FromMinutes(4));
        await _world.ReportAsync(victim, 0, 0);
        await _world.UntilSeenAsync(victim);
        await _world.UntilSeenAsync(far);
        var alarm = await _world.PressAsync(victim, 0, 0);

        var (status, list) = await _world.Demo.CallAsync("dispatcher", "GET", $"/api/alarms/{alarm}/candidates");

        Assert.That(status, Is.EqualTo(HttpStatusCode.OK));
        var items = list.GetProperty("items").EnumerateArray().ToList();
        Assert.Multiple(() =>
        {
            Assert.That(list.GetProperty("byStreets").GetBoolean(), Is.True, "the demo has streets");
            Assert.That(items.Select(Worker), Is.EqualTo(new[] { near.Worker, far.Worker }));
            Assert.That(items[0].GetProperty("meters").GetInt32(), Is.GreaterThanOrEqualTo(items[0].GetProperty("straightMeters").GetInt32() - 1));
            Assert.That(items[0].GetProperty("reasons")[0].GetProperty("kind").GetString(), Is.EqualTo("walking"));
            Assert.That(Reasons(list), Does.ContainKey(victim.Worker).WithValue("raisedIt"));
            Assert.That(Reasons(list), Does.ContainKey(old.Worker).WithValue("oldPosition"));
            Assert.That(Count(list, "noPosition") + Count(list, "lost"), Is.GreaterThan(0), $"such as {lost.Worker}");
        });
    }

    [Test]
    public async Task LookingIsOnTheTrailAndWhoMayNotSeeTheAlarmMayNotAsk()
    {
        await _world.ReportAsync(_world.Phones[5], 9_000, 0);
        await _world.UntilSeenAsync(_world.Phones[5]);
        var alarm = await _world.PressAsync(_world.Phones[5], 9_000, 0);
        await _world.Demo.CallAsync("dispatcher", "GET", $"/api/alarms/{alarm}/candidates");

        var (_, audit) = await _world.Demo.CallAsync("administrator", "GET", "/api/audit?action=find-candidates");
        var (asWall, _) = await _world.Demo.CallAsync("wall", "GET", $"/api/alarms/{alarm}/candidates");
        var (unknown, _) = await _world.Demo.CallAsync("dispatcher", "GET", $"/api/alarms/{Guid.NewGuid()}/candidates");
        var (nobody, _) = await _world.Demo.CallAsync(null, "GET", $"/api/alarms/{alarm}/candidates");

        Assert.Multiple(() =>
        {
            Assert.That(audit.GetProperty("items").EnumerateArray().Select(row => row.GetProperty("detail").GetString()), Has.Some.Contains(alarm.ToString()));
            Assert.That(asWall, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(unknown, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(nobody, Is.EqualTo(HttpStatusCode.Unauthorized));
        });
    }

    [Test]
    public async Task WhoHasTheSkillGoesAndWhoWentOfLateIsAskedLater()
    {
        var (victim, able, other) = (_world.Phones[6], _world.Phones[7], _world.Phones[8]);
        var (_, worker) = await _world.Demo.CallAsync("administrator", "GET", $"/api/workers/{able.Worker}");
        var (changed, now) = await _world.Demo.CallAsync(
            "administrator",
            "PUT",
            $"/api/workers/{able.Worker}",
            new { name = Text(worker, "name"), role = Text(worker, "role"), area = Text(worker, "area"), phone = Text(worker, "phone"), skills = new[] { "潜水" } });
        Assert.That(changed, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(now.GetProperty("skills").EnumerateArray().Select(skill => skill.GetString()), Is.EqualTo(new[] { "潜水" }));
        var first = await StandAndPressAsync(14_000);
        var (_, before) = await _world.Demo.CallAsync("dispatcher", "GET", $"/api/alarms/{first}/candidates?skill={Uri.EscapeDataString("潜水")}");
        var (tooLong, _) = await _world.Demo.CallAsync("dispatcher", "GET", $"/api/alarms/{first}/candidates?skill={new string('x', 40)}");

        var (_, sent) = await _world.SendAsync("dispatcher", first, Guid.NewGuid(), able);
        await _world.SetAsync("dispatcher", Text(sent.GetProperty("items")[0], "id"), "cleared");
        var second = await StandAndPressAsync(14_000);
        var (_, after) = await _world.Demo.CallAsync("dispatcher", "GET", $"/api/alarms/{second}/candidates");

        Assert.Multiple(() =>
        {
            Assert.That(before.GetProperty("items").EnumerateArray().Select(Worker), Is.EqualTo(new[] { able.Worker }));
            Assert.That(before.GetProperty("skills").EnumerateArray().Select(one => (Text(one, "skill"), one.GetProperty("count").GetInt32())), Does.Contain(("潜水", 1)));
            Assert.That(Reasons(before), Does.ContainKey(other.Worker).WithValue("lacksSkill"));
            Assert.That(tooLong, Is.EqualTo(HttpStatusCode.BadRequest));
            var again = after.GetProperty("items").EnumerateArray().Single(item => Worker(item) == able.Worker);
            var load = again.GetProperty("reasons").EnumerateArray().Single(reason => Text(reason, "kind") == "load");
            Assert.That(load.GetProperty("value").GetInt32(), Is.EqualTo(1));
            Assert.That(load.GetProperty("seconds").GetInt32(), Is.EqualTo(60));
        });

        async Task<Guid> StandAndPressAsync(double east)
        {
            await _world.ReportAsync(able, east + 200, 0);
            await _world.ReportAsync(other, east + 100, 0);
            await _world.ReportAsync(victim, east, 0);
            await _world.UntilSeenAsync(able);
            await _world.UntilSeenAsync(other);
            await _world.UntilSeenAsync(victim);
            return await _world.PressAsync(victim, east, 0);
        }
    }

    private static string Text(JsonElement of, string name) => of.GetProperty(name).GetString()!;

    private static string Worker(JsonElement item) => item.GetProperty("worker").GetString()!;

    private static Dictionary<string, string> Reasons(JsonElement list) =>
        list.GetProperty("passedOver").EnumerateArray().ToDictionary(Worker, item => item.GetProperty("reason").GetString()!);

    private static int Count(JsonElement list, string reason) =>
        list.GetProperty("counts").EnumerateArray().Where(count => count.GetProperty("reason").GetString() == reason).Sum(count => count.GetProperty("count").GetInt32());
}
