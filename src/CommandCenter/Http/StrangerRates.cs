using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace CommandCenter.Http;

/// <summary>
/// How often an address may come with credentials that nobody has. An IPv6 /64 counts as one address, for one subscriber owns all of it.
/// The table is bounded; when it is full of addresses that still wait, all others share one bucket.
/// </summary>
public sealed class StrangerRates(Rate rate, TimeProvider time, int capacity = 10_000)
{
    private readonly long _start = time.GetTimestamp();
    private readonly Lock _lock = new();
    private readonly Dictionary<ulong, long> _fullAt = [];
    private long _othersFullAt;
    private long _nextSweep;

    /// <summary>Zero: answer the stranger. Otherwise the wait to tell it.</summary>
    public TimeSpan TryTake(IPAddress? address) => TryTake(KeyOf(address));

    /// <summary>As for an address, where the caller counts by something else that is bounded, such as the id of a device.</summary>
    public TimeSpan TryTake(ulong key)
    {
        var now = time.GetElapsedTime(_start).Ticks;
        lock (_lock)
        {
            if (!_fullAt.TryGetValue(key, out var fullAt) && _fullAt.Count >= capacity && !Sweep(now))
            {
                return rate.Take(ref _othersFullAt, 1, now);
            }

            var wait = rate.Take(ref fullAt, 1, now);
            _fullAt[key] = fullAt;
            return wait;
        }
    }

    internal int Count
    {
        get
        {
            lock (_lock)
            {
                return _fullAt.Count;
            }
        }
    }

    /// <summary>Forgets addresses whose bucket is full again; looks at most once a second, since it reads the whole table.</summary>
    private bool Sweep(long now)
    {
        if (now < _nextSweep)
        {
            return false;
        }

        _nextSweep = now + TimeSpan.TicksPerSecond;
        foreach (var (key, fullAt) in _fullAt)
        {
            if (fullAt <= now)
            {
                _fullAt.Remove(key);
            }
        }

        return _fullAt.Count < capacity;
    }

    /// <summary>The address, or of an IPv6 address its /64.</summary>
    public static ulong KeyOf(IPAddress? address)
    {
        if (address is null)
        {
            return ulong.MaxValue;
        }

        var known = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        known.TryWriteBytes(bytes, out _);
        var head = BinaryPrimitives.ReadUInt64BigEndian(bytes);

        // IPv4 addresses go where no unicast IPv6 network is: the low half of a prefix of zeros.
        return known.AddressFamily == AddressFamily.InterNetwork ? head >> 32 : head;
    }
}
