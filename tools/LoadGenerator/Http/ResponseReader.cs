using System.Buffers.Text;

namespace CommandCenter.LoadGenerator.Http;

/// <summary>
/// Reads the answers of one HTTP/1.1 connection, one request at a time: status line, headers, and a body by Content-Length or in chunks.
/// Bounded: a longer answer, or one that breaks the rules, throws <see cref="InvalidDataException"/>.
/// </summary>
internal sealed class ResponseReader(int maxBytes = ResponseReader.UsualMax)
{
    public const int UsualMax = 4 * 1024 * 1024;

    private static ReadOnlySpan<byte> HeadersEnd => "\r\n\r\n"u8;

    private byte[] _buffer = new byte[2_048];
    private int _length;
    private int _headers;
    private int _bodyLength;

    public int Status { get; private set; }

    /// <summary>The server closes the connection after this answer.</summary>
    public bool Closes { get; private set; }

    /// <summary>Of the answer last completed, until the next <see cref="Begin"/>.</summary>
    public ReadOnlySpan<byte> Body => _buffer.AsSpan(_headers, _bodyLength);

    public void Begin() => (_length, _headers, _bodyLength, Status, Closes) = (0, 0, 0, 0, false);

    /// <summary>Where the next bytes go.</summary>
    public Span<byte> Free()
    {
        if (_length == _buffer.Length)
        {
            if (_length >= maxBytes)
            {
                throw new InvalidDataException($"An answer of more than {maxBytes} bytes.");
            }

            Array.Resize(ref _buffer, Math.Min(maxBytes, _length * 4));
        }

        return _buffer.AsSpan(_length);
    }

    /// <summary>True when the answer is complete.</summary>
    public bool Take(int received)
    {
        _length += received;
        if (_headers == 0)
        {
            var end = _buffer.AsSpan(0, _length).IndexOf(HeadersEnd);
            if (end < 0)
            {
                return false;
            }

            _headers = end + HeadersEnd.Length;
            ReadHeaders(_buffer.AsSpan(0, end + 2));
        }

        return _bodyLength >= 0 ? TakeKnown() : TryUnchunk();
    }

    private bool TakeKnown() => (_length - _headers).CompareTo(_bodyLength) switch
    {
        < 0 => false,
        0 => true,
        _ => throw new InvalidDataException("Bytes follow the answer."),
    };

    private void ReadHeaders(ReadOnlySpan<byte> text)
    {
        var line = NextLine(ref text);
        if (!line.StartsWith("HTTP/1.1 "u8) || !Utf8Parser.TryParse(line[9..], out int status, out _))
        {
            throw new InvalidDataException("Not an answer of HTTP/1.1.");
        }

        Status = status;
        _bodyLength = status is 204 or 304 ? 0 : -2;
        while (!text.IsEmpty)
        {
            ReadHeader(NextLine(ref text));
        }

        if (_bodyLength == -2)
        {
            throw new InvalidDataException("An answer without Content-Length.");
        }
    }

    // -1 stands for chunks.
    private void ReadHeader(ReadOnlySpan<byte> line)
    {
        if (Is(line, "content-length:"u8, out var value))
        {
            if (!Utf8Parser.TryParse(value, out _bodyLength, out _) || _bodyLength < 0 || _bodyLength > maxBytes)
            {
                throw new InvalidDataException("A Content-Length that cannot be.");
            }
        }
        else if (Is(line, "transfer-encoding:"u8, out value))
        {
            _bodyLength = -1;
        }
        else if (Is(line, "connection:"u8, out value))
        {
            Closes = value.SequenceEqual("close"u8);
        }
    }

    private static bool Is(ReadOnlySpan<byte> line, ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        value = default;
        if (line.Length < name.Length || !System.Text.Ascii.EqualsIgnoreCase(line[..name.Length], name))
        {
            return false;
        }

        value = line[name.Length..].Trim((byte)' ');
        return true;
    }

    private static ReadOnlySpan<byte> NextLine(ref ReadOnlySpan<byte> text)
    {
        var end = text.IndexOf("\r\n"u8);
        var line = text[..end];
        text = text[(end + 2)..];
        return line;
    }

    /// <summary>Looks whether all chunks are there, and only then moves them together, so that nothing must be remembered between two receives.</summary>
    private bool TryUnchunk()
    {
        var total = Walk(move: false);
        if (total >= 0)
        {
            Walk(move: true);
            _bodyLength = total;
        }

        return total >= 0;
    }

    private int Walk(bool move)
    {
        var (at, total) = (_headers, 0);
        while (true)
        {
            var rest = _buffer.AsSpan(at, _length - at);
            var end = rest.IndexOf("\r\n"u8);
            if (end < 0)
            {
                return -1;
            }

            if (!Utf8Parser.TryParse(rest[..end], out int size, out var digits, 'x') || digits == 0 || size < 0 || size > maxBytes)
            {
                throw new InvalidDataException("A chunk without a size.");
            }

            at += end + 2;
            if (_length - at < size + 2)
            {
                return -1;
            }

            if (move)
            {
                _buffer.AsSpan(at, size).CopyTo(_buffer.AsSpan(_headers + total));
            }

            at += size + 2;
            total += size;
            if (size == 0)
            {
                return total;
            }
        }
    }
}
