namespace MessagePack.Formatters;

internal sealed class ArrayFormatter<T> : IMessagePackFormatter<T[]?>
{
    public void Serialize(ref MessagePackWriter writer, T[]? value, MessagePackSerializerOptions options)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        writer.WriteArrayHeader(value.Length);
        var formatter = FormatterCache<T>.Formatter;
        foreach (var item in value)
        {
            formatter.Serialize(ref writer, item, options);
        }
    }

    public T[]? Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options) => Items.Read<T>(ref reader, options)?.ToArray();
}

/// <summary>
/// Any sequence is written as an array. Lists, sets and the interfaces that a list, array or set satisfies are read; other sequences only written.
/// </summary>
internal sealed class SequenceFormatter<TSequence, T> : IMessagePackFormatter<TSequence?>
    where TSequence : IEnumerable<T>
{
    private static readonly bool IsList = typeof(TSequence).IsAssignableFrom(typeof(List<T>));
    private static readonly bool IsSet = typeof(TSequence).IsAssignableFrom(typeof(HashSet<T>));

    public void Serialize(ref MessagePackWriter writer, TSequence? value, MessagePackSerializerOptions options)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        if (!value.TryGetNonEnumeratedCount(out var count))
        {
            FormatterCache<T[]>.Formatter.Serialize(ref writer, value.ToArray(), options);
            return;
        }

        writer.WriteArrayHeader(count);
        var formatter = FormatterCache<T>.Formatter;
        if (value is IReadOnlyList<T> list)
        {
            for (var i = 0; i < count; i++)
            {
                formatter.Serialize(ref writer, list[i], options);
            }

            return;
        }

        foreach (var item in value)
        {
            formatter.Serialize(ref writer, item, options);
        }
    }

    public TSequence? Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options)
    {
        if (!IsList && !IsSet)
        {
            throw new MessagePackSerializationException($"{typeof(TSequence)} can be written but not read: take a List or an array.");
        }

        return Items.Read<T>(ref reader, options) is { } items ? (TSequence)(IsList ? items : (object)new HashSet<T>(items)) : default;
    }
}

/// <summary>A dictionary is a map; of a key that comes twice the last value counts.</summary>
internal sealed class DictionaryFormatter<TDictionary, TKey, TValue> : IMessagePackFormatter<TDictionary?>
    where TDictionary : IEnumerable<KeyValuePair<TKey, TValue>>
    where TKey : notnull
{
    private static readonly bool IsDictionary = typeof(TDictionary).IsAssignableFrom(typeof(Dictionary<TKey, TValue>));

    public void Serialize(ref MessagePackWriter writer, TDictionary? value, MessagePackSerializerOptions options)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        writer.WriteMapHeader(value.Count());
        foreach (var (key, item) in value)
        {
            FormatterCache<TKey>.Formatter.Serialize(ref writer, key, options);
            FormatterCache<TValue>.Formatter.Serialize(ref writer, item, options);
        }
    }

    public TDictionary? Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options)
    {
        if (!IsDictionary)
        {
            throw new MessagePackSerializationException($"{typeof(TDictionary)} can be written but not read: take a Dictionary.");
        }

        if (reader.TryReadNil())
        {
            return default;
        }

        var count = reader.ReadMapHeader();
        options.Security.DepthStep(ref reader);
        var map = new Dictionary<TKey, TValue>(Items.FirstCapacity(count));
        for (var i = 0; i < count; i++)
        {
            var key = FormatterCache<TKey>.Formatter.Deserialize(ref reader, options)
                ?? throw new MessagePackSerializationException("A map's key must not be nil.");
            map[key] = FormatterCache<TValue>.Formatter.Deserialize(ref reader, options);
        }

        reader.Depth--;
        return (TDictionary)(object)map;
    }
}

internal static class Items
{
    /// <summary>Reads an array of any length; the list grows with what was really read, not with what the header promised.</summary>
    public static List<T>? Read<T>(ref MessagePackReader reader, MessagePackSerializerOptions options)
    {
        if (reader.TryReadNil())
        {
            return null;
        }

        var count = reader.ReadArrayHeader();
        options.Security.DepthStep(ref reader);
        var items = new List<T>(FirstCapacity(count));
        var formatter = FormatterCache<T>.Formatter;
        for (var i = 0; i < count; i++)
        {
            items.Add(formatter.Deserialize(ref reader, options));
        }

        reader.Depth--;
        return items;
    }

    public static int FirstCapacity(int promised) => Math.Min(promised, 1_024);
}
