using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace CommandCenter.Access;

/// <summary>
/// Slows down guessing: after failures a pair of user and address must wait 0, 0, 1, 2, 4, 8, then 15 s before the next try, and so must an address
/// with very many failures of whatever users. Nobody is locked out: the right password from elsewhere signs in at once.
/// </summary>
public sealed class SignInDelay(IOptions<AccessOptions> options, TimeProvider time)
{
    private const int LongestSeconds = 15;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Failures> _failures = new(StringComparer.Ordinal);

    /// <summary>
    /// Begins a try. It counts as failed until <see cref="Succeeded"/>, so that many at once gain nothing. The wait when it is too early, else null.
    /// </summary>
    public TimeSpan? Begin(string user, IPAddress? address)
    {
        var now = time.GetUtcNow();
        var (pair, alone) = Keys(user, address);
        lock (_lock)
        {
            var byPair = Of(pair, now);
            var byAddress = Of(alone, now);
            var notBefore = byPair.NotBefore > byAddress.NotBefore ? byPair.NotBefore : byAddress.NotBefore;
            if (notBefore > now)
            {
                return notBefore - now;
            }

            MakeRoom(now);
            _failures[pair] = byPair.Next(now, Delay(byPair.Count + 1));
            _failures[alone] = byAddress.Next(now, Delay(byAddress.Count + 1 - options.Value.AddressFailures));
            return null;
        }
    }

    public void Succeeded(string user, IPAddress? address)
    {
        var (pair, alone) = Keys(user, address);
        lock (_lock)
        {
            _failures.Remove(pair);
            if (_failures.TryGetValue(alone, out var byAddress))
            {
                _failures[alone] = byAddress with { Count = Math.Max(0, byAddress.Count - 1), NotBefore = default };
            }
        }
    }

    /// <summary>The try came to nothing for want of time: it leaves no trace.</summary>
    public void Undo(string user, IPAddress? address)
    {
        var (pair, alone) = Keys(user, address);
        lock (_lock)
        {
            foreach (var key in (ReadOnlySpan<string>)[pair, alone])
            {
                if (_failures.TryGetValue(key, out var found))
                {
                    _failures[key] = found with { Count = Math.Max(0, found.Count - 1), NotBefore = default };
                }
            }
        }
    }

    internal int Remembered => _failures.Count;

    /// <summary>Wait after the n-th failure in a row.</summary>
    internal static TimeSpan Delay(int failures) => failures switch
    {
        <= 2 => TimeSpan.Zero,
        >= 7 => TimeSpan.FromSeconds(LongestSeconds),
        _ => TimeSpan.FromSeconds(1 << (failures - 3)),
    };

    private Failures Of(string key, DateTimeOffset now) =>
        _failures.TryGetValue(key, out var found) && now - found.Last < Forget ? found : default;

    private TimeSpan Forget => TimeSpan.FromMinutes(options.Value.ForgetFailuresMinutes);

    private void MakeRoom(DateTimeOffset now)
    {
        if (_failures.Count < options.Value.RememberedFailures)
        {
            return;
        }

        // Rare: first what is forgotten anyway, then the oldest tenth.
        var oldest = _failures.OrderBy(pair => pair.Value.Last).ToList();
        var drop = Math.Max(oldest.Count(pair => now - pair.Value.Last >= Forget), oldest.Count / 10);
        foreach (var (key, _) in oldest.Take(drop))
        {
            _failures.Remove(key);
        }
    }

    // Whoever has one IPv6 address has the 2^64 beside it.
    private static (string Pair, string Alone) Keys(string user, IPAddress? address)
    {
        var where = address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address ?? IPAddress.None;
        var alone = where.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(where.GetAddressBytes().AsSpan(0, 8)) : where.ToString();
        return ($"{alone} {user.ToLowerInvariant()}", alone);
    }

    private readonly record struct Failures(int Count, DateTimeOffset Last, DateTimeOffset NotBefore)
    {
        public Failures Next(DateTimeOffset now, TimeSpan delay) => new(Count + 1, now, now + delay);
    }
}
