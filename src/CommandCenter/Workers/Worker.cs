using CommandCenter.Contracts.Workers;

namespace CommandCenter.Workers;

/// <summary>
/// A worker of the roster. <paramref name="Id"/> is small and dense (a serial number), so it is the slot in every column.
/// <paramref name="DutyPeriods"/> are sorted, in ms since 1970 UTC, the end exclusive and <see cref="long.MaxValue"/> while open.
/// </summary>
public sealed record Worker(
    int Id,
    string Code,
    string Name,
    WorkerRole Role,
    int HomeAreaId,
    string? Phone,
    IReadOnlyList<DutyPeriod> DutyPeriods)
{
    public bool IsOnDuty(long atMs)
    {
        for (var i = DutyPeriods.Count - 1; i >= 0; i--)
        {
            if (DutyPeriods[i].StartMs <= atMs)
            {
                return atMs < DutyPeriods[i].EndMs;
            }
        }

        return false;
    }

    /// <summary>When duty begins or ends next after a moment; <see cref="long.MaxValue"/> when that is not known.</summary>
    public long NextDutyChange(long afterMs)
    {
        var next = long.MaxValue;
        for (var i = DutyPeriods.Count - 1; i >= 0 && DutyPeriods[i].EndMs > afterMs; i--)
        {
            next = DutyPeriods[i].StartMs > afterMs ? DutyPeriods[i].StartMs : DutyPeriods[i].EndMs;
        }

        return next;
    }
}

/// <summary>On duty from <paramref name="StartMs"/> until before <paramref name="EndMs"/>.</summary>
public readonly record struct DutyPeriod(long StartMs, long EndMs);
