using System.Buffers;
using System.Runtime.ExceptionServices;
using MessagePack;

namespace Microsoft.AspNetCore.SignalR.Protocol;

/// <summary>
/// Reads hub messages. What is wrong with one call's arguments fails that call alone; what is wrong with the message itself ends the connection,
/// by an <see cref="InvalidDataException"/>.
/// </summary>
internal sealed class HubMessageParser(MessagePackSerializerOptions options)
{
    /// <summary>Null: a message type this protocol does not know yet.</summary>
    public HubMessage? Parse(in ReadOnlySequence<byte> body, IInvocationBinder binder)
    {
        try
        {
            var reader = new MessagePackReader(body);
            var count = reader.ReadArrayHeader();
            return reader.ReadInt32() switch
            {
                HubProtocolConstants.InvocationMessageType => ReadInvocation(ref reader, count, binder),
                HubProtocolConstants.StreamInvocationMessageType => ReadStreamInvocation(ref reader, count, binder),
                HubProtocolConstants.StreamItemMessageType => ReadStreamItem(ref reader, binder),
                HubProtocolConstants.CompletionMessageType => ReadCompletion(ref reader, binder),
                HubProtocolConstants.CancelInvocationMessageType => ReadCancelInvocation(ref reader),
                HubProtocolConstants.PingMessageType => PingMessage.Instance,
                HubProtocolConstants.CloseMessageType => ReadClose(ref reader, count),
                HubProtocolConstants.AckMessageType => new AckMessage(reader.ReadInt64()),
                HubProtocolConstants.SequenceMessageType => new SequenceMessage(reader.ReadInt64()),
                _ => null,
            };
        }
        catch (MessagePackSerializationException error)
        {
            throw new InvalidDataException($"Not a hub message: {error.Message}", error);
        }
    }

    private HubMessage ReadInvocation(ref MessagePackReader reader, int count, IInvocationBinder binder)
    {
        var headers = ReadHeaders(ref reader);
        var id = reader.ReadString();
        id = string.IsNullOrEmpty(id) ? null : id;
        var target = ReadTarget(ref reader, binder);
        object?[] arguments;
        try
        {
            arguments = ReadArguments(ref reader, binder.GetParameterTypes(target));
        }
        catch (Exception error)
        {
            return new InvocationBindingFailureMessage(id, target, ExceptionDispatchInfo.Capture(error));
        }

        return With(headers, new InvocationMessage(id, target, arguments, ReadStreamIds(ref reader, count)));
    }

    private HubMessage ReadStreamInvocation(ref MessagePackReader reader, int count, IInvocationBinder binder)
    {
        var headers = ReadHeaders(ref reader);
        var id = ReadText(ref reader, "invocation id");
        var target = ReadTarget(ref reader, binder);
        object?[] arguments;
        try
        {
            arguments = ReadArguments(ref reader, binder.GetParameterTypes(target));
        }
        catch (Exception error)
        {
            return new InvocationBindingFailureMessage(id, target, ExceptionDispatchInfo.Capture(error));
        }

        return With(headers, new StreamInvocationMessage(id, target, arguments, ReadStreamIds(ref reader, count)));
    }

    private HubMessage ReadStreamItem(ref MessagePackReader reader, IInvocationBinder binder)
    {
        var headers = ReadHeaders(ref reader);
        var id = ReadText(ref reader, "invocation id");
        object? item;
        try
        {
            item = MessagePackSerializer.Deserialize(binder.GetStreamItemType(id), ref reader, options);
        }
        catch (Exception error)
        {
            return new StreamBindingFailureMessage(id, ExceptionDispatchInfo.Capture(error));
        }

        return With(headers, new StreamItemMessage(id, item));
    }

    private CompletionMessage ReadCompletion(ref MessagePackReader reader, IInvocationBinder binder)
    {
        var headers = ReadHeaders(ref reader);
        var id = ReadText(ref reader, "invocation id");
        var kind = reader.ReadInt32();
        return With(headers, kind switch
        {
            CompletionKind.Error => new CompletionMessage(id, reader.ReadString() ?? "", result: null, hasResult: false),
            CompletionKind.Void => new CompletionMessage(id, error: null, result: null, hasResult: false),
            CompletionKind.Result => ReadResult(ref reader, id, binder),
            _ => throw new InvalidDataException($"{kind} is no kind of result."),
        });
    }

