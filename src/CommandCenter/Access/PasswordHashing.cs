using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace CommandCenter.Access;

/// <summary>
/// Slow hashes of people's passwords (PBKDF2 of ASP.NET Core Identity). Each costs a core for a while, so few run at once, some wait, and the
/// rest are turned away before a flood of sign-ins can take the cores from ingest.
/// </summary>
public sealed class PasswordHashing : IDisposable
{
    private static readonly object Nobody = new();

    private readonly PasswordHasher<object> _hasher;
    private readonly SemaphoreSlim _running;
    private readonly int _most;
    private readonly string _unknownUsersHash;
    private int _inside;

    public PasswordHashing(IOptions<AccessOptions> options)
    {
        _hasher = new PasswordHasher<object>(Options.Create(new PasswordHasherOptions { IterationCount = options.Value.PasswordIterations }));
        _running = new SemaphoreSlim(options.Value.ConcurrentHashes);
        _most = options.Value.ConcurrentHashes + options.Value.WaitingHashes;
        _unknownUsersHash = _hasher.HashPassword(Nobody, Guid.NewGuid().ToString());
    }

    /// <summary>Null when too many are waiting already.</summary>
    public Task<string?> HashAsync(string password, CancellationToken cancellationToken) =>
        BoundedAsync<string?>(() => _hasher.HashPassword(Nobody, password), cancellationToken);

    /// <summary>
    /// Whether the password fits; null when too many are waiting already. Without a <paramref name="hash"/> (no such user) it takes as long and
    /// says false, so that time does not tell which names exist.
    /// </summary>
    public Task<bool?> VerifyAsync(string? hash, string password, CancellationToken cancellationToken) => BoundedAsync<bool?>(
        () => _hasher.VerifyHashedPassword(Nobody, hash ?? _unknownUsersHash, password) != PasswordVerificationResult.Failed && hash is not null,
        cancellationToken);

    public void Dispose() => _running.Dispose();

    private async Task<T?> BoundedAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _inside) > _most)
        {
            Interlocked.Decrement(ref _inside);
            return default;
        }

        try
        {
            await _running.WaitAsync(cancellationToken);
            try
            {
                return work();
            }
            finally
            {
                _running.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _inside);
        }
    }
}
