using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace CommandCenter.LoadGenerator.Center;

/// <summary>As much of Redis's protocol as the baseline needs: one command under way, blocking, over one connection.</summary>
internal sealed class RespClient : IDisposable
{
    private const int MostReplyBytes = 16 * 1024 * 1024;

    private readonly Socket _socket;
    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;

    public RespClient(RedisAddress address)
    {
        _socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = 10_000, SendTimeout = 10_000 };
        _socket.Connect(address.Host, address.Port);
        if (address.Password is { } password)
        {
            Command("AUTH"u8.ToArray(), Encoding.UTF8.GetBytes(password));
        }
    }

    public static byte[] Encode(params ReadOnlySpan<byte[]> words)
    {
        using var bytes = new MemoryStream();
        bytes.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"*{words.Length}\r\n")));
        foreach (var word in words)
        {
            bytes.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"${word.Length}\r\n")));
            bytes.Write(word);
            bytes.Write("\r\n"u8);
        }

        return bytes.ToArray();
    }

    /// <summary>Every bulk string of the reply, however deep.</summary>
    public List<byte[]> Command(params ReadOnlySpan<byte[]> words) => Send(Encode(words));

    public List<byte[]> Send(byte[] encoded)
    {
        for (var sent = 0; sent < encoded.Length;)
        {
            sent += _socket.Send(encoded.AsSpan(sent));
        }

        var bulks = new List<byte[]>();
        Read(bulks);
        return bulks;
    }

    public void Dispose() => _socket.Dispose();

    private void Read(List<byte[]> bulks)
    {
        var line = Line();
        switch (line[0])
        {
            case '-':
                throw new RunFailedException("Redis said: " + line[1..]);
            case '$' when Number(line) >= 0:
                var bulk = new byte[Number(line)];
                Fill(bulk);
                Fill(new byte[2]);
                bulks.Add(bulk);
                break;
            case '*':
                for (var left = Number(line); left > 0; left--)
                {
                    Read(bulks);
                }

                break;
            default:
                break;
        }
    }

    private static int Number(string line) =>
        int.TryParse(line.AsSpan(1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number <= MostReplyBytes
            ? number
            : throw new RunFailedException("Redis's reply cannot be read.");

    private string Line()
    {
        var line = new StringBuilder();
        Span<byte> next = stackalloc byte[1];
        while (true)
        {
            Fill(next);
            if (next[0] == '\n')
            {
                return line.Length > 0 ? line.ToString() : throw new RunFailedException("Redis's reply is empty.");
            }

            if (next[0] != '\r')
            {
                line.Append((char)next[0]);
            }
        }
    }

    private void Fill(Span<byte> to)
    {
        while (!to.IsEmpty)
        {
            if (_start == _end)
            {
                (_start, _end) = (0, _socket.Receive(_buffer));
                if (_end == 0)
                {
                    throw new RunFailedException("Redis closed the connection.");
                }
            }

            var part = Math.Min(to.Length, _end - _start);
            _buffer.AsSpan(_start, part).CopyTo(to);
            _start += part;
            to = to[part..];
        }
    }
}
