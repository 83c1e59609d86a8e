using System.Diagnostics;
using System.Globalization;
using CommandCenter.Chaos.Center;
using CommandCenter.Chaos.Check;
using CommandCenter.Chaos.Load;
using CommandCenter.Chaos.Walls;
using CommandCenter.Phones;

namespace CommandCenter.Chaos.Storm;

/// <summary>How a storm passed; times since the restarted server said ready.</summary>
/// <param name="Ready">From its start until it was ready.</param>
/// <param name="WallsBack">Until every wall had frames again; null: not all of them.</param>
/// <param name="PhonesAnswered">Until every phone had its answer; null: not all of them.</param>
/// <param name="Shown">Whether the walls show every phone's newest fix.</param>
/// <param name="Consistent">Until they did.</param>
/// <param name="Stored">What is stored of what was answered.</param>
/// <param name="Alarms">Pressed from the moment the server was ready until everybody was back; from each press to each wall, also those that were not back yet.</param>
public sealed record StormReport(TimeSpan Ready, TimeSpan? WallsBack, TimeSpan? PhonesAnswered, ShownCheck Shown, TimeSpan? Consistent, StoredCheck Stored, AlarmCheck Alarms)
{
    public bool IsGood => WallsBack is not null && PhonesAnswered is not null && Shown.IsWhole && Stored.IsWhole && Alarms is { Lost: 0, Doubled: 0, NotShown: 0 };

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"ready {Seconds(Ready)} after its start; since then: {Shown.Walls} walls back {Seconds(WallsBack)}, {Shown.Workers} phones answered {Seconds(PhonesAnswered)}, the same picture everywhere {Seconds(Consistent)}; lost {Stored.Lost}, doubled {Stored.Duplicates}, elsewhere {Shown.Elsewhere}\n{Alarms.Line()}\n{(IsGood ? "GOOD" : "BAD")}");

    private static string Seconds(TimeSpan? time) => time is { } known ? known.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) + " s" : "never";
}

/// <summary>
/// Everybody comes back at once: the server is killed under all walls and phones and started again. The walls come as soon as they can, every
/// phone at a moment of chance, over a connection of its own, with the fix it took meanwhile. In the midst of it alarms are pressed.
/// </summary>
/// <param name="place">The center.</param>
/// <param name="workers">Phones.</param>
/// <param name="wallCount">Walls; their alarms come over a second connection each.</param>
/// <param name="within">Of the phones' coming back.</param>
/// <param name="alarmsAMinute">0: none.</param>
/// <param name="say">Of progress.</param>
public sealed class StormRun(CenterPlace place, int workers, int wallCount, TimeSpan within, int alarmsAMinute, Action<string> say)
{
    private const int PhoneConnections = 512;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public async Task<StormReport> RunAsync(CancellationToken cancellationToken)
    {
        await using var center = new CenterProcess(place);
        await center.LaunchAsync();
        await center.UntilReadyAsync(cancellationToken);
        var people = await CenterPeople.OfAsync(center, workers, cancellationToken);
        var ledger = new Ledger(people.Workers);
        var walls = Enumerable.Range(0, wallCount).Select(_ => new WatchingWall([center.Url], people.WatcherToken, CenterPeople.District, ledger)).ToList();
        using var looking = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var eyes = walls.Select(wall => wall.RunAsync(looking.Token)).ToArray();
        List<AlarmWall> alarmWalls = alarmsAMinute == 0 ? [] : [.. Enumerable.Range(0, wallCount).Select(_ => new AlarmWall(center.Url, people.WatcherToken))];
        var ears = alarmWalls.Select(wall => wall.RunAsync(looking.Token)).ToArray();
        await UntilAsync(() => walls.All(wall => wall.IsConnected) && alarmWalls.All(wall => wall.IsWatching), cancellationToken);
        say($"{wallCount} walls look on; {people.Workers.Count} phones and they lose the server now and come back within {within.TotalSeconds:0} s");

        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        giveUp.CancelAfter(Patience);
        using var line = PhoneLine.Open(center.Url, PhoneConnections);
        line.DefaultRequestHeaders.ConnectionClose = true;
        await center.KillAsync();
        var phones = Enumerable.Range(0, people.Workers.Count).Select(i => ComeBackAsync(new PhoneLoad(ledger, line, i, PhoneProtocol.TraccarNested, Pause, Pause), giveUp.Token)).ToArray();
        var start = Stopwatch.GetTimestamp();
        await center.LaunchAsync();
        await center.UntilReadyAsync(cancellationToken);
        var ready = Stopwatch.GetTimestamp();
        var answered = SinceAsync(ready, Task.WhenAll(phones));
        var back = SinceAsync(ready, UntilAsync(() => walls.All(wall => wall.IsConnected && wall.FullFrames > 1), cancellationToken));
        using var pressing = new CancellationTokenSource();
        var presses = new PressLog();
        var pressed = PressAsync(center, people.Workers, presses, pressing.Token, giveUp.Token);
        await Task.WhenAll(answered, back);
        await pressing.CancelAsync();
        var shown = await ShownCheck.RunAsync(walls, ledger, TimeSpan.FromSeconds(30), cancellationToken);
        var consistent = shown.IsWhole ? Stopwatch.GetElapsedTime(ready) : (TimeSpan?)null;
        await new Faults.FaultDriver(center, new Faults.AnswerWatch(), new WallWatch(walls)).UntilCaughtUpAsync(ready, cancellationToken);
        await pressed;
        var alarms = await AlarmCheck.RunAsync(center.PostgresConnection, presses, alarmWalls, TimeSpan.FromSeconds(30), cancellationToken);
        var stored = await StoredCheck.RunAsync(center.PostgresConnection, ledger, cancellationToken);
        await looking.CancelAsync();
        await Task.WhenAll([.. eyes, .. ears]);
        return new StormReport(Stopwatch.GetElapsedTime(start, ready), await back, ledger.Waiting == 0 ? await answered : null, shown, consistent, stored, alarms);
    }

    private async Task ComeBackAsync(PhoneLoad phone, CancellationToken giveUp)
    {
        var taken = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        await Task.Delay(within * Random.Shared.NextDouble(), giveUp);
        await phone.ReportAsync(taken, giveUp);
    }

    private async Task PressAsync(CenterProcess center, IReadOnlyList<ReportingWorker> phones, PressLog presses, CancellationToken taking, CancellationToken giveUp)
    {
        if (alarmsAMinute > 0)
        {
            using var line = PhoneLine.Open(center.Url, PhoneConnections);
            await new AlarmLoad(phones, presses, line, TimeSpan.FromMinutes(1) / alarmsAMinute).RunAsync(taking, giveUp);
        }
    }

    private static async Task<TimeSpan?> SinceAsync(long since, Task work)
    {
        try
        {
            await work;
            return Stopwatch.GetElapsedTime(since);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private static async Task UntilAsync(Func<bool> condition, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        while (!condition())
        {
            await Task.Delay(20, patience.Token);
        }
    }
}
