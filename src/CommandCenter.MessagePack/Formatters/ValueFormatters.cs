using System.Runtime.CompilerServices;
using System.Text;

namespace MessagePack.Formatters;

internal sealed class NullableFormatter<T> : IMessagePackFormatter<T?>
    where T : struct
{
    public void Serialize(ref MessagePackWriter writer, T? value, MessagePackSerializerOptions options)
    {
        if (value is { } present)
        {
            FormatterCache<T>.Formatter.Serialize(ref writer, present, options);
        }
        else
        {
            writer.WriteNil();
        }
    }

    public T? Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options) =>
        reader.TryReadNil() ? null : FormatterCache<T>.Formatter.Deserialize(ref reader, options);
}

/// <summary>An enum is its number; numbers without a name are kept.</summary>
internal sealed class EnumFormatter<TEnum, TNumber> : IMessagePackFormatter<TEnum>
    where TEnum : struct, Enum
    where TNumber : unmanaged
{
    public void Serialize(ref MessagePackWriter writer, TEnum value, MessagePackSerializerOptions options) =>
        FormatterCache<TNumber>.Formatter.Serialize(ref writer, Unsafe.As<TEnum, TNumber>(ref value), options);

    public TEnum Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options)
    {
        var number = FormatterCache<TNumber>.Formatter.Deserialize(ref reader, options);
        return Unsafe.As<TNumber, TEnum>(ref number);
    }
}

internal sealed class DateTimeFormatter : IMessagePackFormatter<DateTime>
{
    public void Serialize(ref MessagePackWriter writer, DateTime value, MessagePackSerializerOptions options) => writer.Write(value);

    public DateTime Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options) => reader.ReadDateTime();
}

/// <summary>The moment alone, as a timestamp; it is read back with offset zero.</summary>
internal sealed class DateTimeOffsetFormatter : IMessagePackFormatter<DateTimeOffset>
{
    public void Serialize(ref MessagePackWriter writer, DateTimeOffset value, MessagePackSerializerOptions options) => writer.Write(value.UtcDateTime);

    public DateTimeOffset Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options) => new(reader.ReadDateTime());
}

/// <summary>A str of 36 characters: 00000000-0000-0000-0000-000000000000.</summary>
internal sealed class GuidFormatter : IMessagePackFormatter<Guid>
{
    public void Serialize(ref MessagePackWriter writer, Guid value, MessagePackSerializerOptions options)
    {
        Span<char> text = stackalloc char[36];
        value.TryFormat(text, out _, "D");
        writer.Write((ReadOnlySpan<char>)text);
    }

    public Guid Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options) =>
        reader.ReadStringSequence() is { Length: 36 } text && Guid.TryParseExact(Encoding.UTF8.GetString(text), "D", out var value)
            ? value
            : throw new MessagePackSerializationException("Expected a Guid of 36 characters.");
}
