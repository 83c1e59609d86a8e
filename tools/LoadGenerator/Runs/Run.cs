using CommandCenter.LoadGenerator.Center;
using CommandCenter.LoadGenerator.Http;
using CommandCenter.LoadGenerator.Jobs;
using CommandCenter.LoadGenerator.Load;
using CommandCenter.LoadGenerator.Replays;
using Spectre.Console;

namespace CommandCenter.LoadGenerator.Runs;

/// <summary>A scenario's stages in turn, the findings made of them, and the books over all.</summary>
internal sealed class Run(Rig rig, Scenario scenario)
{
    /// <summary>Makes of the reserve's hour as many fixes as 3,600 workers send at one in 5 s: 2.6 million.</summary>
    private const long PastIntervalMs = 15_000;

    private readonly List<StageResult> _stages = [];
    private readonly List<Finding> _findings = [];
    private Reconciliation _books = new();

    public async Task<RunReport> ToTheEndAsync(TimeSpan settle, CancellationToken cancellationToken)
    {
        await rig.EnrolAsync(scenario.Workers, cancellationToken);
        await (scenario.Name switch
        {
            "ingest" => IngestAsync(cancellationToken),
            "batch" => BatchAsync(cancellationToken),
            "fanout" => FanoutAsync(cancellationToken),
            "stalled-wall" => StalledWallAsync(cancellationToken),
            "replay" => ReplayAsync(settle, cancellationToken),
            "jobs" => JobsAsync(settle, cancellationToken),
            "scale" => ScaleAsync(settle, cancellationToken),
            _ => LineAsync(cancellationToken),
        });
        await CloseBooksAsync(settle, cancellationToken);
        return new RunReport { Scenario = scenario, At = rig.Clock.GetUtcNow(), Stages = _stages, Findings = _findings, Reconciliation = _books };
    }

    private async Task LineAsync(CancellationToken cancellationToken)
    {
        await WarmAsync(scenario, cancellationToken);
        var result = await RunAsync(StagePlan.Of(rig, scenario), cancellationToken);
        Find("fix to wall, p99", result.WallP99 ?? 0, "ms", "≤ 500");
        Find("server", result.Usage!.Server.Cores, "cores", scenario.Name == "country" ? "all parts ≤ 1 beside the generator" : "≤ 0.5");
        Find("server, Redis and PostgreSQL", result.Usage.AllButGenerator, "cores", scenario.Name == "country" ? "≤ 1" : "–");
        Find("memory of the three", result.Usage.Server.PeakMegabytes + result.Usage.Redis.PeakMegabytes + result.Usage.Postgres.PeakMegabytes, "MB", scenario.Name == "country" ? "≤ 5,000" : "server ≤ 600");
        Find("bytes per moved worker", result.BytesPerMovedWorker ?? 0, "bytes", "≤ 17");
    }

    /// <summary>One fix a request and the empty 200 in turns, twice each, at both numbers of connections.</summary>
    private async Task IngestAsync(CancellationToken cancellationToken)
    {
        await using var baseline = await Baseline.StartAsync(rig, cancellationToken);
        await WarmAsync(scenario, cancellationToken);
        foreach (var connections in (int[])[64, 256])
        {
            var (empty, fix) = (new List<StageResult>(), new List<StageResult>());
            for (var turn = 0; turn < 2; turn++)
            {
                var plan = StagePlan.Of(rig, scenario with { Connections = connections }, $"fix per request, {connections}");
                empty.Add(await RunAsync(baseline.Plan(plan, $"empty 200, {connections}"), cancellationToken));
                fix.Add(await RunAsync(plan, cancellationToken));
            }

            var goal = connections == 64 ? "≥ 45" : "≥ 60";
            Find($"of the empty 200's rate at {connections} connections", 100 * fix.Average(s => s.AnswersPerSecond) / empty.Average(s => s.AnswersPerSecond), "%", goal);
            Find($"answer p99 at {connections} connections", fix.Max(s => s.AnswerP99) ?? 0, "ms", "≤ 25");
        }
    }

    private async Task BatchAsync(CancellationToken cancellationToken)
    {
        var address = rig.Target.Redis ?? throw new RunFailedException("Redis is not in the data folder: give --redis.");
        await WarmAsync(scenario, cancellationToken);
        var (server, alone) = (new List<StageResult>(), new List<StageResult>());
        for (var turn = 0; turn < 2; turn++)
        {
            server.Add(await RunAsync(StagePlan.Of(rig, scenario, "batches, flat out"), cancellationToken));
            var (batch, fixes) = RedisBaseline.Sample(address);
            alone.Add(await Task.Factory.StartNew(
                () => RedisBaseline.Run(address, batch, fixes, scenario.Seconds, rig.Meter, rig.Clock), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default));
            _stages.Add(alone[^1]);
        }

        Find("batched ingest, flat out", server.Average(s => s.AcceptedPerSecond), "fixes/s", "≥ 1,000,000");
        Find("of Redis alone", 100 * server.Average(s => s.AcceptedPerSecond) / alone.Average(s => s.AcceptedPerSecond), "%", "–");
    }

