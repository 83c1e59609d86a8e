using System.Net;
using System.Text.Json;
using CommandCenter.IntegrationTests.Harness;

namespace CommandCenter.IntegrationTests.Dispatch;

/// <summary>Sending people: offers and answers, by dispatchers and by phones.</summary>
public sealed class AssignmentTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private DispatchWorld _world = null!;
    private int _next;

    [OneTimeSetUp]
    public async Task StartAsync() => _world = await DispatchWorld.StartAsync("--Dispatch:AnswerSeconds=8");

    [OneTimeTearDown]
    public async Task StopAsync() => await _world.DisposeAsync();

    [Test]
    public async Task APhoneAnswersAndTheAlarmsLedgerTellsOfEachStep()
    {
        var (victim, helper) = Two();
        var alarm = await _world.PressAsync(victim, 0, 0);
        var (status, sent) = await _world.SendAsync("dispatcher", alarm, Guid.NewGuid(), helper);
        Assert.That(status, Is.EqualTo(HttpStatusCode.Created));
        var id = sent.GetProperty("items")[0].GetProperty("id").GetString()!;

        var (_, mine) = await _world.ByPhoneAsync(helper, "GET", "/api/assignments/mine");
        Assert.That(mine.GetProperty("items")[0].GetProperty("id").GetString(), Is.EqualTo(id));
        await PhoneSetsAsync(helper, id, "accepted");
        await PhoneSetsAsync(helper, id, "onScene");
        await PhoneSetsAsync(helper, id, "onScene");
        await PhoneSetsAsync(helper, id, "cleared");

        var assignment = (await _world.AssignmentsAsync(alarm)).Single();
        Assert.That(
            assignment.GetProperty("steps").EnumerateArray().Select(step => (step.GetProperty("state").GetString(), step.GetProperty("implied").GetBoolean())),
            Is.EqualTo(new (string?, bool)[] { ("dispatched", false), ("accepted", false), ("enRoute", true), ("onScene", false), ("handling", true), ("cleared", false) }));
        await Eventually.TrueAsync(
            async () =>
            {
                var (_, detail) = await _world.Demo.CallAsync("dispatcher", "GET", $"/api/alarms/{alarm}");
                var told = detail.GetProperty("ledger").EnumerateArray().Select(entry => entry.GetProperty("step").GetString()).ToList();
                return told.Count(step => step == "assigned") == 1 && told.Count(step => step == "onScene") == 1 && told.Count(step => step == "note") == 4
                    && detail.GetProperty("intact").GetBoolean();
            },
            "the ledger has all six steps once",
            Patience);
    }

    [Test]
    public async Task TwoDispatchersCannotSendTheSameWorker()
    {
        var (victim, helper) = Two();
        var alarms = new[] { await _world.PressAsync(victim, 0, 0), await _world.PressAsync(victim, 0, 0) };

        var answers = await Task.WhenAll(
            _world.SendAsync("dispatcher", alarms[0], Guid.NewGuid(), helper), _world.SendAsync("supervisor", alarms[1], Guid.NewGuid(), helper));

        Assert.That(answers.Select(answer => answer.Status), Is.EquivalentTo(new[] { HttpStatusCode.Created, HttpStatusCode.Conflict }));
        Assert.That(answers.Single(answer => answer.Status == HttpStatusCode.Conflict).Body.GetProperty("reason").GetString(), Is.EqualTo("worker-taken"));
    }

    [Test]
    public async Task ATeamIsSentWholeOrNotAtAllAndARetryIsTheSameRequest()
    {
        var (victim, first) = Two();
        var (second, third) = Two();
        var alarm = await _world.PressAsync(victim, 0, 0);
        var id = Guid.NewGuid();

        var (status, _) = await _world.SendAsync("dispatcher", alarm, id, first, second);
        var (retried, again) = await _world.SendAsync("dispatcher", alarm, id, first, second);
        var (refused, _) = await _world.SendAsync("dispatcher", alarm, Guid.NewGuid(), second, third);
        var (other, _) = await _world.SendAsync("dispatcher", alarm, id, third);

        Assert.Multiple(() =>
        {
            Assert.That(status, Is.EqualTo(HttpStatusCode.Created));
            Assert.That(retried, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(again.GetProperty("items").GetArrayLength(), Is.EqualTo(2));
            Assert.That(refused, Is.EqualTo(HttpStatusCode.Conflict));
            Assert.That(other, Is.EqualTo(HttpStatusCode.Conflict));
        });
        Assert.That((await _world.AssignmentsAsync(alarm)).Select(one => one.GetProperty("worker").GetString()), Is.EquivalentTo(new[] { first.Worker, second.Worker }));
    }

    [Test]
    public async Task WhoDoesNotAnswerInTimeIsFreeAgainAndNotSuggestedForThisAlarm()
    {
        var (victim, helper) = Two();
        await _world.ReportAsync(helper, 100, 0);
        await _world.UntilSeenAsync(helper);
        var alarm = await _world.PressAsync(victim, 0, 0);
        var (_, sent) = await _world.SendAsync("dispatcher", alarm, Guid.NewGuid(), helper);
        var id = sent.GetProperty("items")[0].GetProperty("id").GetString()!;

        await Eventually.TrueAsync(async () => await _world.StateAsync(alarm, id) == "noAnswer", "the offer is over", Patience);

        await Eventually.TrueAsync(async () => (await DetailAsync(alarm)).GetProperty("state").GetString() == "raised", "nobody is coming: it waits for an answer again", Patience);
        Assert.That(StepsOf(await DetailAsync(alarm)), Does.Contain("unassigned"));
        await _world.ReportAsync(helper, 100, 0);
        var (_, list) = await _world.Demo.CallAsync("dispatcher", "GET", $"/api/alarms/{alarm}/candidates");
        Assert.That(list.GetProperty("items").EnumerateArray().Select(one => one.GetProperty("worker").GetString()), Does.Not.Contain(helper.Worker));
        Assert.That((await _world.ByPhoneAsync(helper, "GET", "/api/assignments/mine")).Body.GetProperty("items").GetArrayLength(), Is.Zero);
        var (late, _) = await _world.ByPhoneAsync(helper, "POST", $"/api/assignments/{id}/state", new { state = "accepted" });
        Assert.That(late, Is.EqualTo(HttpStatusCode.OK), "a late answer is welcome");
        await Eventually.TrueAsync(async () => (await DetailAsync(alarm)).GetProperty("state").GetString() == "assigned", "somebody is coming after all", Patience);
    }

    [Test]
    public async Task ClosingTheAlarmEndsWhatWasUnderWay()
    {
        var (victim, helper) = Two();
        var (there, _) = Two();
        var alarm = await _world.PressAsync(victim, 0, 0);
        var (_, sent) = await _world.SendAsync("dispatcher", alarm, Guid.NewGuid(), helper, there);
        var ids = sent.GetProperty("items").EnumerateArray().ToDictionary(one => one.GetProperty("worker").GetString()!, one => one.GetProperty("id").GetString()!);
        await PhoneSetsAsync(there, ids[there.Worker], "onScene");
        await _world.SetAsync("dispatcher", ids[helper.Worker], "enRoute");

        var (closed, _) = await _world.Demo.CallAsync("dispatcher", "POST", $"/api/alarms/{alarm}/resolve", new { outcome = "resolved", reason = "done" });

        Assert.That(closed, Is.EqualTo(HttpStatusCode.OK));
        await Eventually.TrueAsync(
            async () => await _world.StateAsync(alarm, ids[helper.Worker]) == "cancelled" && await _world.StateAsync(alarm, ids[there.Worker]) == "cleared", "both are free", Patience);
        var (again, problem) = await _world.SendAsync("dispatcher", alarm, Guid.NewGuid(), helper);
        Assert.That((again, problem.GetProperty("reason").GetString()), Is.EqualTo((HttpStatusCode.Conflict, "alarm-closed")));
    }

    [Test]
    public async Task NobodyChangesWhatIsNotTheirs()
    {
        var (victim, helper) = Two();
        var alarm = await _world.PressAsync(victim, 0, 0);
        var (_, sent) = await _world.SendAsync("dispatcher", alarm, Guid.NewGuid(), helper);
        var path = $"/api/assignments/{sent.GetProperty("items")[0].GetProperty("id").GetString()}/state";

        var (otherPhone, _) = await _world.ByPhoneAsync(victim, "POST", path, new { state = "accepted" });
        var (unknownPhone, _) = await _world.ByPhoneAsync(victim with { Password = "wrong" }, "POST", path, new { state = "accepted" });
        var (nobody, _) = await _world.Demo.CallAsync(null, "POST", path, new { state = "accepted" });
        var (wall, _) = await _world.Demo.CallAsync("wall", "POST", path, new { state = "accepted" });
        var (bad, problem) = await _world.ByPhoneAsync(helper, "POST", path, new { state = "asleep" });
        var (cancelled, _) = await _world.ByPhoneAsync(helper, "POST", path, new { state = "cancelled" });
        var (noSuchWorker, _) = await _world.Demo.CallAsync("dispatcher", "POST", "/api/assignments", new { id = Guid.NewGuid(), alarm, workers = new[] { "nobody" } });

        Assert.Multiple(() =>
        {
            Assert.That(otherPhone, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(unknownPhone, Is.EqualTo(HttpStatusCode.Unauthorized));
            Assert.That(nobody, Is.EqualTo(HttpStatusCode.Unauthorized));
            Assert.That(wall, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(bad, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(problem.GetProperty("argument").GetString(), Is.EqualTo("state"));
            Assert.That(cancelled, Is.EqualTo(HttpStatusCode.Conflict), "a dispatcher's to do");
            Assert.That(noSuchWorker, Is.EqualTo(HttpStatusCode.Forbidden));
        });
    }

    /// <summary>Two dispatchers, phones and retries at random, side by side: whatever they do, nobody is ever sent twice at once and no state is skipped.</summary>
    [Test]
    public async Task WhateverIsDoneAtOnceNobodyIsSentTwiceAndNoStateIsSkipped()
    {
        var phones = Enumerable.Range(0, 4).Select(_ => Two().Helper).ToArray();
        var alarms = new[] { await _world.PressAsync(Two().Victim, 0, 0), await _world.PressAsync(Two().Victim, 50, 0), await _world.PressAsync(Two().Victim, 0, 50) };
        string[] states = ["accepted", "declined", "enRoute", "onScene", "handling", "cleared", "cancelled"];

        await Task.WhenAll(Enumerable.Range(0, 6).Select(async seed =>
        {
            var random = new Random(seed);
            for (var n = 0; n < 40; n++)
            {
                var (phone, alarm) = (phones[random.Next(phones.Length)], alarms[random.Next(alarms.Length)]);
                var user = seed % 2 == 0 ? "dispatcher" : "supervisor";
                if (random.Next(3) == 0)
                {
                    var id = Guid.NewGuid();
                    var (status, _) = await _world.SendAsync(user, alarm, id, phone);
                    Assert.That(status, Is.AnyOf(HttpStatusCode.Created, HttpStatusCode.Conflict));
                    var (again, _) = await _world.SendAsync(user, alarm, id, phone);
                    Assert.That(again, Is.EqualTo(status == HttpStatusCode.Created ? HttpStatusCode.OK : again));
                }
                else if ((await _world.AssignmentsAsync(alarm)) is { Count: > 0 } all)
                {
                    var one = all[random.Next(all.Count)];
                    var (status, _) = await _world.SetAsync(user, one.GetProperty("id").GetString()!, states[random.Next(states.Length)]);
                    Assert.That(status, Is.AnyOf(HttpStatusCode.OK, HttpStatusCode.Conflict));
                }
            }
        }));

        string[] way = ["dispatched", "accepted", "enRoute", "onScene", "handling", "cleared"];
        var spans = new List<(string Worker, DateTimeOffset From, DateTimeOffset To)>();
        foreach (var assignment in (await Task.WhenAll(alarms.Select(alarm => _world.AssignmentsAsync(alarm)))).SelectMany(all => all))
        {
            var steps = assignment.GetProperty("steps").EnumerateArray().Select(step => (State: step.GetProperty("state").GetString()!, At: step.GetProperty("at").GetDateTimeOffset())).ToList();
            var along = steps.Select(step => step.State).Where(way.Contains).ToList();
            Assert.That(along, Is.EqualTo(way.Take(along.Count)), "each state of the way, in order, once");
            spans.AddRange(TakenSpans(assignment.GetProperty("worker").GetString()!, steps));
        }

        foreach (var worker in spans.GroupBy(span => span.Worker))
        {
            var ordered = worker.OrderBy(span => span.From).ThenBy(span => span.To).ToList();
            Assert.That(ordered.Zip(ordered.Skip(1)), Has.All.Matches<((string, DateTimeOffset, DateTimeOffset To) First, (string, DateTimeOffset From, DateTimeOffset) Second)>(
                pair => pair.First.To <= pair.Second.From), $"{worker.Key} was sent twice at once");
        }
    }

    private async Task<JsonElement> DetailAsync(Guid alarm) => (await _world.Demo.CallAsync("dispatcher", "GET", $"/api/alarms/{alarm}")).Body;

    private static IEnumerable<string?> StepsOf(JsonElement detail) => detail.GetProperty("ledger").EnumerateArray().Select(entry => entry.GetProperty("step").GetString());

    /// <summary>From being sent to an end, and again from an answer that came late.</summary>
    private static IEnumerable<(string Worker, DateTimeOffset From, DateTimeOffset To)> TakenSpans(string worker, IReadOnlyList<(string State, DateTimeOffset At)> steps)
    {
        DateTimeOffset? from = null;
        foreach (var (state, at) in steps)
        {
            if (state is "cleared" or "declined" or "cancelled" or "noAnswer")
            {
                yield return (worker, from!.Value, at);
                from = null;
            }
            else
            {
                from ??= at;
            }
        }

        if (from is { } open)
        {
            yield return (worker, open, DateTimeOffset.MaxValue);
        }
    }

    private async Task PhoneSetsAsync(CommandCenter.Demo.DemoDevice phone, string id, string state)
    {
        var (status, body) = await _world.ByPhoneAsync(phone, "POST", $"/api/assignments/{id}/state", new { state });
        Assert.That((status, body.GetProperty("state").GetString()), Is.EqualTo((HttpStatusCode.OK, state)));
    }

    /// <summary>People whom no other test of this class uses.</summary>
    private (CommandCenter.Demo.DemoDevice Victim, CommandCenter.Demo.DemoDevice Helper) Two() => (_world.Phones[_next++], _world.Phones[_next++]);
}
