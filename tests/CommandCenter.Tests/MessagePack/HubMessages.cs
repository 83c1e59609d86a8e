using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace CommandCenter.Tests.MessagePack;

/// <summary>A binder whose every method takes, streams and returns the same types; and messages as comparable text.</summary>
internal sealed class FixedBinder(params Type[] parameters) : IInvocationBinder
{
    public Type Item { get; init; } = typeof(string);

    public IReadOnlyList<Type> GetParameterTypes(string methodName) =>
        methodName == "unknown" ? throw new HubException("There is no such method.") : parameters;

    public Type GetReturnType(string invocationId) => invocationId == "forgotten" ? throw new KeyNotFoundException() : Item;

    public Type GetStreamItemType(string streamId) => Item;
}

internal static class HubMessages
{
    public static readonly MessagePackHubProtocol Protocol = new();

    /// <summary>A body behind its length.</summary>
    public static byte[] Frame(string hex)
    {
        var body = Wire.Bytes(hex);
        return body.Length < 128 ? [(byte)body.Length, .. body] : throw new ArgumentException("Longer than this test knows.");
    }

    public static HubMessage Parse(byte[] frame, IInvocationBinder binder)
    {
        var input = new ReadOnlySequence<byte>(frame);
        Assert.That(Protocol.TryParseMessage(ref input, binder, out var message), Is.True, "a whole message must be read");
        Assert.That(input.IsEmpty, Is.True, "the whole frame must be taken");
        return message!;
    }

    public static string Describe(HubMessage message) => message switch
    {
        InvocationBindingFailureMessage failure => $"{message.GetType().Name} {failure.Target} {failure.InvocationId}: {failure.BindingFailure.SourceException.Message}",
        StreamBindingFailureMessage failure => $"{message.GetType().Name} {failure.Id}: {failure.BindingFailure.SourceException.Message}",
        _ => $"{message.GetType().Name} {JsonSerializer.Serialize(message, message.GetType())}",
    };
}
