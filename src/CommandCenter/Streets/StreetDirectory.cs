using CommandCenter.Storage;

namespace CommandCenter.Streets;

/// <summary>The streets in memory, replaced whole when they are imported anew.</summary>
public sealed class StreetDirectory
{
    private volatile StreetNetwork _current = StreetNetwork.Empty;

    public StreetNetwork Current => _current;

    public void Replace(StreetNetwork network) => _current = network;
}

/// <summary>Keeps the <see cref="StreetDirectory"/>.</summary>
public sealed class StreetLoading(StreetStore store, StreetDirectory directory, ChangeFeed changes) : DirectoryLoading(changes, StreetStore.Feed, order: 150)
{
    protected override async Task LoadAsync(CancellationToken cancellationToken) => directory.Replace(new StreetNetwork(await store.LoadAsync(cancellationToken)));
}
