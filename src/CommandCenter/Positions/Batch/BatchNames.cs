using System.Runtime.CompilerServices;
using CommandCenter.Workers;

namespace CommandCenter.Positions.Batch;

/// <summary>
/// Devices' names on their way to being looked up. Among millions of devices each look-up is several waits for memory, one after another;
/// of many at once the waits run side by side.
/// </summary>
/// <param name="devices">Null: nothing is looked up.</param>
internal struct BatchNames(DeviceDirectory? devices)
{
    private const int AtOnce = 32;

    /// <summary>Where the fetched goes, so that fetching it is no idle code.</summary>
    private static int s_fetched;

    private Waiting _waiting;
    private int _count;

    public readonly bool IsFull => _count == AtOnce;

    /// <param name="item">Index of the item that names the device.</param>
    /// <param name="name">Where the name stands, UTF-8.</param>
    public void Add(int item, (int At, int Length) name) => _waiting[_count++] = (item, name.At, name.Length);

    /// <summary>Sets the device of each item that waits; their names stand in <paramref name="from"/>.</summary>
    public void Find(ReadOnlySpan<byte> from, ref BatchItems items)
    {
        Span<uint> hashes = stackalloc uint[AtOnce];
        for (var i = 0; devices is not null && i < _count; i++)
        {
            hashes[i] = devices.HashOf(from.Slice(_waiting[i].At, _waiting[i].Length));
        }

        s_fetched = devices?.Fetch(hashes[.._count]) ?? 0;
        for (var i = 0; i < _count; i++)
        {
            var name = from.Slice(_waiting[i].At, _waiting[i].Length);
            ref var item = ref items[_waiting[i].Item];
            var known = devices?.FindByUser(name, hashes[i]);
            (item.Device, item.Known) = known is null ? BatchFields.Identify(name, devices) : (known.User, known);
        }

        _count = 0;
    }

    [InlineArray(AtOnce)]
    private struct Waiting
    {
        private (int Item, int At, int Length) _first;
    }
}
