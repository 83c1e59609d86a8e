using CommandCenter.Storage;

namespace CommandCenter.Coverage.Ground;

/// <summary>Keeps the <see cref="GroundDirectory"/>.</summary>
public sealed class GroundLoading(CoverageMaskStore masks, CoverageTargetStore targets, GroundDirectory directory, ChangeFeed changes)
    : DirectoryLoading(changes, Feed, order: 150)
{
    /// <summary>The name under which <see cref="ChangeFeed"/> announces changes of masks and targets.</summary>
    public const string Feed = "coverage-ground";

    protected override async Task LoadAsync(CancellationToken cancellationToken) =>
        directory.Replace(await masks.LoadAsync(cancellationToken), await targets.LoadAsync(cancellationToken));
}
