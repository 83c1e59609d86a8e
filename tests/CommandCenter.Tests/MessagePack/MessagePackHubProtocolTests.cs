using System.Buffers;
using CommandCenter.Contracts.Wall;
using MessagePack;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CommandCenter.Tests.MessagePack;

/// <summary>Bodies are the examples of the public specification (HubProtocol.md) and others in its spirit.</summary>
public sealed class MessagePackHubProtocolTests
{
    private static readonly Dictionary<string, string> Headers = new() { ["Foo"] = "Bar", ["New\r\nLine"] = "Also\nworks" };

    private static IEnumerable<TestCaseData> Messages()
    {
        yield return Case("Invocation", new InvocationMessage("xyz", "method", [42]), "96 01 80 a378797a a66d6574686f64 91 2a 90", typeof(int));
        yield return Case("InvocationWithoutId", new InvocationMessage("method", [42]), "96 01 80 c0 a66d6574686f64 91 2a 90", typeof(int));
        yield return Case("InvocationWithoutArguments", new InvocationMessage("xyz", "method", []), "96 01 80 a378797a a66d6574686f64 90 90");
        yield return Case("InvocationWithTwoArguments", new InvocationMessage("method", [42, "string"]), "96 01 80 c0 a66d6574686f64 92 2a a6737472696e67 90", typeof(int), typeof(string));
        yield return Case("InvocationWithNil", new InvocationMessage("method", [null]), "96 01 80 c0 a66d6574686f64 91 c0 90", typeof(string));
        yield return Case("InvocationWithBytes", new InvocationMessage("method", [new byte[] { 1, 2 }]), "96 01 80 c0 a66d6574686f64 91 c4020102 90", typeof(byte[]));
        yield return Case("InvocationWithStreams", new InvocationMessage(null, "method", [42], ["a", "b"]), "96 01 80 c0 a66d6574686f64 91 2a 92 a161 a162", typeof(int));
        yield return Case("InvocationWithHeaders", With(new InvocationMessage("xyz", "method", [])),
            "96 01 82 a3466f6f a3426172 a94e65770d0a4c696e65 aa416c736f0a776f726b73 a378797a a66d6574686f64 90 90");
        yield return Case("StreamInvocation", new StreamInvocationMessage("xyz", "method", [42]), "96 04 80 a378797a a66d6574686f64 91 2a 90", typeof(int));
        yield return Case("StreamInvocationWithStream", new StreamInvocationMessage("xyz", "method", [], ["a"]), "96 04 80 a378797a a66d6574686f64 90 91 a161");
        yield return Case("StreamInvocationOfAWall", new StreamInvocationMessage("1", "Watch", [new WatchRequest { Area = "140106" }]),
            "96 04 80 a131 a55761746368 91 84 a461726561 a6313430313036 a565706f6368 c0 a47469636b c0 a6626f756e6473 c0 90", typeof(WatchRequest));
        yield return CaseOf(typeof(int), "StreamItem", new StreamItemMessage("xyz", 42), "94 02 80 a378797a 2a");
        yield return CaseOf(typeof(float), "StreamItemWithFloat", new StreamItemMessage("xyz", 42.0f), "94 02 80 a378797a ca42280000");
        yield return Case("StreamItemWithNil", new StreamItemMessage("xyz", null), "94 02 80 a378797a c0");
        yield return CaseOf(typeof(bool), "StreamItemWithBoolean", new StreamItemMessage("xyz", true), "94 02 80 a378797a c3");
        yield return Case("CompletionWithError", CompletionMessage.WithError("xyz", "Error"), "95 03 80 a378797a 01 a54572726f72");
        yield return Case("CompletionVoid", CompletionMessage.Empty("xyz"), "94 03 80 a378797a 02");
        yield return CaseOf(typeof(int), "CompletionWithResult", CompletionMessage.WithResult("xyz", 42), "95 03 80 a378797a 03 2a");
        yield return Case("CompletionWithNil", CompletionMessage.WithResult("xyz", null), "95 03 80 a378797a 03 c0");
        yield return Case("CompletionWithHeaders", With(CompletionMessage.Empty("xyz")), "94 03 82 a3466f6f a3426172 a94e65770d0a4c696e65 aa416c736f0a776f726b73 a378797a 02");
        yield return Case("CancelInvocation", new CancelInvocationMessage("xyz"), "93 05 80 a378797a");
        yield return Case("CancelInvocationWithHeaders", With(new CancelInvocationMessage("xyz")), "93 05 82 a3466f6f a3426172 a94e65770d0a4c696e65 aa416c736f0a776f726b73 a378797a");
        yield return Case("Ping", PingMessage.Instance, "91 06");
        yield return Case("Close", CloseMessage.Empty, "93 07 c0 c2");
        yield return Case("CloseWithError", new CloseMessage("xyz"), "93 07 a378797a c2");
        yield return Case("CloseThatAllowsReconnect", new CloseMessage("xyz", allowReconnect: true), "93 07 a378797a c3");
        yield return Case("Ack", new AckMessage(36), "92 08 24");
        yield return Case("Sequence", new SequenceMessage(1_234), "92 09 cd04d2");
    }

