using CommandCenter.Http;

namespace CommandCenter.Positions.Limits;

/// <summary>
/// How fast each device may report. One number a device, in chunks by its id, because ids are small and dense: only enrolled devices
/// are asked about, so the roster bounds the memory. Chunks never move, so that taking is one compare-and-swap.
/// </summary>
public sealed class DeviceRates(Rate rate, TimeProvider time)
{
    private const int ChunkSize = 1_024;

    private readonly long _start = time.GetTimestamp();
    private readonly Lock _growing = new();
    private long[]?[] _chunks = [];

    /// <summary>Zero: go ahead. Otherwise the wait until as many reports are allowed.</summary>
    public TimeSpan TryTake(int deviceId, int reports)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(deviceId);
        ref var fullAt = ref Slot(deviceId);
        var now = Now();
        while (true)
        {
            var seen = Volatile.Read(ref fullAt);
            var moved = seen;
            var wait = rate.Take(ref moved, reports, now);
            if (wait > TimeSpan.Zero || Interlocked.CompareExchange(ref fullAt, moved, seen) == seen)
            {
                return wait;
            }
        }
    }

    /// <summary>Gives back what was taken for reports that the server then could not keep: sending them again costs nothing extra.</summary>
    public void GiveBack(int deviceId, int reports) => Interlocked.Add(ref Slot(deviceId), -reports * rate.TicksPerToken);

    private ref long Slot(int deviceId)
    {
        var chunk = deviceId / ChunkSize;
        var chunks = Volatile.Read(ref _chunks);
        if (chunk >= chunks.Length || chunks[chunk] is not { } slots)
        {
            slots = Grow(chunk);
        }

        return ref slots[deviceId % ChunkSize];
    }

    private long[] Grow(int chunk)
    {
        lock (_growing)
        {
            if (chunk < _chunks.Length && _chunks[chunk] is { } made)
            {
                return made;
            }

            var chunks = new long[]?[Math.Max(_chunks.Length, chunk + 1)];
            _chunks.CopyTo(chunks, 0);
            var slots = new long[ChunkSize];
            chunks[chunk] = slots;
            Volatile.Write(ref _chunks, chunks);
            return slots;
        }
    }

    private long Now() => time.GetElapsedTime(_start).Ticks;
}
