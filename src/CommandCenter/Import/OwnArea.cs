using CommandCenter.Access;
using CommandCenter.Areas;

namespace CommandCenter.Import;

internal static class OwnArea
{
    /// <summary>The importer's area, within which a file stays. The schema keeps an account's area from being gone.</summary>
    public static AreaNode OwnOf(this AreaTree tree, Viewer viewer) =>
        viewer.ScopeIn(tree).Root ?? throw new InvalidOperationException($"Account {viewer.AccountId} has no area.");
}
