using MessagePack;

namespace Microsoft.AspNetCore.SignalR;

public sealed class MessagePackHubProtocolOptions
{
    public MessagePackSerializerOptions SerializerOptions { get; set; } = MessagePackSerializerOptions.Standard;

    /// <summary>Bytes of the largest message that is read or written, 16 MiB. The server's HubOptions.MaximumReceiveMessageSize usually is far smaller.</summary>
    public int MaximumMessageBytes { get; set; } = 16 * 1024 * 1024;
}
