using System.Buffers;

namespace CommandCenter.Positions.Protocols;

/// <summary>Reads a body up to a bound, whether its length was announced or it comes in chunks.</summary>
public static class RequestBody
{
    /// <summary>The whole body; null when it is longer than <paramref name="maxBytes"/>.</summary>
    public static async ValueTask<RentedBody?> ReadAsync(HttpRequest request, int maxBytes, CancellationToken cancellationToken)
    {
        if (request.ContentLength > maxBytes)
        {
            return null;
        }

        if (request.ContentLength == 0)
        {
            return RentedBody.Empty;
        }

        var reader = request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken);
            if (read.Buffer.Length > maxBytes)
            {
                reader.AdvanceTo(read.Buffer.End);
                return null;
            }

            if (read.IsCompleted)
            {
                var body = RentedBody.Of(read.Buffer);
                reader.AdvanceTo(read.Buffer.End);
                return body;
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }
}

/// <summary>A body in a pooled array: nothing of it may be used once it is disposed.</summary>
public readonly struct RentedBody : IDisposable
{
    public static readonly RentedBody Empty = new([], 0);

    private readonly byte[] _bytes;
    private readonly int _length;

    private RentedBody(byte[] bytes, int length) => (_bytes, _length) = (bytes, length);

    public ReadOnlyMemory<byte> Memory => _bytes.AsMemory(0, _length);

    public static RentedBody Of(in ReadOnlySequence<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return Empty;
        }

        var length = (int)bytes.Length;
        var rented = ArrayPool<byte>.Shared.Rent(length);
        bytes.CopyTo(rented);
        return new(rented, length);
    }

    public void Dispose()
    {
        if (_bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
        }
    }
}