    [TestCaseSource(nameof(Messages))]
    public void WritesWhatTheSpecificationSays(HubMessage message, string body, FixedBinderOf binder)
    {
        var expected = Convert.ToHexStringLower(HubMessages.Frame(body));
        var output = new ArrayBufferWriter<byte>();
        HubMessages.Protocol.WriteMessage(message, output);
        var written = Convert.ToHexStringLower(output.WrittenSpan);
        Assert.That(written, Is.EqualTo(expected), $"The bytes of a hub message changed (length prefix first). Every client relies on them; compare with HubProtocol.md.\nbody before: {body}");
        Assert.That(Convert.ToHexStringLower(HubMessages.Protocol.GetMessageBytes(message).Span), Is.EqualTo(expected));
    }

    [TestCaseSource(nameof(Messages))]
    public void ReadsWhatTheSpecificationSays(HubMessage message, string body, FixedBinderOf binder)
    {
        var read = HubMessages.Parse(HubMessages.Frame(body), new FixedBinder(binder.Parameters) { Item = binder.Item });
        Assert.That(HubMessages.Describe(read), Is.EqualTo(HubMessages.Describe(message)));
    }

    [TestCaseSource(nameof(Messages))]
    public void ReadsNothingUntilTheWholeMessageIsThere(HubMessage message, string body, FixedBinderOf binder)
    {
        var frame = HubMessages.Frame(body);
        for (var length = 0; length < frame.Length; length++)
        {
            var input = Wire.InSegments(frame[..length]);
            Assert.That(HubMessages.Protocol.TryParseMessage(ref input, new FixedBinder(binder.Parameters) { Item = binder.Item }, out _), Is.False);
            Assert.That(input.Length, Is.EqualTo(length), "nothing may be taken off the input");
        }
    }

    [Test]
    public void ReadsMessagesThatArriveTogetherAndInPieces()
    {
        byte[] both = [.. HubMessages.Frame("91 06"), .. HubMessages.Frame("96 01 80 c0 a66d6574686f64 91 2a 90"), .. HubMessages.Frame("91 06")];
        var input = Wire.InSegments(both, 3);
        var read = new List<string>();
        while (HubMessages.Protocol.TryParseMessage(ref input, new FixedBinder(typeof(int)), out var message))
        {
            read.Add(message.GetType().Name);
        }

        Assert.That(read, Is.EqualTo(new[] { "PingMessage", "InvocationMessage", "PingMessage" }));
    }

    [TestCase("96 01 80 a131 a66d6574686f64 92 2a 2a 90", "Invocation provides 2 argument(s) but target expects 1.")]
    [TestCase("96 01 80 a131 a66d6574686f64 90 90", "Invocation provides 0 argument(s) but target expects 1.")]
    [TestCase("96 01 80 a131 a66d6574686f64 91 a161 90", "Error binding argument 1 as Int32: Expected an integer, found String (0xa1).")]
    [TestCase("96 04 80 a131 a66d6574686f64 91 a161 90", "Error binding argument 1 as Int32: Expected an integer, found String (0xa1).")]
    [TestCase("95 01 80 a131 a66d6574686f64 2a", "Expected an array, found Integer (0x2a).")]
    [TestCase("94 01 80 a131 a66d6574686f64", "The input ends inside a value.")]
    [TestCase("96 01 80 a131 a7756e6b6e6f776e 90 90", "There is no such method.")]
    public void FailsOneCallWhoseArgumentsDoNotBind(string body, string reason)
    {
        var failure = HubMessages.Parse(HubMessages.Frame(body), new FixedBinder(typeof(int)));
        Assert.That(failure, Is.TypeOf<InvocationBindingFailureMessage>());
        Assert.That(((InvocationBindingFailureMessage)failure).InvocationId, Is.EqualTo("1"));
        Assert.That(((InvocationBindingFailureMessage)failure).BindingFailure.SourceException.Message, Is.EqualTo(reason));
    }

