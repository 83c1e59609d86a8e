namespace MessagePack.Formatters;

/// <summary>Writes and reads one type; stateless, used by many threads at once.</summary>
public interface IMessagePackFormatter<T>
{
    void Serialize(ref MessagePackWriter writer, T value, MessagePackSerializerOptions options);

    /// <exception cref="MessagePackSerializationException">The bytes are no such value.</exception>
    T Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options);
}
