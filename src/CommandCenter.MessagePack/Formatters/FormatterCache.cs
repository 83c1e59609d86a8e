using MessagePack.Formatters;

namespace MessagePack;

/// <summary>The one formatter of a type, made when first asked for. Formatters find each other here at run time, so that types may refer to themselves.</summary>
internal static class FormatterCache<T>
{
    private static IMessagePackFormatter<T>? formatter;

    /// <exception cref="MessagePackSerializationException">The type cannot be written or read.</exception>
    public static IMessagePackFormatter<T> Formatter => formatter ??= (IMessagePackFormatter<T>)FormatterFactory.Create(typeof(T));
}
