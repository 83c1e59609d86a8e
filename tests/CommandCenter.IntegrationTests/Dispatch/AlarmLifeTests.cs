using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using CommandCenter.IntegrationTests.Alarms;
using CommandCenter.IntegrationTests.Harness;
using CommandCenter.Storage.Embedded;

namespace CommandCenter.IntegrationTests.Dispatch;

/// <summary>
/// Commands at random by two dispatchers and their phones against a real server that is killed in the middle of some of them, as Redis and PostgreSQL are; each is sent until it is
/// answered. After each the server must say what the model says, and in the end the ledgers must, too.
/// </summary>
public sealed class AlarmLifeTests
{
    private const int Commands = 70;
    private static readonly string[] Users = ["dispatcher", "supervisor"];
    private static readonly string[] States = ["accepted", "declined", "enRoute", "onScene", "handling", "cleared", "cancelled"];

    private readonly Dictionary<string, string> _tokens = [];
    private TemporaryFolder _folder = null!;
    private DemoCenter _center = null!;
    private volatile ServerProcess _server = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _folder = new TemporaryFolder();
        _server = await LaunchAsync();
        _center = await DemoCenter.OfAsync(_server);
        await SignInAsync();
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [TestCase(1)]
    [TestCase(2)]
    public async Task WhateverIsDoneAndKilledTheLifeOfAlarmsIsWhatTheModelSays(int seed)
    {
        var (random, model, done) = (new Random(seed), new AlarmLifeModel(), new List<string>());
        for (var n = 0; n < Commands; n++)
        {
            var kill = random.Next(8) == 0 ? random.Next(3) : -1;
            var killing = kill < 0 ? Task.CompletedTask : KillAsync(kill, random.Next(40));
            done.Add(await DoAsync(model, random) + (kill < 0 ? "" : $", killing {kill}"));
            await killing;
            await AgreesAsync(model, done);
        }

        Assert.That(model.Assignments, Is.Not.Empty);
        foreach (var alarm in model.Alarms.Values)
        {
            await LedgerAgreesAsync(alarm, model, done);
        }
    }

    private async Task<string> DoAsync(AlarmLifeModel model, Random random)
    {
        var (user, what) = (Users[random.Next(Users.Length)], random.Next(16));
        var alarm = model.Alarms.Count == 0 ? null : model.Alarms.Values.ElementAt(random.Next(model.Alarms.Count));
        if (alarm is null || (what < 2 && model.Alarms.Count < 6))
        {
            var id = alarm is not null && random.Next(3) == 0 ? alarm.Id : AlarmCenter.NewId();
            await UntilAnsweredAsync(() => _server.PressAsync(_center.Devices[0], AlarmCenter.Press(id)), true);
            model.Press(id);
            return $"press {id}";
        }

        if (what < 4)
        {
            await CallAsync(user, $"/api/alarms/{alarm.Id}/acknowledge", null, true);
            model.Acknowledge(alarm.Id, UserName(user));
            return $"{user} acknowledges {alarm.Id}";
        }

        if (what == 4)
        {
            var outcome = random.Next(2) == 0 ? "resolved" : "falseAlarm";
            await CallAsync(user, $"/api/alarms/{alarm.Id}/resolve", new { outcome, reason = "x" }, model.End(alarm.Id, outcome, UserName(user)));
            return $"{user} ends {alarm.Id} as {outcome}";
        }

        if (what == 5)
        {
            await CallAsync(user, $"/api/alarms/{alarm.Id}/reopen", new { reason = "x" }, true);
            model.Reopen(alarm.Id);
            return $"{user} reopens {alarm.Id}";
        }

        if (what < 9 || model.Assignments.Count == 0)
        {
            var worker = _center.Devices[random.Next(1, _center.Devices.Length)].Worker;
            var sent = model.Send(alarm.Id, worker);
            var body = await CallAsync(user, "/api/assignments", new { id = Guid.NewGuid(), alarm = alarm.Id, workers = new[] { worker } }, sent is not null);
            if (sent is not null)
            {
                sent.Id = body.GetProperty("items")[0].GetProperty("id").GetString()!;
            }

            return $"{user} sends {worker} to {alarm.Id}: {sent is not null}";
        }

        // The last ones are mostly those under way.
        var one = model.Assignments[Math.Max(random.Next(model.Assignments.Count), random.Next(model.Assignments.Count))];
        var state = States[random.Next(States.Length)];
        await CallAsync(user, $"/api/assignments/{one.Id}/state", new { state }, model.Set(one, state));
        return $"{user} sets {one.Worker} of {one.Alarm} to {state}";
    }

    private async Task AgreesAsync(AlarmLifeModel model, List<string> done)
    {
        var differs = "";
        await Eventually.TrueAsync(async () => (differs = await DifferenceAsync(model)).Length == 0, $"{done[^1]}", AlarmCenter.Patience)
            .ContinueWith(task => Assert.That(task.IsCompletedSuccessfully, Is.True, () => $"{differs}\nafter\n{string.Join('\n', done)}"), TaskScheduler.Default);
    }