    /// <summary>The same load without and with walls: the difference is what fan-out costs.</summary>
    private async Task FanoutAsync(CancellationToken cancellationToken)
    {
        await WarmAsync(scenario, cancellationToken);
        var without = await RunAsync(StagePlan.Of(rig, scenario, "without walls", walls: 0), cancellationToken);
        var with = await RunAsync(StagePlan.Of(rig, scenario, $"{scenario.Walls} walls"), cancellationToken);
        var cores = with.Usage!.Server.Cores - without.Usage!.Server.Cores;
        Find("fan-out", cores, "cores", "≤ 0.25");
        Find("fan-out, server's time for a moved worker on a wall", cores / Math.Max(1, with.RecordsPerSecond) * 1e9, "ns", "10 times less than one JSON object a fix to a group");
        Find("bytes per moved worker", with.BytesPerMovedWorker ?? 0, "bytes", "≤ 17");
    }

    private async Task StalledWallAsync(CancellationToken cancellationToken)
    {
        await WarmAsync(scenario, cancellationToken);
        var without = await RunAsync(StagePlan.Of(rig, scenario, "all read") with { Seconds = Math.Min(scenario.Seconds, 30) }, cancellationToken);
        var with = await RunAsync(StagePlan.Of(rig, scenario, "one stalled") with { Seconds = scenario.StallSeconds, FirstWallStalls = true }, cancellationToken);
        Find("others' p99 beside without", 100 * (with.WallP99 ?? 0) / (without.WallP99 ?? 1), "%", "≤ 110");
        Find("server's memory beside without, on average", with.Usage!.Server.MeanMegabytes - without.Usage!.Server.MeanMegabytes, "MB", "flat");
        Find("server's memory beside without, at its highest", with.Usage.Server.PeakMegabytes - without.Usage.Server.PeakMegabytes, "MB", "flat");
    }

    /// <summary>Live without and with dispatchers who replay, in turns, twice each. The hour that they replay is sent before, as phones send what they kept.</summary>
    private async Task ReplayAsync(TimeSpan settle, CancellationToken cancellationToken)
    {
        await SendLastHourAsync(settle, cancellationToken);
        await WarmAsync(scenario, cancellationToken);
        var (alone, beside) = (new List<StageResult>(), new List<StageResult>());
        var (replays, megabytes, median) = (0L, 0.0, 0.0);
        for (var turn = 0; turn < 2; turn++)
        {
            alone.Add(await RunAsync(StagePlan.Of(rig, scenario, "live alone"), cancellationToken));
            await using var dispatchers = Dispatchers.Start(rig.Client, rig.Root, scenario.Dispatchers, rig.Clock);
            beside.Add(await RunAsync(StagePlan.Of(rig, scenario, $"{scenario.Dispatchers} dispatchers"), cancellationToken));
            (replays, megabytes, median) = (replays + dispatchers.Replays, dispatchers.MegabytesEach, dispatchers.MedianMilliseconds ?? 0);
        }

        Find("replays of everyone's last hour", replays, "", "–");
        Find("a replay", megabytes, "MB", "–");
        Find("a replay, to its last byte, median", median, "ms", "–");
        Find("fix to wall p99 beside live alone", 100 * beside.Average(s => s.WallP99 ?? 0) / alone.Average(s => s.WallP99 ?? 1), "%", "≤ 120");
        Find("answer p99 beside live alone", 100 * beside.Average(s => s.AnswerP99 ?? 0) / alone.Average(s => s.AnswerP99 ?? 1), "%", "–");
    }

    private async Task JobsAsync(TimeSpan settle, CancellationToken cancellationToken)
    {
        var history = new JobHistory(rig, scenario.Workers);
        await history.EnsureAsync(settle, cancellationToken);
        await WarmAsync(scenario, cancellationToken);
        await BesideJobs.RunAsync(rig, scenario, history, RunAsync, Find, cancellationToken);
    }

