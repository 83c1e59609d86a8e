using System.Diagnostics;
using CommandCenter.Chaos.Center;
using CommandCenter.Chaos.Check;
using CommandCenter.Chaos.Faults;
using CommandCenter.Chaos.Load;
using CommandCenter.Chaos.Walls;
using CommandCenter.Phones;

namespace CommandCenter.Chaos;

/// <summary>Starts a center, loads it, lets walls look on, does fault after fault, lets everything calm down, and checks.</summary>
public sealed class ChaosRun(ChaosSettings settings, Action<string> say)
{
    private static readonly TimeSpan ProbePause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan ProbeInterval = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan PhoneInterval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan PhonePause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(90);

    private static readonly PhoneProtocol[] Protocols = Enum.GetValues<PhoneProtocol>();

    public async Task<ChaosReport> RunAsync(CancellationToken cancellationToken)
    {
        say($"seed {settings.Seed}");
        await using var center = new CenterProcess(settings.Place);
        var clock = Stopwatch.StartNew();
        await center.LaunchAsync();
        await center.UntilReadyAsync(cancellationToken);
        say($"the center is ready after {clock.Elapsed.TotalSeconds:0.0} s");
        var people = await CenterPeople.OfAsync(center, settings.Workers, cancellationToken);
        var ledger = new Ledger(people.Workers);
        say($"{people.Workers.Count} workers at {settings.Rate} fixes/s, {settings.Walls} walls");

        var walls = Enumerable.Range(0, settings.Walls).Select(_ => new WatchingWall([center.Url], people.WatcherToken, CenterPeople.District, ledger)).ToList();
        var watch = new WallWatch(walls);
        var answers = new AnswerWatch();
        using var looking = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var taking = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var alarmWalls = settings.AlarmsAMinute > 0 ? walls.ConvertAll(_ => new AlarmWall(center.Url, people.WatcherToken)) : [];
        var eyes = walls.Select(wall => wall.RunAsync(looking.Token)).Append(watch.RunAsync(looking.Token)).Concat(alarmWalls.Select(wall => wall.RunAsync(looking.Token))).ToArray();
        using var gatewayLine = PhoneLine.Open(center.Url, connections: 8);
        using var phoneLine = PhoneLine.Open(center.Url, connections: 64);
        using var alarmLine = PhoneLine.Open(center.Url, connections: 64);
        var presses = new PressLog();
        var load = Task.WhenAll(
            Load(people, ledger, answers, gatewayLine, phoneLine, taking.Token, giveUp.Token),
            settings.AlarmsAMinute > 0
                ? new AlarmLoad(people.Workers, presses, alarmLine, TimeSpan.FromMinutes(1) / settings.AlarmsAMinute).RunAsync(taking.Token, giveUp.Token)
                : Task.CompletedTask);

        await answers.NextAsync().WaitAsync(DrainTime, cancellationToken);
        var driver = new FaultDriver(center, answers, watch);
        var faults = await DoFaultsAsync(driver, cancellationToken);

        say("calm: delivering what waits");
        await taking.CancelAsync();
        giveUp.CancelAfter(DrainTime);
        await load.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await driver.UntilCaughtUpAsync(Stopwatch.GetTimestamp(), cancellationToken);
        var shown = await ShownCheck.RunAsync(walls, ledger, TimeSpan.FromSeconds(20), cancellationToken);
        var stored = await StoredCheck.RunAsync(center.PostgresConnection, ledger, cancellationToken);
        var alarms = settings.AlarmsAMinute > 0
            ? await AlarmCheck.RunAsync(center.PostgresConnection, presses, alarmWalls, TimeSpan.FromSeconds(30), cancellationToken)
            : AlarmCheck.None;
        await looking.CancelAsync();
        await Task.WhenAll(eyes);
        return new ChaosReport(
            settings.Seed, faults, stored, shown, ledger.Waiting, ledger.Refused, ledger.Refusal, walls.Sum(w => w.Lies), walls.Sum(w => w.Lost), alarms, [.. presses.Refusals]);
    }

    /// <summary>The first worker is the probe, the next report by themselves in every protocol, the rest through the gateway.</summary>
    private Task Load(
        CenterPeople people, Ledger ledger, AnswerWatch answers, HttpClient gatewayLine, HttpClient phoneLine, CancellationToken taking, CancellationToken giveUp)
    {
        var phones = Math.Min(settings.Phones, people.Workers.Count - 2);
        var probe = new PhoneLoad(ledger, phoneLine, 0, PhoneProtocol.TraccarNested, ProbeInterval, ProbePause, answers.Answered);
        var others = Enumerable.Range(1, phones).Select(i => new PhoneLoad(ledger, phoneLine, i, Protocols[i % Protocols.Length], PhoneInterval, PhonePause));
        var gateway = new GatewayLoad(people, ledger, gatewayLine, [.. Enumerable.Range(1 + phones, people.Workers.Count - 1 - phones)], settings.Rate);
        return Task.WhenAll([probe.RunAsync(taking, giveUp), gateway.RunAsync(taking, giveUp), .. others.Select(phone => phone.RunAsync(taking, giveUp))]);
    }

    /// <summary>Each fault once in an order of chance, then again, until the time is over.</summary>
    private async Task<List<FaultResult>> DoFaultsAsync(FaultDriver driver, CancellationToken cancellationToken)
    {
        var chance = new Random(settings.Seed);
        var results = new List<FaultResult>();
        var clock = Stopwatch.StartNew();
        if (settings.Faults.Count == 0)
        {
            await Task.Delay(settings.Length, cancellationToken);
            return results;
        }

        do
        {
            var deck = settings.Faults.ToArray();
            chance.Shuffle(deck);
            foreach (var fault in deck)
            {
                if (results.Count >= settings.Faults.Count && clock.Elapsed > settings.Length)
                {
                    break;
                }

                await Task.Delay(TimeSpan.FromSeconds(1 + (2 * chance.NextDouble())), cancellationToken);
                var spell = TimeSpan.FromSeconds(1 + (chance.NextDouble() * (settings.LongestSpell.TotalSeconds - 1)));
                var result = await driver.DoAsync(fault, spell, cancellationToken);
                results.Add(result);
                say(ChaosReport.Line(result));
            }
        }
        while (clock.Elapsed < settings.Length);
        return results;
    }
}
