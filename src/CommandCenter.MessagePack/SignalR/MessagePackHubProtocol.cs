using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using MessagePack;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace Microsoft.AspNetCore.SignalR.Protocol;

/// <summary>
/// SignalR's MessagePack hub protocol: each message is an array whose first item is its type, behind a length prefix.
/// The form is that of the public specification (HubProtocol.md of ASP.NET Core) and is proven against the official npm client.
/// </summary>
public sealed class MessagePackHubProtocol : IHubProtocol
{
    private readonly HubMessageParser parser;
    private readonly MessagePackSerializerOptions serializerOptions;
    private readonly int maximumBytes;

    public MessagePackHubProtocol()
        : this(Options.Create(new MessagePackHubProtocolOptions()))
    {
    }

    public MessagePackHubProtocol(IOptions<MessagePackHubProtocolOptions> options)
    {
        serializerOptions = options.Value.SerializerOptions;
        maximumBytes = options.Value.MaximumMessageBytes;
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maximumBytes, nameof(MessagePackHubProtocolOptions.MaximumMessageBytes));
        parser = new HubMessageParser(serializerOptions);
    }

    public string Name => "messagepack";

    /// <summary>2 adds the Ack and Sequence messages of stateful reconnects.</summary>
    public int Version => 2;

    public TransferFormat TransferFormat => TransferFormat.Binary;

    public bool IsVersionSupported(int version) => version is 1 or 2;

    /// <summary>Takes one whole message off the input. Message types of later protocols are passed over.</summary>
    /// <exception cref="InvalidDataException">The frame is no hub message, or too large; the connection cannot go on.</exception>
    public bool TryParseMessage(ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message)
    {
        while (HubFrame.TryTake(ref input, maximumBytes, out var body))
        {
            message = parser.Parse(body, binder);
            if (message is not null)
            {
                return true;
            }
        }

        message = null;
        return false;
    }

    public void WriteMessage(HubMessage message, IBufferWriter<byte> output)
    {
        using var body = Body(message);
        Span<byte> prefix = stackalloc byte[HubFrame.MaximumPrefixBytes];
        output.Write(prefix[..HubFrame.WritePrefix((uint)body.Length, prefix)]);
        body.CopyTo(output);
    }

    public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message)
    {
        using var body = Body(message);
        Span<byte> prefix = stackalloc byte[HubFrame.MaximumPrefixBytes];
        var prefixLength = HubFrame.WritePrefix((uint)body.Length, prefix);
        var bytes = new byte[prefixLength + body.Length];
        prefix[..prefixLength].CopyTo(bytes);
        body.CopyTo(bytes.AsSpan(prefixLength));
        return bytes;
    }

    /// <summary>The length stands before the body, so the body is written to pooled blocks first.</summary>
    private PooledBlocks Body(HubMessage message)
    {
        var body = new PooledBlocks();
        try
        {
            var writer = new MessagePackWriter(body);
            HubMessageWriter.Write(ref writer, message, serializerOptions);
            writer.Flush();
            return body.Length <= maximumBytes
                ? body
                : throw new InvalidDataException($"The {message.GetType().Name} has {body.Length} bytes; the limit is {maximumBytes}.");
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }
}