    [Test]
    public void FailsOneStreamWhoseItemDoesNotBind()
    {
        var failure = HubMessages.Parse(HubMessages.Frame("94 02 80 a378797a a161"), new FixedBinder { Item = typeof(int) });
        Assert.That(HubMessages.Describe(failure), Is.EqualTo("StreamBindingFailureMessage xyz: Expected an integer, found String (0xa1)."));
    }

    [Test]
    public void CompletesWithErrorWhenTheResultDoesNotBind()
    {
        var completion = (CompletionMessage)HubMessages.Parse(HubMessages.Frame("95 03 80 a378797a 03 a161"), new FixedBinder { Item = typeof(int) });
        Assert.That(completion.Error, Is.EqualTo("Error trying to deserialize result to Int32. Expected an integer, found String (0xa1)."));
        Assert.That(completion.HasResult, Is.False);
    }

    [Test]
    public void PassesOverResultsThatNobodyWaitsFor() =>
        Assert.That(((CompletionMessage)HubMessages.Parse(HubMessages.Frame("95 03 80 a9666f72676f7474656e 03 92 01 02"), new FixedBinder())).Result, Is.Null);

    [Test]
    public void HandsRawResultsOnWithoutReadingThem()
    {
        var completion = (CompletionMessage)HubMessages.Parse(HubMessages.Frame("95 03 80 a378797a 03 92 01 a161"), new FixedBinder { Item = typeof(RawResult) });
        Assert.That(Convert.ToHexStringLower(HubMessages.Protocol.GetMessageBytes(completion).Span), Is.EqualTo(Convert.ToHexStringLower(HubMessages.Frame("95 03 80 a378797a 03 92 01 a161"))));
    }

    [TestCase("91 a3666f6f", TestName = "EndsTheConnectionOnAMessageTypeThatIsNoNumber")]
    [TestCase("2a", TestName = "EndsTheConnectionOnAMessageThatIsNoArray")]
    [TestCase("92 01 a3666f6f", TestName = "EndsTheConnectionOnHeadersThatAreNoMap")]
    [TestCase("92 01 81 2a a3666f6f", TestName = "EndsTheConnectionOnAHeaderNameThatIsNoString")]
    [TestCase("92 01 81 a3666f6f 2a", TestName = "EndsTheConnectionOnAHeaderValueThatIsNoString")]
    [TestCase("92 01 80", TestName = "EndsTheConnectionOnAMissingInvocationId")]
    [TestCase("93 01 80 c2", TestName = "EndsTheConnectionOnAnInvocationIdThatIsNoString")]
    [TestCase("93 01 80 a3616263", TestName = "EndsTheConnectionOnAMissingTarget")]
    [TestCase("94 01 80 a3616263 2a", TestName = "EndsTheConnectionOnATargetThatIsNoString")]
    [TestCase("96 04 80 c0 a161 90 90", TestName = "EndsTheConnectionOnAStreamWithoutId")]
    [TestCase("94 03 80 a378797a 2a", TestName = "EndsTheConnectionOnAnUnknownKindOfResult")]
    [TestCase("95 03 80 a378797a 01 2a", TestName = "EndsTheConnectionOnAnErrorThatIsNoString")]
    [TestCase("93 05 80 c2", TestName = "EndsTheConnectionOnACancellationWithoutId")]
    [TestCase("92 08 a161", TestName = "EndsTheConnectionOnAnAckThatIsNoNumber")]
    [TestCase("", TestName = "EndsTheConnectionOnAnEmptyMessage")]
    public void EndsTheConnectionOnWhatIsNoHubMessage(string body) =>
        Assert.That(() => HubMessages.Parse(HubMessages.Frame(body), new FixedBinder(typeof(int))), Throws.TypeOf<InvalidDataException>());

    [TestCase("98 01 80 a378797a a66d6574686f64 90 90 c3 a26578", "InvocationMessage", TestName = "PassesOverItemsThatLaterVersionsAppend")]
    [TestCase("95 01 80 a378797a a66d6574686f64 90", "InvocationMessage", TestName = "ReadsInvocationsOfClientsWithoutStreams")]
    [TestCase("92 07 c0", "CloseMessage", TestName = "ReadsCloseOfClientsWithoutReconnect")]
    public void ReadsWhatOtherVersionsWrite(string body, string type) =>
        Assert.That(HubMessages.Parse(HubMessages.Frame(body), new FixedBinder()).GetType().Name, Is.EqualTo(type));

