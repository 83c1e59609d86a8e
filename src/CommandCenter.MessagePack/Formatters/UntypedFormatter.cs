using System.Collections.Concurrent;

namespace MessagePack;

/// <summary>A formatter for those who know the type only at run time: hub arguments.</summary>
internal abstract class UntypedFormatter
{
    private static readonly ConcurrentDictionary<Type, UntypedFormatter> ByType = new();

    public static UntypedFormatter For(Type type) =>
        ByType.GetOrAdd(type, static type => (UntypedFormatter)Activator.CreateInstance(typeof(UntypedFormatter<>).MakeGenericType(type))!);

    public abstract void Serialize(ref MessagePackWriter writer, object? value, MessagePackSerializerOptions options);

    public abstract object? Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options);
}

internal sealed class UntypedFormatter<T> : UntypedFormatter
{
    public override void Serialize(ref MessagePackWriter writer, object? value, MessagePackSerializerOptions options) =>
        FormatterCache<T>.Formatter.Serialize(ref writer, (T)value!, options);

    public override object? Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options) =>
        FormatterCache<T>.Formatter.Deserialize(ref reader, options);
}
