using System.Collections.Concurrent;

namespace CommandCenter.Access.Kiosks;

/// <summary>When each kiosk was last alive, as this node saw it: noted with each request and tick of a connection, written now and then.</summary>
public sealed class KioskPresence(TimeProvider time)
{
    private readonly ConcurrentDictionary<int, DateTimeOffset> _seen = new();

    /// <param name="accountId">Of a kiosk that the directory knows: so there are no more entries than kiosks.</param>
    public void Note(int accountId) => _seen[accountId] = time.GetUtcNow();

    public DateTimeOffset? LastSeen(int accountId) => _seen.TryGetValue(accountId, out var at) ? at : null;

    /// <summary>Everything noted at <paramref name="since"/> or later.</summary>
    internal IReadOnlyList<(int AccountId, DateTimeOffset At)> Since(DateTimeOffset since) =>
        [.. _seen.Where(pair => pair.Value >= since).Select(pair => (pair.Key, pair.Value))];
}
