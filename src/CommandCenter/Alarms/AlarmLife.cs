using CommandCenter.Access;
using CommandCenter.Alarms.Board;
using CommandCenter.Alarms.Ledger;
using CommandCenter.Alarms.Log;
using CommandCenter.Areas;
using CommandCenter.Storage;
using Microsoft.Extensions.Options;

namespace CommandCenter.Alarms;

/// <summary>
/// What people do with an alarm. The id of each act follows from what it is, so that of two that do the same in one moment the first stands, on all nodes, and the
/// other is told so.
/// </summary>
public sealed class AlarmLife(AlarmLog log, AlarmBoard board, AlarmReads reads, TimeProvider time, IOptions<AlarmOptions> options)
{
    /// <summary>Entries of a ledger past which notes are refused: it is read whole.</summary>
    private const int MostStepsForNotes = 5_000;

    /// <summary>From the board, or from PostgreSQL when it was closed long ago; null: there is none.</summary>
    public async Task<AlarmState?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        board.Find(id) ?? (await reads.FindAsync([id], cancellationToken)).FirstOrDefault();

    /// <summary>As somebody names it who sees only so much: null for what is outside the scope and for what does not exist, so that ids cannot be probed.</summary>
    public async Task<AlarmState?> FindAsync(AreaScope scope, string? id, CancellationToken cancellationToken) =>
        Guid.TryParseExact(id, "D", out var key) && await FindAsync(key, cancellationToken) is { } alarm && AlarmViews.Sees(scope, alarm) ? alarm : null;

    public async Task<AlarmAct> AcknowledgeAsync(AlarmState alarm, Viewer viewer, string? note, CancellationToken cancellationToken) =>
        alarm.AcknowledgedBy is not null ? new AlarmAct(alarm)
        : !alarm.IsOpen ? new AlarmAct(alarm, AlarmRefusal.Closed)
        : new AlarmAct(await DoAsync(alarm, [Step(alarm, AlarmStep.Acknowledged, viewer, note)], cancellationToken));

    /// <summary>Whoever ends what nobody acknowledged has acknowledged it: both are steps.</summary>
    public async Task<AlarmAct> CloseAsync(AlarmState alarm, Viewer viewer, AlarmStage outcome, string reason, CancellationToken cancellationToken)
    {
        if (alarm.IsOpen)
        {
            var closed = Step(alarm, outcome == AlarmStage.Resolved ? AlarmStep.Resolved : AlarmStep.FalseAlarm, viewer, reason) with
            {
                // One end, whichever it is.
                Id = AlarmIds.Step(alarm.Id, AlarmStep.Resolved, alarm.Reopened),
            };
            alarm = await DoAsync(alarm, alarm.AcknowledgedBy is null ? [Step(alarm, AlarmStep.Acknowledged, viewer, null), closed] : [closed], cancellationToken);
        }

        return new AlarmAct(alarm, alarm.Stage == outcome ? null : AlarmRefusal.ClosedOtherwise);
    }

    public async Task<AlarmAct> ReopenAsync(AlarmState alarm, Viewer viewer, string reason, CancellationToken cancellationToken)
    {
        if (alarm.IsOpen)
        {
            return new AlarmAct(alarm);
        }

        if (alarm.ErasedMs is not null)
        {
            return new AlarmAct(alarm, AlarmRefusal.Erased);
        }

        if (time.GetUtcNow().ToUnixTimeMilliseconds() - alarm.ClosedMs > options.Value.ReopenHours * 3_600_000L)
        {
            return new AlarmAct(alarm, AlarmRefusal.TooLate);
        }

        await BringBackAsync(alarm, cancellationToken);
        return new AlarmAct(await DoAsync(alarm, [Step(alarm, AlarmStep.Reopened, viewer, reason)], cancellationToken));
    }

    /// <summary>Why nothing can be put beside the alarm any more; null: it can.</summary>
    public AlarmRefusal? RefusalOfNotes(AlarmState alarm) =>
        alarm.ErasedMs is not null ? AlarmRefusal.Erased
        : NotesUntilMs(alarm) is { } until && time.GetUtcNow().ToUnixTimeMilliseconds() > until ? AlarmRefusal.TooLate
        : alarm.Seen.Count >= MostStepsForNotes ? AlarmRefusal.Full
        : null;

    /// <summary>Null while it is open.</summary>
    public long? NotesUntilMs(AlarmState alarm) => alarm.ClosedMs + (options.Value.NoteDays * 86_400_000L);

    /// <summary>Puts a note or a file beside the alarm; once this returns it is durable, and the same step again is there once.</summary>
    /// <exception cref="RedisAwayException">It could be made durable nowhere.</exception>
    public async Task PutBesideAsync(AlarmState alarm, AlarmEvent step, CancellationToken cancellationToken)
    {
        await BringBackAsync(alarm, cancellationToken);
        await DoAsync(alarm, [step], cancellationToken);
    }

    /// <summary>One that was closed long ago: onto the board, so that walls are told.</summary>
    private async Task BringBackAsync(AlarmState alarm, CancellationToken cancellationToken)
    {
        if (board.Find(alarm.Id) is null)
        {
            board.Load(await reads.FindAsync([alarm.Id], cancellationToken));
        }
    }

    /// <exception cref="RedisAwayException">It could be made durable nowhere.</exception>
    private async Task<AlarmState> DoAsync(AlarmState alarm, IReadOnlyList<AlarmEvent> steps, CancellationToken cancellationToken)
    {
        await log.AppendAsync(steps, cancellationToken);
        return board.Find(alarm.Id) ?? steps.Aggregate(alarm, (state, step) => AlarmFold.Apply(state, step)!);
    }

    private AlarmEvent Step(AlarmState alarm, AlarmStep step, Viewer viewer, string? text) => new()
    {
        Id = AlarmIds.Step(alarm.Id, step, alarm.Reopened),
        Alarm = alarm.Id,
        Step = step,
        AtMs = time.GetUtcNow().ToUnixTimeMilliseconds(),
        By = viewer.User,
        Text = text,
    };
}

/// <summary>An alarm after an act, and why the act was refused; null when it was not.</summary>
public readonly record struct AlarmAct(AlarmState Alarm, AlarmRefusal? Refusal = null);

public enum AlarmRefusal
{
    /// <summary>It is over, and nobody had acknowledged it.</summary>
    Closed,

    /// <summary>It ended with the other outcome.</summary>
    ClosedOtherwise,

    /// <summary>It ended too long ago to be opened again, or to be added to.</summary>
    TooLate,

    /// <summary>Its ledger holds as much as people may add.</summary>
    Full,

    /// <summary>What it said of people was deleted: nobody would know whom to go to.</summary>
    Erased,
}
