using System.Buffers;

namespace Microsoft.AspNetCore.SignalR.Protocol;

/// <summary>Bytes of unknown number in blocks of the shared pool: growing copies nothing. Disposing gives the blocks back.</summary>
internal sealed class PooledBlocks : IBufferWriter<byte>, IDisposable
{
    private const int FirstBlock = 1_024;
    private const int LargestBlock = 64 * 1_024;

    private readonly List<(byte[] Bytes, int Used)> full = [];
    private byte[] current = [];
    private int used;
    private int fullBytes;

    public int Length => fullBytes + used;

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, current.Length - used);
        used += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return current.AsMemory(used);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return current.AsSpan(used);
    }

    public void CopyTo(IBufferWriter<byte> output)
    {
        foreach (var (bytes, count) in full)
        {
            output.Write(bytes.AsSpan(0, count));
        }

        output.Write(current.AsSpan(0, used));
    }

    public void CopyTo(Span<byte> to)
    {
        foreach (var (bytes, count) in full)
        {
            bytes.AsSpan(0, count).CopyTo(to);
            to = to[count..];
        }

        current.AsSpan(0, used).CopyTo(to);
    }

    public void Dispose()
    {
        foreach (var (bytes, _) in full)
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }

        full.Clear();
        if (current.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(current);
        }

        current = [];
        used = fullBytes = 0;
    }

    private void Reserve(int sizeHint)
    {
        if (current.Length - used >= Math.Max(sizeHint, 1))
        {
            return;
        }

        var next = ArrayPool<byte>.Shared.Rent(Math.Max(sizeHint, Math.Clamp(current.Length * 2, FirstBlock, LargestBlock)));
        if (current.Length > 0)
        {
            full.Add((current, used));
            fullBytes = checked(fullBytes + used);
        }

        current = next;
        used = 0;
    }
}
