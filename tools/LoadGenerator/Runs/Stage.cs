using System.Globalization;
using CommandCenter.LoadGenerator.Http;
using CommandCenter.LoadGenerator.Load;
using CommandCenter.LoadGenerator.Measuring;
using CommandCenter.LoadGenerator.Walls;
using Spectre.Console;

namespace CommandCenter.LoadGenerator.Runs;

/// <summary>
/// Runs one stage: walls open, the load begins, the warm-up passes, then the figures are the difference of two looks. At its end each wall must
/// show each worker's newest accepted fix.
/// </summary>
internal sealed class Stage(Rig rig, StagePlan plan)
{
    private static readonly TimeSpan ShownPatience = TimeSpan.FromSeconds(15);

    private readonly TimeProvider _clock = rig.Clock;
    private WallFleet? _walls;
    private Lane _lane = null!;
    private WallLink? _stalled;

    public long LookedFor { get; private set; }

    public long NotShown { get; private set; }

    public async Task<StageResult> RunAsync(CancellationToken cancellationToken)
    {
        await using var walls = plan.Walls == 0 ? null
            : await WallFleet.OpenAsync(plan.Walls, rig.Target.Url, rig.WallToken, rig.Root, plan.Whole, rig.Workers, _clock, cancellationToken);
        _walls = walls;
        _lane = new Lane(plan.Server, plan.Connections, plan.Requests, plan.RequestsPerSecond, _clock);
        _lane.Start();
        StageResult result;
        try
        {
            plan.Meter.Begin();
            await PassAsync(plan.WarmupSeconds, "warm-up", cancellationToken);
            result = await MeasureAsync(cancellationToken);
        }
        finally
        {
            await _lane.StopAsync();
        }

        return walls is null ? result : await SettleAsync(walls, result, cancellationToken);
    }

    private async Task<StageResult> MeasureAsync(CancellationToken cancellationToken)
    {
        _stalled = plan.FirstWallStalls ? _walls?.Links[0] : null;
        _stalled?.Stall();
        _lane.Restart();
        var before = Look();
        plan.Meter.Begin();
        await PassAsync(plan.Seconds, plan.Name, cancellationToken);
        var after = Look();
        plan.Meter.Sample();
        var usage = plan.Meter.Read();
        _stalled?.Resume();
        return Result(before, after, usage);
    }

    private async Task<StageResult> SettleAsync(WallFleet walls, StageResult result, CancellationToken cancellationToken)
    {
        (LookedFor, NotShown) = await walls.UntilShownAsync(rig.Ledger, ShownPatience, _clock, cancellationToken);
        string[] crowded = walls.Links.Any(link => link.View.Crowded)
            ? ["walls were crowded: more workers than a frame carries (Wall:MaxMarkers), so they got counts alone"]
            : [];
        return result with { Notes = [.. result.Notes, .. walls.Failures(), .. crowded] };
    }

    private async Task PassAsync(double seconds, string what, CancellationToken cancellationToken)
    {
        var start = _clock.GetTimestamp();
        var last = Look();
        while (_clock.GetElapsedTime(start).TotalSeconds is var passed && passed < seconds)
        {
            await Task.Delay(TimeSpan.FromSeconds(Math.Min(1, seconds - passed)), _clock, cancellationToken);
            plan.Meter.Sample();
            var now = Look();
            Say(what, _clock.GetElapsedTime(start).TotalSeconds, last, now);
            last = now;
        }
    }

    private void Say(string what, double passed, Snapshot last, Snapshot now)
    {
        var seconds = _clock.GetElapsedTime(last.At, now.At).TotalSeconds;
        var answers = now.Answers.Since(last.Answers);
        var delays = now.Delays.Since(last.Delays);
        var usage = plan.Meter.Read();
        rig.Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{what} {passed,3:0} s  {(now.Accepted - last.Accepted) / seconds,9:0}/s accepted  {answers.Count / seconds,7:0}/s answers {answers.Milliseconds(0.5):0.0}/{answers.Milliseconds(0.99):0.0} ms  wall {delays.Milliseconds(0.5):0}/{delays.Milliseconds(0.99):0} ms  server {usage.Server.Cores:0.00} cores {usage.Server.PeakMegabytes:0} MB  generator {usage.Generator.Cores:0.00}"));
    }

    private Snapshot Look()
    {
        var traffic = _walls?.Traffic() ?? default;
        return new Snapshot(
            _clock.GetTimestamp(), rig.Ledger.Accepted, rig.Ledger.Uncertain, _lane.Answers.Copy(), _walls?.Delays(link => link != _stalled) ?? new Histogram(),
            traffic.Frames, traffic.Records, traffic.Bytes, _lane.Backlog);
    }

    private StageResult Result(Snapshot before, Snapshot after, Usage usage)
    {
        var seconds = _clock.GetElapsedTime(before.At, after.At).TotalSeconds;
        var answers = after.Answers.Since(before.Answers);
        var delays = after.Delays.Since(before.Delays);
        var records = after.Records - before.Records;
        return new StageResult
        {
            Name = plan.Name,
            Seconds = Math.Round(seconds, 2),
            Connections = plan.Connections,
            Walls = plan.Walls,
            AnswersPerSecond = Math.Round(answers.Count / seconds, 1),
            AcceptedPerSecond = Math.Round((after.Accepted - before.Accepted) / seconds, 1),
            AnswerP50 = answers.Milliseconds(0.5),
            AnswerP99 = answers.Milliseconds(0.99),
            WallP50 = delays.Milliseconds(0.5),
            WallP99 = delays.Milliseconds(0.99),
            FramesPerSecond = Math.Round((after.Frames - before.Frames) / seconds, 1),
            RecordsPerSecond = Math.Round(records / seconds, 1),
            BytesPerMovedWorker = records == 0 ? null : Math.Round((after.Bytes - before.Bytes) / (double)records, 2),
            Usage = usage,
            Notes = [.. Notes(before, after, seconds, usage)],
        };
    }

    private IEnumerable<string> Notes(Snapshot before, Snapshot after, double seconds, Usage usage)
    {
        if (!double.IsInfinity(plan.RequestsPerSecond) && after.Backlog > plan.RequestsPerSecond)
        {
            yield return $"the asked rate was not reached: {after.Backlog} requests behind at the end";
        }

        if (after.Uncertain > before.Uncertain)
        {
            yield return $"{(after.Uncertain - before.Uncertain) / seconds:0} fixes/s were answered 429 or 503, or not at all";
        }

        if (usage.Generator.Cores > 0.4 * Environment.ProcessorCount)
        {
            yield return $"the generator itself took {usage.Generator.Cores:0.00} of {Environment.ProcessorCount} cores: the server was starved of them";
        }
    }

    private sealed record Snapshot(
        long At, long Accepted, long Uncertain, Histogram Answers, Histogram Delays, long Frames, long Records, long Bytes, long Backlog);
}
