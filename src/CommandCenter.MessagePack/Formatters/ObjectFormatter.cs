namespace MessagePack.Formatters;

/// <summary>Writes and reads a type by its members; the member accesses are compiled once.</summary>
internal sealed class ObjectFormatter<T> : IMessagePackFormatter<T?>
{
    private readonly WriteMembers<T> write;
    private readonly ObjectReader<T> read;

    public ObjectFormatter()
    {
        var plan = ObjectPlan.Of(typeof(T));
        write = ObjectCompiler.Write<T>(plan);
        read = plan.Constructor is null ? new SettingReader<T>(plan) : new ConstructingReader<T>(plan);
    }

    public void Serialize(ref MessagePackWriter writer, T? value, MessagePackSerializerOptions options)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        write(ref writer, value, options);
    }

    public T? Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options)
    {
        if (!typeof(T).IsValueType && reader.TryReadNil())
        {
            return default;
        }

        options.Security.DepthStep(ref reader);
        var value = read.Read(ref reader, options);
        reader.Depth--;
        return value;
    }
}
