using System.Buffers;
using CommandCenter.Contracts.Positions;
using CommandCenter.Contracts.Wall;
using MessagePack;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace CommandCenter.Tests.MessagePack;

/// <summary>
/// Random and damaged bytes: only the documented exception, no hang, no memory out of proportion. The seed is fixed, so that a failure comes again;
/// it is printed with the bytes.
/// </summary>
public sealed class HostileInputTests
{
    private const int Rounds = 8_000;
    private const int Seed = 20_261_122;

    /// <summary>One byte of input may become one 8-byte reference or a small object; a header alone may become nothing large.</summary>
    private const int BytesPerInputByte = 600;
    private const int BytesForEachRead = 40_000;

    [TestCase(typeof(Samples.Everything))]
    [TestCase(typeof(PositionBatch))]
    [TestCase(typeof(WallFrame))]
    [TestCase(typeof(Samples.Plain))]
    [TestCase(typeof(object))]
    [TestCase(typeof(Dictionary<string, List<Samples.Placed?>>))]
    [CancelAfter(60_000)]
    public void ReadingThrowsNothingElseAndAllocatesLittle(Type type, CancellationToken cancellationToken)
    {
        Run(new Random(Seed), cancellationToken, bytes =>
        {
            try
            {
                var reader = new MessagePackReader(bytes);
                MessagePackSerializer.Deserialize(type, ref reader);
            }
            catch (MessagePackSerializationException)
            {
                // What is expected of almost all of these bytes.
            }
        });
    }

    [Test]
    [CancelAfter(60_000)]
    public void SkippingThrowsNothingElse(CancellationToken cancellationToken)
    {
        Run(new Random(Seed), cancellationToken, bytes =>
        {
            try
            {
                var reader = new MessagePackReader(Wire.InSegments(bytes, 5));
                reader.Skip();
            }
            catch (MessagePackSerializationException)
            {
                // What is expected of almost all of these bytes.
            }
        });
    }

    [Test]
    [CancelAfter(60_000)]
    public void HubFramesThrowNothingElse(CancellationToken cancellationToken)
    {
        var binder = new FixedBinder(typeof(WatchRequest), typeof(byte[])) { Item = typeof(WallFrame) };
        Run(new Random(Seed), cancellationToken, bytes =>
        {
            try
            {
                var input = new ReadOnlySequence<byte>(bytes);
                while (HubMessages.Protocol.TryParseMessage(ref input, binder, out _))
                {
                }
            }
            catch (InvalidDataException)
            {
                // What is expected of almost all of these bytes.
            }
        });
    }

    private static void Run(Random random, CancellationToken cancellationToken, Action<byte[]> read)
    {
        var whole = Corpus();
        foreach (var bytes in whole)
        {
            // Formatters are compiled once; that is not what is measured.
            read(bytes);
        }

        for (var round = 0; round < Rounds; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var bytes = round % 4 == 0 ? Noise(random) : Damage(random, whole[random.Next(whole.Length)]);
            var before = GC.GetAllocatedBytesForCurrentThread();
            Assert.That(() => read(bytes), Throws.Nothing, $"round {round} of seed {Seed}: {Convert.ToHexStringLower(bytes)}");
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.That(allocated, Is.LessThan(BytesForEachRead + (BytesPerInputByte * bytes.Length)), $"round {round} of seed {Seed}: {Convert.ToHexStringLower(bytes)}");
        }
    }

    private static byte[][] Corpus() =>
    [
        Samples.Bytes(),
        MessagePackSerializer.Serialize(new PositionBatch { Reports = [.. Enumerable.Range(0, 20).Select(i => new PositionBatchItem { Device = "d", FixTime = i, Longitude = 112.5 })] }),
        MessagePackSerializer.Serialize(new WallFrame { Epoch = "e", Records = new byte[64], Names = [new WallName { Slot = 1, Worker = "w" }] }),
        MessagePackSerializer.Serialize(new Dictionary<string, Samples.Placed?[]> { ["a"] = [new Samples.Placed("x", 1), null] }),
        HubMessages.Protocol.GetMessageBytes(new InvocationMessage("1", "method", [new WatchRequest { Area = "140106", Bounds = [1, 2, 3, 4] }, new byte[9]], ["s"])).ToArray(),
        HubMessages.Protocol.GetMessageBytes(new StreamItemMessage("1", new WallFrame { Epoch = "e", Records = new byte[200] })).ToArray(),
        HubMessages.Protocol.GetMessageBytes(CompletionMessage.WithResult("1", new WallFrame())).ToArray(),
        HubMessages.Protocol.GetMessageBytes(new CloseMessage("error", allowReconnect: true)).ToArray(),
    ];

    private static byte[] Noise(Random random)
    {
        var bytes = new byte[random.Next(0, 200)];
        random.NextBytes(bytes);
        return bytes;
    }

    /// <summary>A whole value with a few bytes changed, taken out, doubled or cut off; often by the codes that promise much.</summary>
    private static byte[] Damage(Random random, byte[] whole)
    {
        var bytes = whole.ToList();
        for (var changes = random.Next(1, 5); changes > 0 && bytes.Count > 0; changes--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(5))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes[at] = (byte)random.Next(0xc0, 0xe0);
                    break;
                case 2:
                    bytes.RemoveAt(at);
                    break;
                case 3:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(1, 30), bytes.Count - at)));
                    break;
                default:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
            }
        }

        return [.. bytes];
    }
}
