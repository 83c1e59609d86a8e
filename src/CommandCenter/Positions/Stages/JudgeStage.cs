using Microsoft.Extensions.Options;

namespace CommandCenter.Positions.Stages;

/// <summary>Is it a fix at all, of a possible place and time? (<see cref="PositionRules"/>)</summary>
public sealed class JudgeStage(IOptions<PositionOptions> options) : IPositionStage
{
    private readonly PositionOptions _options = options.Value;

    public Refusal Apply(ref PositionDraft draft) =>
        PositionRules.Judge(draft.Report, draft.DeviceId, draft.WorkerId, draft.ReceivedAtMs, _options, out draft.Fix);
}
