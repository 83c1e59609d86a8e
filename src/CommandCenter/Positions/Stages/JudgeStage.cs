using Microsoft.Extensions.Options;

namespace CommandCenter.Positions.Stages;

/// <summary>Is it a fix at all, of a possible place and time? (<see cref="PositionRules"/>)</summary>
public sealed class JudgeStage(IOptions<PositionOptions> options) : IPositionStage
{
    public Refusal Apply(ref PositionDraft draft)
    {
        var refusal = PositionRules.Judge(draft.Report, draft.DeviceId, draft.WorkerId, draft.ReceivedAtMs, options.Value, out var fix);
        draft.Fix = fix;
        return refusal;
    }
}
