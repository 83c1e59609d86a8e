using CommandCenter.Alarms.Board;
using CommandCenter.Alarms.Log;
using CommandCenter.Areas;
using CommandCenter.Storage;
using Microsoft.Extensions.Options;

namespace CommandCenter.Alarms.Escalation;

/// <summary>
/// Escalates what nobody acknowledges. Every node looks four times a second; with Redis away each looks at its own board, and the steps, whose ids follow from what they are, are one.
/// </summary>
public sealed partial class Escalator(
    AlarmBoard board, AlarmFeed feed, AreaDirectory areas, DueSteps due, AlarmLog log, RedisConnection redis, TimeProvider time, IOptions<EscalationOptions> options, ILogger<Escalator> logger) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan RearmEvery = TimeSpan.FromSeconds(0.5);

    /// <summary>What this node has put into Redis: it is put in again from time to time, for whoever claimed it may have died.</summary>
    private readonly HashSet<(Guid Alarm, int Level, long Clock)> _armed = [];
    private long _rearmedAt;
    private bool _interrupted;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await feed.Built.WaitAsync(stoppingToken);
        using var timer = new PeriodicTimer(Look, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await EscalateAsync(stoppingToken);
                _interrupted = false;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // Whatever it is, the next look tries again.
                _armed.Clear();
                if (!_interrupted)
                {
                    LogInterrupted(e.Message);
                }

                _interrupted = true;
            }
        }
    }

    private async Task EscalateAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var unanswered = board.All(openOnly: true).Where(alarm => alarm.IsUnanswered).ToList();
        if (!redis.IsUp)
        {
            _armed.Clear();
            await AppendAsync(unanswered, now, cancellationToken);
            return;
        }

        if (unanswered.Count == 0)
        {
            _armed.Clear();
            return;
        }

        IReadOnlyList<Guid> claimed;
        try
        {
            await ArmAsync(unanswered, cancellationToken);
            claimed = await due.ClaimAsync(now, cancellationToken);
        }
        catch (RedisAwayException e)
        {
            // It may answer and yet take nothing: full, or a copy of another. Nobody stays unanswered for that.
            await AppendAsync(unanswered, now, cancellationToken);
            throw new RedisAwayException(e.Message, e);
        }

        await AppendAsync([.. claimed.Select(board.Find).OfType<AlarmState>()], now, cancellationToken);
    }

    private async Task ArmAsync(List<AlarmState> unanswered, CancellationToken cancellationToken)
    {
        if (time.GetElapsedTime(_rearmedAt) > RearmEvery)
        {
            _rearmedAt = time.GetTimestamp();
            _armed.Clear();
        }

        var next = unanswered
            .Select(alarm => EscalationRules.Next(alarm, options.Value, areas.Current) is { } step ? (alarm.Id, step.Level, alarm.ClockMs, step.DueMs) : default)
            .Where(step => step.Level > 0 && !_armed.Contains((step.Id, step.Level, step.ClockMs))).ToList();
        foreach (var some in next.Chunk(500))
        {
            await due.ArmAsync(some, cancellationToken);
            _armed.UnionWith(some.Select(step => (step.Id, step.Level, step.ClockMs)));
        }
    }

    private async Task AppendAsync(List<AlarmState> alarms, long now, CancellationToken cancellationToken)
    {
        var steps = alarms.Select(alarm => (Alarm: alarm, Level: EscalationRules.LevelAt(alarm, now, options.Value, areas.Current))).Where(step => step.Level > 0)
            .Select(step => new AlarmEvent
            {
                Id = EscalationRules.StepId(step.Alarm, step.Level),
                Alarm = step.Alarm.Id,
                Step = AlarmStep.Escalated,
                AtMs = now,
                Level = step.Level,
            }).ToList();
        if (steps.Count > 0)
        {
            await log.AppendAsync(steps, cancellationToken);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Alarms cannot be escalated for now: {Error}")]
    private partial void LogInterrupted(string error);
}
