using CommandCenter.Alarms.Board;
using CommandCenter.Alarms.Ledger;
using CommandCenter.Alarms.Log;
using CommandCenter.Storage;
using Microsoft.Extensions.Options;

namespace CommandCenter.Alarms;

/// <summary>Raising alarms. What is returned is durable, and on this node's board.</summary>
public sealed class AlarmDesk(AlarmLog log, AlarmBoard board, AlarmReads reads, TimeProvider time, IOptions<AlarmOptions> options)
{
    private static readonly TimeSpan AskBound = TimeSpan.FromSeconds(1);

    /// <summary>Presses of one sender one after another, so that they are counted right.</summary>
    private readonly SemaphoreSlim[] _gates = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1, 1))];

    /// <exception cref="RedisAwayException">It could be made durable nowhere.</exception>
    public async Task<RaisedPress> RaiseAsync(AlarmPress press, string? by)
    {
        var step = AlarmIds.Press(press.Source, press.Given);
        var gate = _gates[(uint)press.Source.GetHashCode(StringComparison.Ordinal) % (uint)_gates.Length];
        await gate.WaitAsync();
        try
        {
            if (await KnownAsync(step, press) is { } known)
            {
                return RaisedPress.Of(known, press, isNew: false);
            }

            var now = time.GetUtcNow().ToUnixTimeMilliseconds();

            // Of its own kind: an SOS that joined something less urgent would ring nowhere.
            var open = press.DeviceId is null ? [] : board.OpenOf(press.Source, press.Kind);
            var joins = open.Count >= options.Value.MostOpenOfADevice ? open.MaxBy(alarm => (alarm.ArrivedMs, alarm.Id)) : null;

            // Not to be called back: a phone that hangs up after its press has still pressed.
            await log.AppendAsync(
                [new AlarmEvent { Id = step, Alarm = joins?.Id ?? press.Given, Step = joins is null ? AlarmStep.Raised : AlarmStep.Joined, AtMs = now, By = by, Press = press }],
                CancellationToken.None);
            return board.FindByStep(step) is { } state
                ? RaisedPress.Of(state, press, isNew: true) with { ArrivedMs = now }
                : new RaisedPress(press.Given, null, now, true, null);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>
    /// The alarm of a press that came before. Most retries follow at once and are known here; one that comes an hour later may be of an alarm that was closed
    /// long ago, so PostgreSQL is asked, and if it does not answer the alarm is raised rather than lost.
    /// </summary>
    private async Task<AlarmState?> KnownAsync(Guid step, AlarmPress press)
    {
        if (board.FindByStep(step) is { } here)
        {
            return here;
        }

        if (Math.Abs((double)time.GetUtcNow().ToUnixTimeMilliseconds() - press.OccurredMs) < options.Value.RememberClosedMinutes * 30_000L)
        {
            return null;
        }

        using var bound = new CancellationTokenSource(AskBound, time);
        try
        {
            return await reads.AlarmOfAsync(step, bound.Token) is { } id ? (await reads.FindAsync([id], bound.Token)).FirstOrDefault() : null;
        }
        catch (Exception e) when (BackendAway.Means(e) || e is OperationCanceledException)
        {
            return null;
        }
    }
}

/// <summary>What became of a press.</summary>
/// <param name="Alarm">The alarm's id.</param>
/// <param name="Joined">The alarm that took the press, where it is no alarm of its own.</param>
/// <param name="ArrivedMs">When.</param>
/// <param name="IsNew">False: it was there already.</param>
/// <param name="State">The alarm; null where this node could not read it back.</param>
public sealed record RaisedPress(Guid Alarm, Guid? Joined, long ArrivedMs, bool IsNew, AlarmState? State)
{
    internal static RaisedPress Of(AlarmState state, AlarmPress press, bool isNew)
    {
        var own = (state.Press.Source == press.Source || state.ErasedMs is not null) && (state.Id == press.Given || state.Id == AlarmIds.Own(press.Source, press.Given));
        return new RaisedPress(state.Id, own ? null : state.Id, state.ArrivedMs, isNew, state);
    }
}
