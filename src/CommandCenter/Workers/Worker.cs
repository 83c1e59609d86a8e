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
    /// <summary>Since when no longer on the roster; null while on it.</summary>
    public DateTimeOffset? LeftAt { get; init; }

    /// <summary>What the worker can do beside walking, in words of the district's own; those with the same share them.</summary>
    public IReadOnlyList<string> Skills { get; init; } = [];

    public bool IsOnDuty(long atMs)
    {
        var periods = Periods;
        for (var i = periods.Length - 1; i >= 0; i--)
        {
            if (periods[i].StartMs <= atMs)
            {
                return atMs < periods[i].EndMs;
            }
        }

        return false;
    }

    /// <summary>When duty begins or ends next after a moment; <see cref="long.MaxValue"/> when that is not known.</summary>
    public long NextDutyChange(long afterMs)
    {
        var next = long.MaxValue;
        var periods = Periods;
        for (var i = periods.Length - 1; i >= 0 && periods[i].EndMs > afterMs; i--)
        {
            next = periods[i].StartMs > afterMs ? periods[i].StartMs : periods[i].EndMs;
        }

        return next;
    }

    /// <summary>An array wherever they come from the roster: asked for every fix, through the interface it showed in profiles.</summary>
    private ReadOnlySpan<DutyPeriod> Periods => DutyPeriods as DutyPeriod[] ?? [.. DutyPeriods];
}

/// <summary>On duty from <paramref name="StartMs"/> until before <paramref name="EndMs"/>.</summary>
public readonly record struct DutyPeriod(long StartMs, long EndMs);
