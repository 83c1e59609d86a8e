using System.Buffers;

namespace MessagePack;

/// <summary>
/// Writes and reads values by their type: see <see cref="MessagePackObjectAttribute"/>. A type without it is a map of its public members' names.
/// Formatters are made once for each type.
/// </summary>
/// <remarks>Everything throws <see cref="MessagePackSerializationException"/> and nothing else.</remarks>
public static class MessagePackSerializer
{
    public static byte[] Serialize<T>(T value, MessagePackSerializerOptions? options = null, CancellationToken cancellationToken = default)
    {
        var buffer = new ArrayBufferWriter<byte>();
        Serialize(buffer, value, options, cancellationToken);
        return buffer.WrittenSpan.ToArray();
    }

    public static void Serialize<T>(IBufferWriter<byte> writer, T value, MessagePackSerializerOptions? options = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var fast = new MessagePackWriter(writer);
        Serialize(ref fast, value, options);
        fast.Flush();
    }

    /// <summary>Writes without flushing the writer.</summary>
    public static void Serialize<T>(ref MessagePackWriter writer, T value, MessagePackSerializerOptions? options = null)
    {
        try
        {
            FormatterCache<T>.Formatter.Serialize(ref writer, value, options ?? MessagePackSerializerOptions.Standard);
        }
        catch (Exception error) when (error is not MessagePackSerializationException)
        {
            throw new MessagePackSerializationException($"Failed to serialize {typeof(T)}.", error);
        }
    }

    /// <summary>Writes a value as <paramref name="type"/>, without flushing the writer.</summary>
    public static void Serialize(Type type, ref MessagePackWriter writer, object? value, MessagePackSerializerOptions? options = null)
    {
        try
        {
            UntypedFormatter.For(type).Serialize(ref writer, value, options ?? MessagePackSerializerOptions.Standard);
        }
        catch (Exception error) when (error is not MessagePackSerializationException)
        {
            throw new MessagePackSerializationException($"Failed to serialize {type}.", error);
        }
    }

    /// <summary>Reads one value; bytes after it are left alone.</summary>
    public static T Deserialize<T>(ReadOnlyMemory<byte> buffer, MessagePackSerializerOptions? options = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var reader = new MessagePackReader(buffer);
        return Deserialize<T>(ref reader, options);
    }

    /// <summary>Reads one value; bytes after it are left alone.</summary>
    public static T Deserialize<T>(in ReadOnlySequence<byte> byteSequence, MessagePackSerializerOptions? options = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var reader = new MessagePackReader(byteSequence);
        return Deserialize<T>(ref reader, options);
    }

    public static T Deserialize<T>(ref MessagePackReader reader, MessagePackSerializerOptions? options = null)
    {
        try
        {
            return FormatterCache<T>.Formatter.Deserialize(ref reader, options ?? MessagePackSerializerOptions.Standard);
        }
        catch (Exception error) when (error is not MessagePackSerializationException)
        {
            throw new MessagePackSerializationException($"Failed to deserialize {typeof(T)}.", error);
        }
    }

    /// <summary>Reads a value as <paramref name="type"/>.</summary>
    public static object? Deserialize(Type type, ref MessagePackReader reader, MessagePackSerializerOptions? options = null)
    {
        try
        {
            return UntypedFormatter.For(type).Deserialize(ref reader, options ?? MessagePackSerializerOptions.Standard);
        }
        catch (Exception error) when (error is not MessagePackSerializationException)
        {
            throw new MessagePackSerializationException($"Failed to deserialize {type}.", error);
        }
    }
}
