namespace MessagePack;

/// <summary>The bytes are not what was expected, or a type cannot be written or read. The only exception that reading throws, whatever the input.</summary>
public sealed class MessagePackSerializationException : Exception
{
    public MessagePackSerializationException(string message)
        : base(message)
    {
    }

    public MessagePackSerializationException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