    [Test]
    public void PassesOverMessageTypesItDoesNotKnow()
    {
        byte[] unknownThenPing = [.. HubMessages.Frame("92 63 a161"), .. HubMessages.Frame("91 06")];
        Assert.That(HubMessages.Parse(unknownThenPing, new FixedBinder()), Is.SameAs(PingMessage.Instance));
    }

    [TestCase("ffffffffff")]
    [TestCase("8080808080")]
    [TestCase("ffffffff7f")]
    [TestCase("81808001")]
    public void RefusesLengthsBeyondTheLimitBeforeTheBytesArrive(string prefix)
    {
        var protocol = new MessagePackHubProtocol(Options.Create(new MessagePackHubProtocolOptions { MaximumMessageBytes = 1 << 21 }));
        Assert.That(
            () =>
            {
                var input = new ReadOnlySequence<byte>(Wire.Bytes(prefix));
                protocol.TryParseMessage(ref input, new FixedBinder(), out _);
            },
            Throws.TypeOf<InvalidDataException>());
    }

    [Test]
    public void RefusesToWriteBeyondTheLimit()
    {
        var protocol = new MessagePackHubProtocol(Options.Create(new MessagePackHubProtocolOptions { MaximumMessageBytes = 1_000 }));
        Assert.That(() => protocol.GetMessageBytes(new StreamItemMessage("1", new byte[1_000])), Throws.TypeOf<InvalidDataException>());
        Assert.That(() => protocol.GetMessageBytes(new StreamItemMessage("1", new byte[900])), Throws.Nothing);
    }

    [TestCase(127)]
    [TestCase(128)]
    [TestCase(16_383)]
    [TestCase(16_384)]
    [TestCase(3_000_000)]
    public void FramesMessagesOfEveryLength(int bytes)
    {
        var sent = new StreamItemMessage("1", Enumerable.Range(0, bytes).Select(i => (byte)i).ToArray());
        var output = new ArrayBufferWriter<byte>();
        HubMessages.Protocol.WriteMessage(sent, output);
        Assert.That(HubMessages.Protocol.GetMessageBytes(sent).Span.SequenceEqual(output.WrittenSpan), Is.True);
        var received = (StreamItemMessage)HubMessages.Parse(output.WrittenSpan.ToArray(), new FixedBinder { Item = typeof(byte[]) });
        Assert.That(((byte[])received.Item!).AsSpan().SequenceEqual((byte[])sent.Item!), Is.True);
    }

    [Test]
    public void SpeaksVersionsOneAndTwoAndNoOther() => Assert.Multiple(() =>
    {
        Assert.That(HubMessages.Protocol.Name, Is.EqualTo("messagepack"));
        Assert.That(HubMessages.Protocol.TransferFormat, Is.EqualTo(TransferFormat.Binary));
        Assert.That(Enumerable.Range(0, 4).Where(HubMessages.Protocol.IsVersionSupported), Is.EqualTo(new[] { 1, 2 }));
    });

    [Test]
    public void IsRegisteredOnceBesideJson()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSignalR().AddMessagePackProtocol().AddMessagePackProtocol(options => options.MaximumMessageBytes = 5);
        using var provider = services.BuildServiceProvider();
        Assert.That(provider.GetServices<IHubProtocol>().Select(protocol => protocol.Name), Is.EquivalentTo(new[] { "json", "messagepack" }));
        Assert.That(provider.GetRequiredService<IOptions<MessagePackHubProtocolOptions>>().Value.MaximumMessageBytes, Is.EqualTo(5));
    }

    private static T With<T>(T message)
        where T : HubInvocationMessage
    {
        message.Headers = Headers;
        return message;
    }

    private static TestCaseData Case(string name, HubMessage message, string body, params Type[] parameters) =>
        new TestCaseData(message, body, new FixedBinderOf(parameters, typeof(string))).SetArgDisplayNames(name);

    private static TestCaseData CaseOf(Type item, string name, HubMessage message, string body) =>
        new TestCaseData(message, body, new FixedBinderOf([], item)).SetArgDisplayNames(name);

    public sealed record FixedBinderOf(Type[] Parameters, Type Item);
}
