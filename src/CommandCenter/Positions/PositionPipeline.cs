using System.Buffers;
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
    private readonly IPositionStage[] _stages = [judge, duty, order];

    public async ValueTask<IntakeOutcome> SubmitAsync(
        Device device, ReadOnlyMemory<PositionReport> reports, Memory<Verdict> verdicts, CancellationToken cancellationToken)
    {
        var receivedAtMs = time.GetUtcNow().ToUnixTimeMilliseconds();
        var kept = ArrayPool<Fix>.Shared.Rent(Math.Max(1, reports.Length));
        try
        {
            var count = Judge(device, reports.Span, verdicts.Span, receivedAtMs, kept);
            var appended = await log.AppendAsync(kept.AsSpan(0, count));
            return appended switch
            {
                AppendOutcome.Durable => IntakeOutcome.Durable,
                AppendOutcome.Full => IntakeOutcome.Full,
                _ => IntakeOutcome.Unavailable,
            };
        }
        finally
        {
            ArrayPool<Fix>.Shared.Return(kept);
        }
    }

    private int Judge(Device device, ReadOnlySpan<PositionReport> reports, Span<Verdict> verdicts, long receivedAtMs, Fix[] kept)
    {
        var count = 0;
        var newest = picture.NewestFixTimeMs(device.WorkerId);
        for (var i = 0; i < reports.Length; i++)
        {
            var draft = new PositionDraft
            {
                Report = reports[i],
                DeviceId = device.Id,
                WorkerId = device.WorkerId,
                ReceivedAtMs = receivedAtMs,
                NewestKnownMs = newest,
            };
            var refusal = Pass(ref draft);
            var detail = refusal == Refusal.None ? null : PositionRules.Explain(reports[i], refusal, receivedAtMs, options.Value);
            verdicts[i] = new Verdict(refusal, draft.Fix.Flags, draft.Fix.IsHeartbeat, draft.OutOfOrder, detail);
            if (refusal == Refusal.None)
            {
                kept[count++] = draft.Fix;
                newest = draft.Fix.IsHeartbeat ? newest : Math.Max(newest, draft.Fix.FixTimeMs);
            }
        }

        return count;
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
