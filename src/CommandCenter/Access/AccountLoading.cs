using CommandCenter.Storage;

namespace CommandCenter.Access;

/// <summary>Keeps the <see cref="AccountDirectory"/>.</summary>
public sealed class AccountLoading(AccountStore store, AccountDirectory directory, ChangeFeed changes) : DirectoryLoading(changes, AccountStore.Feed, order: 101)
{
    public bool IsMissing(Account account) => directory.Find(account.Id) != account;

    protected override async Task LoadAsync(CancellationToken cancellationToken) =>
        directory.Replace((await store.LoadAsync(cancellationToken)).Select(row => row.ToAccount()));
}
