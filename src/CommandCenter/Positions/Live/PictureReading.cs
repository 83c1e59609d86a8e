using CommandCenter.Areas;
using CommandCenter.Workers;

namespace CommandCenter.Positions.Live;

/// <summary>The picture held still for one reader. <see cref="Tick"/> covers everything that is in it.</summary>
public readonly ref struct PictureReading(
    Lock gate, PictureColumns rows, AreaCounts counts, WorkerSnapshot roster, AreaTree tree, long tick, long nowMs)
{
    public PictureColumns Rows { get; } = rows;

    public AreaCounts Counts { get; } = counts;

    public WorkerSnapshot Roster { get; } = roster;

    public AreaTree Tree { get; } = tree;

    public long Tick { get; } = tick;

    /// <summary>The server's clock, ms since 1970 UTC.</summary>
    public long NowMs { get; } = nowMs;

    public void Dispose() => gate.Exit();
}