    private async Task<string> DifferenceAsync(AlarmLifeModel model)
    {
        foreach (var alarm in model.Alarms.Values)
        {
            var (status, body) = await TryAsync(() => _server.CallAsync(_tokens["dispatcher"], "GET", $"/api/alarms/{alarm.Id}"));
            var said = status == HttpStatusCode.OK ? (body.GetProperty("state").GetString(), body.GetProperty("acknowledgedBy").GetString()) : ($"{status}", null);
            if (said != (alarm.State, alarm.AcknowledgedBy))
            {
                return $"{alarm.Id} is {said} and not {(alarm.State, alarm.AcknowledgedBy)}";
            }

            (status, body) = await TryAsync(() => _server.CallAsync(_tokens["dispatcher"], "GET", $"/api/alarms/{alarm.Id}/assignments"));
            if (status != HttpStatusCode.OK)
            {
                return $"assignments of {alarm.Id}: {status}";
            }

            var stored = body.GetProperty("items").EnumerateArray().ToDictionary(
                one => one.GetProperty("id").GetString()!, one => string.Join(' ', one.GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("state").GetString())));
            var wanted = model.Assignments.Where(one => one.Alarm == alarm.Id).ToDictionary(one => one.Id, one => string.Join(' ', one.States));
            if (!stored.OrderBy(one => one.Key, StringComparer.Ordinal).SequenceEqual(wanted.OrderBy(one => one.Key, StringComparer.Ordinal)))
            {
                return $"{alarm.Id} has {string.Join("; ", stored.Values)} and not {string.Join("; ", wanted.Values)}";
            }
        }

        return "";
    }

    private async Task LedgerAgreesAsync(AlarmModel alarm, AlarmLifeModel model, List<string> done)
    {
        var detail = await _server.StoredAsync(_tokens["dispatcher"], alarm.Id);
        var ledger = detail.GetProperty("ledger").EnumerateArray().ToList();
        var told = ledger.Select(entry => entry.GetProperty("text").GetString()).Where(text => text is not null && text.StartsWith("YZ", StringComparison.Ordinal)).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(detail.GetProperty("intact").GetBoolean(), Is.True);
            Assert.That(detail.Steps().Count(step => step == "raised"), Is.EqualTo(1), string.Join('\n', done));
            foreach (var worker in model.Assignments.Where(one => one.Alarm == alarm.Id).GroupBy(one => one.Worker))
            {
                Assert.That(
                    told.Where(text => text!.StartsWith(worker.Key + " ", StringComparison.Ordinal)),
                    Is.EqualTo(worker.SelectMany(one => one.States).Select(state => $"{worker.Key} {state}")),
                    () => $"each state once and in order, of {alarm.Id}, after\n{string.Join('\n', done)}");
            }
        });
    }

    private async Task KillAsync(int which, int afterMs)
    {
        await Task.Delay(afterMs);
        if (which > 0)
        {
            ChildCommand.Send(which == 1 ? _server.Services.Redis!.Pid : _server.Services.Postgres!.Pid, Signal.Kill);
            return;
        }

        var old = _server;
        await old.KillAsync();
        _server = await LaunchAsync();
        await old.DisposeAsync();
        await SignInAsync();
    }

    private Task<ServerProcess> LaunchAsync() => ServerProcess.StartAsync(_folder.Path, "--Dispatch:AnswerSeconds=3600");

    private async Task SignInAsync()
    {
        foreach (var user in Users)
        {
            _tokens[user] = await _center.At(_server).SignInAsync(user);
        }
    }

    private string UserName(string user) => _center.AccountOf(user).User;

    private Task<JsonElement> CallAsync(string user, string path, object? body, bool isAllowed) =>
        UntilAnsweredAsync(() => _server.CallAsync(_tokens[user], "POST", path, body), isAllowed);

    /// <summary>As a page or a phone does: again, until there is an answer.</summary>
    private static async Task<JsonElement> UntilAnsweredAsync(Func<Task<(HttpStatusCode Status, JsonElement Body)>> call, bool isAllowed)
    {
        (HttpStatusCode Status, JsonElement Body) answer = default;
        await Eventually.TrueAsync(
            async () => (answer = await TryAsync(call)).Status is HttpStatusCode.OK or HttpStatusCode.Created or HttpStatusCode.Conflict or HttpStatusCode.BadRequest or HttpStatusCode.Forbidden,
            "an answer",
            AlarmCenter.Patience);
        Assert.That(answer.Status, isAllowed ? Is.AnyOf(HttpStatusCode.OK, HttpStatusCode.Created) : Is.EqualTo(HttpStatusCode.Conflict), answer.Body.ToString());
        return answer.Body;
    }

    private static async Task<(HttpStatusCode Status, JsonElement Body)> TryAsync(Func<Task<(HttpStatusCode Status, JsonElement Body)>> call)
    {
        try
        {
            return await call();
        }
        catch (Exception e) when (e is HttpRequestException or SocketException or TaskCanceledException or ObjectDisposedException or JsonException)
        {
            return (HttpStatusCode.ServiceUnavailable, default);
        }
    }
}
