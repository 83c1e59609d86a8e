namespace MessagePack.Formatters;

// One class for each primitive: the call to the writer is direct and boxes nothing.

internal sealed class BooleanFormatter : IMessagePackFormatter<bool>
{
    public void Serialize(ref MessagePackWriter writer, bool value, MessagePackSerializerOptions options) => writer.Write(value);

    public bool Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options) => reader.ReadBoolean();
}

internal sealed class ByteFormatter : IMessagePackFormatter<byte>
{
    public void Serialize(ref MessagePackWriter writer, byte value, MessagePackSerializerOptions options) => writer.Write(value);

    public byte Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options) => reader.ReadByte();
}

internal sealed class SByteFormatter : IMessagePackFormatter<sbyte>
{
    public void Serialize(ref MessagePackWriter writer, sbyte value, MessagePackSerializerOptions options) => writer.Write(value);

    public sbyte Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options) => reader.ReadSByte();
}

internal sealed class Int16Formatter : IMessagePackFormatter<short>
{
    public void Serialize(ref MessagePackWriter writer, short value, MessagePackSerializerOptions options) => writer.Write(value);

    public short Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options) => reader.ReadInt16();
}

internal sealed class UInt16Formatter : IMessagePackFormatter<ushort>
{
    public void Serialize(ref MessagePackWriter writer, ushort value, MessagePackSerializerOptions options) => writer.Write(value);

    public ushort Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options) => reader.ReadUInt16();
}

internal sealed class Int32Formatter : IMessagePackFormatter<int>
{
    public void Serialize(ref MessagePackWriter writer, int value, MessagePackSerializerOptions options) => writer.Write(value);

    public int Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options) => reader.ReadInt32();
}

internal sealed class UInt32Formatter : IMessagePackFormatter<uint>
{
    public void Serialize(ref MessagePackWriter writer, uint value, MessagePackSerializerOptions options) => writer.Write(value);

    public uint Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options) => reader.ReadUInt32();
}

internal sealed class Int64Formatter : IMessagePackFormatter<long>
{
    public void Serialize(ref MessagePackWriter writer, long value, MessagePackSerializerOptions options) => writer.Write(value);

    public long Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options) => reader.ReadInt64();
}

internal sealed class UInt64Formatter : IMessagePackFormatter<ulong>
{
    public void Serialize(ref MessagePackWriter writer, ulong value, MessagePackSerializerOptions options) => writer.Write(value);

    public ulong Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options) => reader.ReadUInt64();
}

internal sealed class SingleFormatter : IMessagePackFormatter<float>
{
    public void Serialize(ref MessagePackWriter writer, float value, MessagePackSerializerOptions options) => writer.Write(value);

    public float Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options) => reader.ReadSingle();
}

internal sealed class DoubleFormatter : IMessagePackFormatter<double>
{
    public void Serialize(ref MessagePackWriter writer, double value, MessagePackSerializerOptions options) => writer.Write(value);

    public double Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options) => reader.ReadDouble();
}

internal sealed class CharFormatter : IMessagePackFormatter<char>
{
    public void Serialize(ref MessagePackWriter writer, char value, MessagePackSerializerOptions options) => writer.Write(value);

    public char Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options) => reader.ReadChar();
}

internal sealed class StringFormatter : IMessagePackFormatter<string?>
{
    public void Serialize(ref MessagePackWriter writer, string? value, MessagePackSerializerOptions options) => writer.Write(value);

    public string? Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options) => reader.ReadString();
}
