using System.Buffers;
using CommandCenter.Workers;

namespace CommandCenter.Positions.Batch;

/// <summary>One item of a batch as it was read; what could not be read is in the report's <see cref="PositionReport.Malformed"/>.</summary>
/// <param name="Device">The device's user name, needed with a gateway's credentials.</param>
public record struct BatchItem(string? Device, PositionReport Report)
{
    /// <summary>The device of that name, where it was looked up in reading and is known.</summary>
    public Device? Known { get; set; }

    public static BatchItem Malformed(string why) => new(null, new PositionReport { Malformed = why });
}

/// <summary>A batch as it was read: items, or why it is none. The items lie in a pooled array: none may be used once it is disposed.</summary>
/// <param name="Error">Where the body stops making sense; no item of such a body is kept.</param>
/// <param name="TooMany">More items than allowed; reading stopped there.</param>
public sealed record BatchBody(ArraySegment<BatchItem> Items, string? Error = null, bool TooMany = false) : IDisposable
{
    public static BatchBody Unreadable(string error) => new(ArraySegment<BatchItem>.Empty, error);

    public static BatchBody Overfull() => new(ArraySegment<BatchItem>.Empty, TooMany: true);

    public void Dispose()
    {
        if (Items.Array is { Length: > 0 } rented)
        {
            Items.AsSpan().Clear();
            ArrayPool<BatchItem>.Shared.Return(rented);
        }
    }
}

/// <summary>Items in the reading, in a pooled array that grows.</summary>
internal ref struct BatchItems
{
    private BatchItem[] _items;

    public BatchItems() => _items = [];

    public int Count { get; private set; }

    public readonly ref BatchItem this[int index] => ref _items[index];

    public void Add(in BatchItem item)
    {
        if (Count == _items.Length)
        {
            var grown = ArrayPool<BatchItem>.Shared.Rent(Math.Max(16, Count * 2));
            _items.AsSpan(0, Count).CopyTo(grown);
            var count = Count;
            Return();
            _items = grown;
            Count = count;
        }

        _items[Count++] = item;
    }

    /// <summary>Forgets what was read so far.</summary>
    public void Return()
    {
        if (_items.Length > 0)
        {
            _items.AsSpan(0, Count).Clear();
            ArrayPool<BatchItem>.Shared.Return(_items);
        }

        _items = [];
        Count = 0;
    }

    public readonly BatchBody ToBody() => new(new ArraySegment<BatchItem>(_items, 0, Count));
}
