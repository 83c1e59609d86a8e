using System.Buffers;

namespace CommandCenter.Wall;

/// <summary>A frame's records in the making, in a pooled array: of a frame nothing is allocated but what goes out.</summary>
internal ref struct FrameBytes
{
    private const int First = 4_096;

    private byte[] _bytes;

    public FrameBytes() => _bytes = [];

    public int Length { get; private set; }

    /// <summary>Room for the next record.</summary>
    public Span<byte> Take(int size)
    {
        if (_bytes.Length - Length < size)
        {
            var grown = ArrayPool<byte>.Shared.Rent(Math.Max(First, _bytes.Length * 2));
            _bytes.AsSpan(0, Length).CopyTo(grown);
            Return();
            _bytes = grown;
        }

        Length += size;
        return _bytes.AsSpan(Length - size, size);
    }

    public byte[] ToArrayAndReturn()
    {
        var bytes = _bytes.AsSpan(0, Length).ToArray();
        Return();
        _bytes = [];
        return bytes;
    }

    private readonly void Return()
    {
        if (_bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
        }
    }
}
