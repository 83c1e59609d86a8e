using CommandCenter.Storage;

namespace CommandCenter.Areas;

/// <summary>Keeps the <see cref="AreaDirectory"/>; before all others, whose entries name areas.</summary>
public sealed class AreaLoading(AreaStore store, AreaDirectory directory, ChangeFeed changes) : DirectoryLoading(changes, AreaStore.Feed, order: 100)
{
    protected override async Task LoadAsync(CancellationToken cancellationToken) => directory.Replace(await store.LoadAsync(cancellationToken));
}
