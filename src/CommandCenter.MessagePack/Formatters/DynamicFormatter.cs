namespace MessagePack.Formatters;

/// <summary>
/// A member declared as object: written as what it is; read as the smallest type that its format names, a map as
/// <c>Dictionary&lt;object, object?&gt;</c>, an array as <c>object?[]</c>, a timestamp as DateTime.
/// </summary>
internal sealed class DynamicFormatter : IMessagePackFormatter<object?>
{
    public void Serialize(ref MessagePackWriter writer, object? value, MessagePackSerializerOptions options)
    {
        switch (value)
        {
            case null:
                writer.WriteNil();
                break;
            case { } plain when plain.GetType() == typeof(object):
                writer.WriteMapHeader(0);
                break;
            default:
                UntypedFormatter.For(value.GetType()).Serialize(ref writer, value, options);
                break;
        }
    }

    public object? Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options) => reader.NextMessagePackType switch
    {
        MessagePackType.Nil when reader.TryReadNil() => null,
        MessagePackType.Boolean => reader.ReadBoolean(),
        MessagePackType.Integer => Integer(ref reader),
        MessagePackType.Float => reader.NextCode == MessagePackCode.Float32 ? (object)reader.ReadSingle() : reader.ReadDouble(),
        MessagePackType.String => reader.ReadString(),
        MessagePackType.Binary => FormatterCache<byte[]>.Formatter.Deserialize(ref reader, options),
        MessagePackType.Array => FormatterCache<object?[]>.Formatter.Deserialize(ref reader, options),
        MessagePackType.Map => FormatterCache<Dictionary<object, object?>>.Formatter.Deserialize(ref reader, options),
        MessagePackType.Extension => reader.ReadDateTime(),
        _ => throw new MessagePackSerializationException($"0x{reader.NextCode:x2} begins no value."),
    };

    private static object Integer(ref MessagePackReader reader) => reader.NextCode switch
    {
        <= MessagePackCode.MaxFixInt or MessagePackCode.UInt8 => reader.ReadByte(),
        MessagePackCode.UInt16 => reader.ReadUInt16(),
        MessagePackCode.UInt32 => reader.ReadUInt32(),
        MessagePackCode.UInt64 => reader.ReadUInt64(),
        MessagePackCode.Int16 => reader.ReadInt16(),
        MessagePackCode.Int32 => reader.ReadInt32(),
        MessagePackCode.Int64 => reader.ReadInt64(),
        _ => reader.ReadSByte(),
    };
}