    private async Task SendLastHourAsync(TimeSpan settle, CancellationToken cancellationToken)
    {
        const int Batch = 2_500;
        var now = rig.Clock.GetUtcNow();
        var batches = new BatchRequests(rig.Workers, rig.Gateway, rig.Host, Batch, rig.Ledger, new FixTurns(scenario.Workers));
        var past = new PastRequests(batches, scenario.Workers, now.AddHours(-1).ToUnixTimeMilliseconds(), PastIntervalMs);
        var lane = new Lane(rig.EndPoint, Scenario.Country.Connections, past, Pacer.FlatOut, rig.Clock);
        lane.Start();
        try
        {
            for (var end = now.AddMinutes(-1).ToUnixTimeMilliseconds(); past.TimeMs < end;)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), rig.Clock, cancellationToken);
            }
        }
        finally
        {
            await lane.StopAsync();
        }

        await rig.Stored.SinceAsync(rig.StoredBefore, rig.Ledger.Accepted, settle, cancellationToken);
        rig.Console.WriteLine($"the hour before is there: {rig.Ledger.Accepted} fixes ({rig.Clock.GetUtcNow() - now:mm\\:ss})");
    }

    /// <summary>Ten times the workers at the same rate. Books are closed between, because more workers are a new ledger.</summary>
    private async Task ScaleAsync(TimeSpan settle, CancellationToken cancellationToken)
    {
        // The second stage has a warmer server than the first, so the first must be warm already: else ten times as many would seem cheaper.
        await WarmAsync(scenario with { WarmupSeconds = 2 * scenario.WarmupSeconds }, cancellationToken);
        var few = await RunAsync(StagePlan.Of(rig, scenario, $"{scenario.Workers} workers"), cancellationToken);
        await CloseBooksAsync(settle, cancellationToken);
        var more = scenario with { Workers = scenario.Workers * 10 };
        await rig.EnrolAsync(more.Workers, cancellationToken);
        await WarmAsync(more, cancellationToken);
        var many = await RunAsync(StagePlan.Of(rig, more, $"{more.Workers} workers"), cancellationToken);
        Find("cost of a fix, fewer workers", CostOf(few), "µs", "–");
        Find("cost of a fix, ten times as many", CostOf(many), "µs", "–");
        Find("ten times the workers", 100 * CostOf(many) / CostOf(few), "%", "≤ 120");

        static double CostOf(StageResult stage) => stage.Usage!.AllButGenerator / Math.Max(1, stage.AcceptedPerSecond) * 1e6;
    }

    /// <summary>
    /// Neither a cold server nor workers who appear for the first time, with their names, belong in the figures: a stage without walls that is in
    /// the books alone, one lap of all workers long (half a minute at most), and three warm-ups at least, since code is compiled in tiers.
    /// </summary>
    private async Task WarmAsync(Scenario with, CancellationToken cancellationToken)
    {
        var lap = with.FixesPerSecond == 0 ? 0 : Math.Min(30, 1.2 * with.Workers / with.FixesPerSecond);
        var plan = StagePlan.Of(rig, with, "cold", walls: 0) with { Seconds = Math.Max(lap, 3 * with.WarmupSeconds), WarmupSeconds = 0 };
        await new Stage(rig, plan).RunAsync(cancellationToken);
    }

    private async Task<StageResult> RunAsync(StagePlan plan, CancellationToken cancellationToken)
    {
        var stage = new Stage(rig, plan);
        var result = await stage.RunAsync(cancellationToken);
        _books = _books with { LookedFor = _books.LookedFor + stage.LookedFor, NotShown = _books.NotShown + stage.NotShown };
        _stages.Add(result);
        return result;
    }

    private async Task CloseBooksAsync(TimeSpan settle, CancellationToken cancellationToken)
    {
        var ledger = rig.Ledger;
        rig.Console.WriteLine($"waiting until PostgreSQL has the {ledger.Accepted} accepted fixes, at most {settle.TotalSeconds:0} s");
        var stored = await rig.Stored.SinceAsync(rig.StoredBefore, ledger.Accepted, settle, cancellationToken);
        _books = Closed(_books, ledger, stored);
        var bytes = await rig.Stored.BytesAsync(cancellationToken) - rig.BytesBefore;
        Find("PostgreSQL's disk for a stored fix, indexes and all", bytes / (double)Math.Max(1, stored), "bytes", "– (more, the seldomer a worker reports within TrackWriter:FlushSeconds)");
    }

    private static Reconciliation Closed(Reconciliation books, Ledger ledger, long stored) => books with
    {
        Sent = books.Sent + ledger.Sent,
        Accepted = books.Accepted + ledger.Accepted,
        Refused = books.Refused + ledger.Refused,
        Uncertain = books.Uncertain + ledger.Uncertain,
        Stored = (books.Stored ?? 0) + stored,
        RefusedByReason = books.RefusedByReason.Concat(ledger.RefusedByReason).GroupBy(r => r.Key).ToDictionary(r => r.Key, r => r.Sum(v => v.Value)),
    };

    private void Find(string what, double value, string unit, string goal) => _findings.Add(new Finding(what, Math.Round(value, 3), unit, goal));
}
