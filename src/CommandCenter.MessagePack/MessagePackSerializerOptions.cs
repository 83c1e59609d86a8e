namespace MessagePack;

/// <summary>How to read and write; immutable.</summary>
public sealed class MessagePackSerializerOptions
{
    private MessagePackSerializerOptions(MessagePackSecurity security) => Security = security;

    public static MessagePackSerializerOptions Standard { get; } = new(MessagePackSecurity.UntrustedData);

    public MessagePackSecurity Security { get; }

    public MessagePackSerializerOptions WithSecurity(MessagePackSecurity security) => new(security);
}

/// <summary>Limits on what is read; immutable. All input counts as hostile.</summary>
public sealed class MessagePackSecurity
{
    private MessagePackSecurity(int depth) => MaximumObjectGraphDepth = depth;

    /// <summary>64 levels of arrays, maps and objects: ours have five, and each costs stack.</summary>
    public static MessagePackSecurity UntrustedData { get; } = new(64);

    public int MaximumObjectGraphDepth { get; }

    public MessagePackSecurity WithMaximumObjectGraphDepth(int depth) => new(depth);

    /// <summary>Enters one level of nesting; the caller leaves it by decrementing <see cref="MessagePackReader.Depth"/>.</summary>
    /// <exception cref="MessagePackSerializationException">Nested too deeply.</exception>
    public void DepthStep(ref MessagePackReader reader)
    {
        if (reader.Depth >= MaximumObjectGraphDepth)
        {
            throw new MessagePackSerializationException($"Nested deeper than {MaximumObjectGraphDepth} levels.");
        }

        reader.Depth++;
    }
}