    private CompletionMessage ReadResult(ref MessagePackReader reader, string id, IInvocationBinder binder)
    {
        if (ReturnTypeOf(id, binder) is not { } type)
        {
            // Nobody waits for it any more.
            reader.Skip();
            return new CompletionMessage(id, error: null, result: null, hasResult: true);
        }

        if (type == typeof(RawResult))
        {
            return new CompletionMessage(id, error: null, new RawResult(reader.ReadRaw()), hasResult: true);
        }

        try
        {
            return new CompletionMessage(id, error: null, MessagePackSerializer.Deserialize(type, ref reader, options), hasResult: true);
        }
        catch (MessagePackSerializationException error)
        {
            return new CompletionMessage(id, $"Error trying to deserialize result to {type.Name}. {error.Message}", result: null, hasResult: false);
        }
    }

    /// <summary>The binder throws for an id that it does not know, or no longer.</summary>
    private static Type? ReturnTypeOf(string id, IInvocationBinder binder)
    {
        try
        {
            return binder.GetReturnType(id);
        }
        catch (Exception)
        {
            return null;
        }
    }

    private static CancelInvocationMessage ReadCancelInvocation(ref MessagePackReader reader)
    {
        var headers = ReadHeaders(ref reader);
        return With(headers, new CancelInvocationMessage(ReadText(ref reader, "invocation id")));
    }

    private static CloseMessage ReadClose(ref MessagePackReader reader, int count)
    {
        var error = reader.ReadString();
        var allowReconnect = count > 2 && reader.ReadBoolean();
        return error is null && !allowReconnect ? CloseMessage.Empty : new CloseMessage(error, allowReconnect);
    }

    private object?[] ReadArguments(ref MessagePackReader reader, IReadOnlyList<Type> types)
    {
        var count = reader.ReadArrayHeader();
        if (count != types.Count)
        {
            throw new InvalidDataException($"Invocation provides {count} argument(s) but target expects {types.Count}.");
        }

        var arguments = new object?[count];
        for (var i = 0; i < count; i++)
        {
            try
            {
                arguments[i] = MessagePackSerializer.Deserialize(types[i], ref reader, options);
            }
            catch (MessagePackSerializationException error)
            {
                throw new InvalidDataException($"Error binding argument {i + 1} as {types[i].Name}: {error.Message}", error);
            }
        }

        return arguments;
    }

    /// <summary>Older clients leave the list out.</summary>
    private static string[]? ReadStreamIds(ref MessagePackReader reader, int count)
    {
        if (count < 6)
        {
            return null;
        }

        var ids = new List<string>();
        for (var left = reader.ReadArrayHeader(); left > 0; left--)
        {
            ids.Add(ReadText(ref reader, "stream id"));
        }

        return ids.Count == 0 ? null : [.. ids];
    }

    private static Dictionary<string, string>? ReadHeaders(ref MessagePackReader reader)
    {
        var count = reader.ReadMapHeader();
        if (count == 0)
        {
            return null;
        }

        var headers = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < count; i++)
        {
            headers[ReadText(ref reader, "header's name")] = ReadText(ref reader, "header's value");
        }

        return headers;
    }

    /// <summary>The binder keeps the strings of the methods it knows, so that a call makes none.</summary>
    private static string ReadTarget(ref MessagePackReader reader, IInvocationBinder binder)
    {
        var ahead = reader;
        if (ahead.TryReadStringSpan(out var utf8) && binder.GetTarget(utf8) is { } known)
        {
            reader = ahead;
            return known;
        }

        return ReadText(ref reader, "target");
    }

    private static string ReadText(ref MessagePackReader reader, string what) =>
        reader.ReadString() is { Length: > 0 } text ? text : throw new InvalidDataException($"The {what} is missing.");

    private static T With<T>(Dictionary<string, string>? headers, T message)
        where T : HubInvocationMessage
    {
        if (headers is not null)
        {
            message.Headers = headers;
        }

        return message;
    }
}
