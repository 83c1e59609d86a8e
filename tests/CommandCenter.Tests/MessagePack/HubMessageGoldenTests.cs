using CommandCenter.Tests.Contracts;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace CommandCenter.Tests.MessagePack;

/// <summary>Hub messages as both sides of a wall's connection send them; the official client reads and writes the same file.</summary>
public sealed class HubMessageGoldenTests
{
    private static readonly (string Name, HubMessage Message)[] Messages =
    [
        ("a client watches", new StreamInvocationMessage("0", "Watch", [GoldenSamples.Requests[1].Value], [])),
        ("a client acknowledges", new InvocationMessage(null, "Shown", [70_000L], [])),
        ("a client calls and waits", new InvocationMessage("1", "Shown", [5L], [])),
        ("a client sends bytes and a stream", new InvocationMessage("2", "Upload", [new byte[] { 0, 127, 128, 255 }, 1.5, null, true], ["3"])),
        ("a client stops watching", new CancelInvocationMessage("0")),
        ("a frame", new StreamItemMessage("0", GoldenSamples.Frames[0].Value)),
        ("a frame longer than 127 bytes", new StreamItemMessage("0", GoldenSamples.Frames[4].Value)),
        ("the stream ended", CompletionMessage.Empty("0")),
        ("a result", CompletionMessage.WithResult("1", new Dictionary<string, object?> { ["名"] = "迎泽", ["n"] = -33 })),
        ("an error", CompletionMessage.WithError("1", "Outside your area.")),
        ("signed out", new InvocationMessage("SignedOut", ["password-changed"])),
        ("ping", PingMessage.Instance),
        ("close", new CloseMessage("Connection closed with an error.", allowReconnect: true)),
        ("close without a reason", CloseMessage.Empty),
        ("ack", new AckMessage(65_536)),
        ("sequence", new SequenceMessage(1)),
    ];

    [Test]
    public void HubMessagesKeepTheirBytes()
    {
        var file = new GoldenFile("hub-messages", "Whole frames of SignalR's MessagePack hub protocol: length prefix and body; value is the body's array.");
        foreach (var (name, message) in Messages)
        {
            var frame = HubMessages.Protocol.GetMessageBytes(message).ToArray();
            var prefix = Array.FindIndex(frame, part => part < 0x80) + 1;
            file.Add(name, frame, GoldenFile.Meaning(frame.AsMemory(prefix)));
        }

        file.Compare();
    }
}
