using CommandCenter.Http;

namespace CommandCenter.Positions.Limits;

/// <summary>How fast each device may report; taking is one compare-and-swap.</summary>
public sealed class DeviceRates(Rate rate, TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();
    private readonly DeviceNumbers _fullAt = new();

    /// <summary>Zero: go ahead. Otherwise the wait until as many reports are allowed.</summary>
    public TimeSpan TryTake(int deviceId, int reports) => TryTake(deviceId, reports, Now());

    /// <summary>As above for one of many devices, at a moment asked for once.</summary>
    public TimeSpan TryTake(int deviceId, int reports, long now)
    {
        ref var fullAt = ref _fullAt[deviceId];
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
    public void GiveBack(int deviceId, int reports) => Interlocked.Add(ref _fullAt[deviceId], -reports * rate.TicksPerToken);

    /// <summary>To have at hand what taking for the device will need; nothing of use.</summary>
    internal long Fetch(int deviceId) => _fullAt[deviceId];

    public long Now() => time.GetElapsedTime(_start).Ticks;
}
