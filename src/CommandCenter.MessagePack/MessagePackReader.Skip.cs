using System.Buffers;

namespace MessagePack;

/// <summary>Values that nobody asked for.</summary>
public ref partial struct MessagePackReader
{
    /// <summary>Moves past the next value, however deeply nested: a loop, so that nesting costs no stack.</summary>
    public void Skip()
    {
        for (long pending = 1; pending > 0; pending--)
        {
            switch (NextMessagePackType)
            {
                case MessagePackType.Array:
                    pending += ReadArrayHeader();
                    break;
                case MessagePackType.Map:
                    pending += 2L * ReadMapHeader();
                    break;
                case MessagePackType.String:
                    Slice(ReadStringLength());
                    break;
                case MessagePackType.Binary:
                    ReadBytes();
                    break;
                case MessagePackType.Extension:
                    Slice(ReadExtensionFormatHeader().Length);
                    break;
                case MessagePackType.Integer:
                    ReadInteger(out _);
                    break;
                case MessagePackType.Float:
                    ReadDouble();
                    break;
                case MessagePackType.Nil or MessagePackType.Boolean:
                    ReadCode();
                    break;
                default:
                    throw Unexpected(NextCode, "a value");
            }
        }
    }

    /// <summary>Reads so many bytes as they are.</summary>
    public ReadOnlySequence<byte> ReadRaw(long length) => Slice(length);

    /// <summary>The next value's bytes as they are, without copying them.</summary>
    public ReadOnlySequence<byte> ReadRaw()
    {
        var from = bytes.UnreadSequence;
        var before = bytes.Consumed;
        Skip();
        return from.Slice(0, bytes.Consumed - before);
    }
}
