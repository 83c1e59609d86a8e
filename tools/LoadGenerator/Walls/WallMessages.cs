using System.Buffers;
using MessagePack;

namespace CommandCenter.LoadGenerator.Walls;

/// <summary>What a wall says to the hub, each message with its length before it.</summary>
internal static class WallMessages
{
    private const int Invocation = 1;
    private const int StreamInvocation = 4;

    public static ReadOnlyMemory<byte> Handshake { get; } = "{\"protocol\":\"messagepack\",\"version\":1}\u001e"u8.ToArray();

    /// <summary>"I am still there", which the hub wants every 30 s from who says nothing else.</summary>
    public static ReadOnlyMemory<byte> Ping { get; } = new byte[] { 2, 0x91, 6 };

    public static byte[] Watch(string area)
    {
        var body = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(body);
        writer.WriteArrayHeader(6);
        writer.Write(StreamInvocation);
        writer.WriteMapHeader(0);
        writer.Write("1");
        writer.Write("Watch");
        writer.WriteArrayHeader(1);
        writer.WriteMapHeader(1);
        writer.Write("area");
        writer.Write(area);
        writer.WriteArrayHeader(0);
        writer.Flush();
        return WithLength(body.WrittenSpan);
    }

    public static byte[] Shown(long tick)
    {
        var body = new ArrayBufferWriter<byte>(32);
        var writer = new MessagePackWriter(body);
        writer.WriteArrayHeader(6);
        writer.Write(Invocation);
        writer.WriteMapHeader(0);
        writer.WriteNil();
        writer.Write("Shown");
        writer.WriteArrayHeader(1);
        writer.Write(tick);
        writer.WriteArrayHeader(0);
        writer.Flush();
        return WithLength(body.WrittenSpan);
    }

    // Both messages are shorter than 128 bytes, so their length is one byte; an area's code has at most 64.
    private static byte[] WithLength(ReadOnlySpan<byte> body)
    {
        if (body.Length > 127)
        {
            throw new ArgumentException("The area's code is too long.", nameof(body));
        }

        return [(byte)body.Length, .. body];
    }
}
