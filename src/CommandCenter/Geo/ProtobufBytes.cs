namespace CommandCenter.Geo;

/// <summary>The little of the Protocol Buffers wire format that tiles need.</summary>
internal sealed class ProtobufBytes
{
    private readonly MemoryStream _bytes = new();

    public void Varint(ulong value)
    {
        while (value >= 0x80)
        {
            _bytes.WriteByte((byte)(value | 0x80));
            value >>= 7;
        }

        _bytes.WriteByte((byte)value);
    }

    public void Number(int field, ulong value)
    {
        Varint((ulong)(field << 3));
        Varint(value);
    }

    public void Bytes(int field, ReadOnlySpan<byte> bytes)
    {
        Varint((ulong)((field << 3) | 2));
        Varint((ulong)bytes.Length);
        _bytes.Write(bytes);
    }

    public void Append(ProtobufBytes other) => other._bytes.WriteTo(_bytes);

    public byte[] ToArray() => _bytes.ToArray();
}
