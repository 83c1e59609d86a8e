using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using CommandCenter.Positions.Batch;
using CommandCenter.Positions.Live;
using CommandCenter.Positions.Log;
using CommandCenter.Positions.Stages;
using CommandCenter.Tracks;
using CommandCenter.Workers;
using Microsoft.Extensions.Options;

namespace CommandCenter.Positions;

/// <summary>
/// The position line. Each report passes the stages in the order below; what is kept goes to the log in one append, and only then is the
/// phone answered. Alarms have left it before, at the endpoints.
/// </summary>
public sealed class PositionPipeline(
    JudgeStage judge,
    DutyStage duty,
    OrderStage order,
    PositionLog log,
    LivePicture picture,
    TimeProvider time,
    IOptions<PositionOptions> options) : IPositionIntake
{
    /// <summary>Items whose workers' newest fixes are fetched at once: as many waits for memory run side by side.</summary>
    private const int Ahead = 32;

    [ThreadStatic]
    private static Dictionary<int, long>? t_newest;

    private static long s_fetched;

    private readonly IPositionStage[] _stages = [judge, duty, order];

    public ValueTask<IntakeOutcome> SubmitAsync(
        Device device, ReadOnlyMemory<PositionReport> reports, Memory<Verdict> verdicts, CancellationToken cancellationToken)
    {
        var kept = ArrayPool<Fix>.Shared.Rent(Math.Max(1, reports.Length));
        try
        {
            return DurableAsync(log.AppendAsync(kept.AsSpan(0, Judge(device, reports.Span, verdicts.Span, kept))));
        }
        finally
        {
            // The append has its own copy: nothing is held through the wait.
            ArrayPool<Fix>.Shared.Return(kept);
        }
    }

    public ValueTask<IntakeOutcome> SubmitAsync(ReadOnlyMemory<BatchItem> items, Memory<Verdict> verdicts, CancellationToken cancellationToken)
    {
        var kept = ArrayPool<Fix>.Shared.Rent(Math.Max(1, items.Length));
        try
        {
            return DurableAsync(log.AppendOfManyAsync(kept.AsSpan(0, Judge(items.Span, verdicts.Span, kept))));
        }
        finally
        {
            ArrayPool<Fix>.Shared.Return(kept);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<IntakeOutcome> DurableAsync(Task<AppendOutcome> append) => await append switch
    {
        AppendOutcome.Durable => IntakeOutcome.Durable,
        AppendOutcome.Full => IntakeOutcome.Full,
        _ => IntakeOutcome.Unavailable,
    };

    internal int Judge(Device device, ReadOnlySpan<PositionReport> reports, Span<Verdict> verdicts, Span<Fix> kept)
    {
        var receivedAtMs = time.GetUtcNow().ToUnixTimeMilliseconds();
        var count = 0;
        var newest = picture.NewestFixTimeMs(device.WorkerId);
        for (var i = 0; i < reports.Length; i++)
        {
            verdicts[i] = Judge(device, reports[i], receivedAtMs, ref newest, out var fix);
            if (verdicts[i].Refusal == Refusal.None)
            {
                kept[count++] = fix;
            }
        }

        return count;
    }

    internal int Judge(ReadOnlySpan<BatchItem> items, Span<Verdict> verdicts, Span<Fix> kept)
    {
        // Several fixes of one worker in a batch are in order among themselves, too; cleared, it keeps its room for the next batch.
        var known = t_newest ??= [];
        known.Clear();
        var receivedAtMs = time.GetUtcNow().ToUnixTimeMilliseconds();
        var count = 0;
        for (var i = 0; i < items.Length; i++)
        {
            if (i % Ahead == 0)
            {
                s_fetched = Fetch(items[i..Math.Min(i + Ahead, items.Length)]);
            }

            if (verdicts[i].Refusal != Refusal.None || items[i].Known is not { } device)
            {
                continue;
            }

            ref var newest = ref CollectionsMarshal.GetValueRefOrAddDefault(known, device.WorkerId, out var again);
            newest = again ? newest : picture.NewestFixTimeMs(device.WorkerId);
            verdicts[i] = Judge(device, items[i].Report, receivedAtMs, ref newest, out var fix);
            if (verdicts[i].Refusal == Refusal.None)
            {
                kept[count++] = fix;
            }
        }

        return count;
    }

    private long Fetch(ReadOnlySpan<BatchItem> items)
    {
        long sum = 0;
        foreach (ref readonly var item in items)
        {
            sum += item.Known is { } device ? picture.NewestFixTimeMs(device.WorkerId) + duty.Fetch(device.WorkerId) : 0;
        }

        return sum;
    }

    private Verdict Judge(Device device, in PositionReport report, long receivedAtMs, ref long newest, out Fix fix)
    {
        var draft = new PositionDraft(report, device, receivedAtMs, newest);
        var refusal = Pass(ref draft);
        fix = draft.Fix;
        if (refusal == Refusal.None && !fix.IsHeartbeat)
        {
            newest = Math.Max(newest, fix.FixTimeMs);
        }

        var detail = refusal == Refusal.None ? null : PositionRules.Explain(report, refusal, receivedAtMs, options.Value);
        return new Verdict(refusal, fix.Flags, fix.IsHeartbeat, draft.OutOfOrder, detail);
    }

    private Refusal Pass(ref PositionDraft draft)
    {
        foreach (var stage in _stages)
        {
            if (stage.Apply(ref draft) is var refusal and not Refusal.None)
            {
                return refusal;
            }
        }

        return Refusal.None;
    }
}
