namespace CommandCenter.Positions.Limits;

/// <summary>
/// One number a device, in chunks by its id, because ids are small and dense: only enrolled devices are asked about, so the roster bounds the
/// memory. Chunks never move, so that a number may be read and swapped without a lock.
/// </summary>
internal sealed class DeviceNumbers
{
    private const int ChunkSize = 1_024;

    private readonly Lock _growing = new();
    private long[]?[] _chunks = [];

    public ref long this[int deviceId]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(deviceId);
            var chunk = deviceId / ChunkSize;
            var chunks = Volatile.Read(ref _chunks);
            if (chunk >= chunks.Length || chunks[chunk] is not { } numbers)
            {
                numbers = Grow(chunk);
            }

            return ref numbers[deviceId % ChunkSize];
        }
    }

    private long[] Grow(int chunk)
    {
        lock (_growing)
        {
            if (chunk < _chunks.Length && _chunks[chunk] is { } made)
            {
                return made;
            }

            // Half as much again, lest a large roster copy the table for each of its chunks.
            var chunks = chunk < _chunks.Length ? (long[]?[])_chunks.Clone() : new long[]?[Math.Max(chunk + 1, _chunks.Length * 3 / 2)];
            _chunks.CopyTo(chunks, 0);
            var numbers = new long[ChunkSize];
            chunks[chunk] = numbers;
            Volatile.Write(ref _chunks, chunks);
            return numbers;
        }
    }
}
