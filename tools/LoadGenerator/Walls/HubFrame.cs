using System.Buffers;
using MessagePack;

namespace CommandCenter.LoadGenerator.Walls;

/// <summary>What one message of the hub says, as far as a wall needs it.</summary>
internal enum HubMessage
{
    /// <summary>A ping, or anything that asks for nothing.</summary>
    Other,
    Frame,

    /// <summary>The stream or the connection was ended by the server: <see cref="HubFrame.Error"/> may say why.</summary>
    End,
}

/// <summary>
/// A frame's head and its records where they lie in the receive buffer: names and counts are passed over, so that hundreds of walls in one process
/// cost little beside the server they watch.
/// </summary>
internal ref struct HubFrame
{
    private const int StreamItem = 2;
    private const int Completion = 3;
    private const int Close = 7;

    public HubMessage Kind { get; private set; }

    public long Tick { get; private set; }

    public bool Full { get; private set; }

    public bool Crowded { get; private set; }

    public int Count { get; private set; }

    public ReadOnlySequence<byte> Records { get; private set; }

    public string? Error { get; private set; }

    /// <summary>Length of the message that starts here and of its length prefix; false while the prefix is not complete.</summary>
    /// <exception cref="InvalidDataException">A length that no frame has.</exception>
    public static bool TryReadLength(ReadOnlySpan<byte> bytes, out int prefix, out int length)
    {
        (prefix, length) = (0, 0);
        for (var shift = 0; prefix < bytes.Length; shift += 7)
        {
            if (prefix == 5)
            {
                throw new InvalidDataException("A message's length has more than five bytes.");
            }

            var part = bytes[prefix++];
            length |= (part & 0x7f) << shift;
            if (part < 0x80)
            {
                return length >= 0 ? true : throw new InvalidDataException("A message's length is negative.");
            }
        }

        return false;
    }

    /// <summary>One message without its length prefix.</summary>
    /// <exception cref="MessagePackSerializationException">Not a message of the hub.</exception>
    public static HubFrame Read(ReadOnlyMemory<byte> message)
    {
        var frame = default(HubFrame);
        var reader = new MessagePackReader(message);
        var fields = reader.ReadArrayHeader();
        switch (reader.ReadInt32())
        {
            case StreamItem when fields >= 4:
                reader.Skip();
                reader.Skip();
                frame.Kind = HubMessage.Frame;
                frame.ReadFields(ref reader);
                break;
            case Completion when fields >= 4:
                reader.Skip();
                reader.Skip();
                frame.Kind = HubMessage.End;

                // Result kind 1 carries an error.
                frame.Error = reader.ReadInt32() == 1 ? reader.ReadString() : "the stream ended";
                break;
            case Close:
                frame.Kind = HubMessage.End;
                frame.Error = (fields > 1 ? reader.ReadString() : null) ?? "the server closed the connection";
                break;
            default:
                break;
        }

        return frame;
    }

    private void ReadFields(ref MessagePackReader reader)
    {
        for (var members = reader.ReadMapHeader(); members > 0; members--)
        {
            if (!reader.TryReadStringSpan(out var name))
            {
                reader.Skip();
            }

            if (name.SequenceEqual("tick"u8))
            {
                Tick = reader.ReadInt64();
            }
            else if (name.SequenceEqual("full"u8))
            {
                Full = reader.ReadBoolean();
            }
            else if (name.SequenceEqual("crowded"u8))
            {
                Crowded = reader.ReadBoolean();
            }
            else if (name.SequenceEqual("count"u8))
            {
                Count = reader.ReadInt32();
            }
            else if (name.SequenceEqual("records"u8))
            {
                Records = reader.ReadBytes() ?? default;
            }
            else
            {
                reader.Skip();
            }
        }
    }
}
