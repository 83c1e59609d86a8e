using MessagePack;

namespace Microsoft.AspNetCore.SignalR.Protocol;

/// <summary>Every hub message as its array.</summary>
internal static class HubMessageWriter
{
    public static void Write(ref MessagePackWriter writer, HubMessage message, MessagePackSerializerOptions options)
    {
        switch (message)
        {
            case InvocationMessage invocation:
                WriteCall(ref writer, HubProtocolConstants.InvocationMessageType, invocation, options);
                break;
            case StreamInvocationMessage invocation:
                WriteCall(ref writer, HubProtocolConstants.StreamInvocationMessageType, invocation, options);
                break;
            case StreamItemMessage item:
                Begin(ref writer, 4, HubProtocolConstants.StreamItemMessageType, item);
                writer.Write(item.InvocationId);
                WriteValue(ref writer, item.Item, options);
                break;
            case CompletionMessage completion:
                WriteCompletion(ref writer, completion, options);
                break;
            case CancelInvocationMessage cancel:
                Begin(ref writer, 3, HubProtocolConstants.CancelInvocationMessageType, cancel);
                writer.Write(cancel.InvocationId);
                break;
            case PingMessage:
                writer.WriteArrayHeader(1);
                writer.Write(HubProtocolConstants.PingMessageType);
                break;
            case CloseMessage close:
                writer.WriteArrayHeader(3);
                writer.Write(HubProtocolConstants.CloseMessageType);
                writer.Write(string.IsNullOrEmpty(close.Error) ? null : close.Error);
                writer.Write(close.AllowReconnect);
                break;
            case AckMessage ack:
                WriteSequence(ref writer, HubProtocolConstants.AckMessageType, ack.SequenceId);
                break;
            case SequenceMessage sequence:
                WriteSequence(ref writer, HubProtocolConstants.SequenceMessageType, sequence.SequenceId);
                break;
            default:
                throw new InvalidDataException($"Unexpected message type: {message.GetType().Name}");
        }
    }

    private static void WriteCall(ref MessagePackWriter writer, int type, HubMethodInvocationMessage call, MessagePackSerializerOptions options)
    {
        Begin(ref writer, 6, type, call);
        writer.Write(string.IsNullOrEmpty(call.InvocationId) ? null : call.InvocationId);
        writer.Write(call.Target);
        writer.WriteArrayHeader(call.Arguments?.Length ?? 0);
        foreach (var argument in call.Arguments ?? [])
        {
            WriteValue(ref writer, argument, options);
        }

        writer.WriteArrayHeader(call.StreamIds?.Length ?? 0);
        foreach (var stream in call.StreamIds ?? [])
        {
            writer.Write(stream);
        }
    }

    private static void WriteCompletion(ref MessagePackWriter writer, CompletionMessage completion, MessagePackSerializerOptions options)
    {
        var kind = completion.Error is not null ? CompletionKind.Error : completion.HasResult ? CompletionKind.Result : CompletionKind.Void;
        Begin(ref writer, kind == CompletionKind.Void ? 4 : 5, HubProtocolConstants.CompletionMessageType, completion);
        writer.Write(completion.InvocationId);
        writer.Write(kind);
        if (kind == CompletionKind.Error)
        {
            writer.Write(completion.Error);
        }
        else if (kind == CompletionKind.Result)
        {
            WriteValue(ref writer, completion.Result, options);
        }
    }

    private static void WriteSequence(ref MessagePackWriter writer, int type, long sequenceId)
    {
        writer.WriteArrayHeader(2);
        writer.Write(type);
        writer.Write(sequenceId);
    }

    private static void Begin(ref MessagePackWriter writer, int count, int type, HubInvocationMessage message)
    {
        writer.WriteArrayHeader(count);
        writer.Write(type);
        if (message.Headers is not { Count: > 0 } headers)
        {
            writer.WriteMapHeader(0);
            return;
        }

        writer.WriteMapHeader(headers.Count);
        foreach (var (name, value) in headers)
        {
            writer.Write(name);
            writer.Write(value);
        }
    }

    private static void WriteValue(ref MessagePackWriter writer, object? value, MessagePackSerializerOptions options)
    {
        switch (value)
        {
            case null:
                writer.WriteNil();
                break;
            case RawResult raw:
                writer.WriteRaw(raw.RawSerializedData);
                break;
            default:
                MessagePackSerializer.Serialize(value.GetType(), ref writer, value, options);
                break;
        }
    }
}

/// <summary>What a Completion carries.</summary>
internal static class CompletionKind
{
    public const int Error = 1;
    public const int Void = 2;
    public const int Result = 3;
}
