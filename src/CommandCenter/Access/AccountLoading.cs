using CommandCenter.Storage;

namespace CommandCenter.Access;

/// <summary>Fills the <see cref="AccountDirectory"/> before the server says ready and whenever any node changes an account.</summary>
public sealed class AccountLoading : IStartupStep
{
    private readonly AccountStore _store;
    private readonly AccountDirectory _directory;
    private readonly SemaphoreSlim _gate = new(1, 1);

    public AccountLoading(AccountStore store, AccountDirectory directory, ChangeFeed changes)
    {
        _store = store;
        _directory = directory;
        changes.OnChange(AccountStore.Feed, RefreshAsync);
    }

    public int Order => 101;

    public string Name => "accounts";

    public Task RunAsync(CancellationToken cancellationToken) => RefreshAsync(cancellationToken);

    public bool IsMissing(Account account) => _directory.Find(account.Id) != account;

    /// <summary>One at a time, so that an older reading never replaces a newer one.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            _directory.Replace((await _store.LoadAsync(cancellationToken)).Select(row => row.ToAccount()));
        }
        finally
        {
            _gate.Release();
        }
    }
}
