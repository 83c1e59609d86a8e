using CommandCenter.Tracks;
using CommandCenter.Workers;

namespace CommandCenter.Positions.Stages;

/// <summary>Nobody is located off duty: judged at the time of the fix, so that a queue emptied after the shift still counts. An SOS always passes.</summary>
public sealed class DutyStage(WorkerDirectory workers) : IPositionStage
{
    /// <summary>To have at hand what <see cref="Apply"/> will need; nothing of use.</summary>
    internal long Fetch(int workerId) => workers.Current[workerId]?.NextDutyChange(long.MaxValue) ?? 0;

    public Refusal Apply(ref PositionDraft draft) =>
        (draft.Fix.Flags & FixFlags.Sos) != 0 || workers.Current[draft.WorkerId]?.IsOnDuty(draft.Fix.FixTimeMs) == true
            ? Refusal.None
            : Refusal.OffDuty;
}
