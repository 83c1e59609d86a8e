namespace CommandCenter.Positions.Stages;

/// <summary>Notes a fix older than one already known. It is kept like any other: what is derived from fixes does not depend on their order.</summary>
public sealed class OrderStage : IPositionStage
{
    public Refusal Apply(ref PositionDraft draft)
    {
        draft.OutOfOrder = !draft.Fix.IsHeartbeat && draft.Fix.FixTimeMs < draft.NewestKnownMs;
        return Refusal.None;
    }
}
