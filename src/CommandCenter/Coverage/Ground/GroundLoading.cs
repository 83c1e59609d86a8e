using CommandCenter.Storage;

namespace CommandCenter.Coverage.Ground;

/// <summary>Keeps the <see cref="GroundDirectory"/> and the <see cref="CenterPlane"/>.</summary>
public sealed class GroundLoading(
    CoverageMaskStore masks, CoverageTargetStore targets, CoveragePlaneStore planes, GroundDirectory directory, CenterPlane plane, ChangeFeed changes)
    : DirectoryLoading(changes, Feed, order: 150)
{
    /// <summary>The name under which <see cref="ChangeFeed"/> announces changes of masks, targets and the plane.</summary>
    public const string Feed = "coverage-ground";

    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        plane.Keep(await planes.LoadAsync(cancellationToken));
        directory.Replace(await masks.LoadAsync(cancellationToken), await targets.LoadAsync(cancellationToken));
    }
}
