using System.Buffers;
using MessagePack;

namespace CommandCenter.Tests.MessagePack;

/// <summary>Expected bytes are those of the MessagePack specification's format tables.</summary>
public sealed class MessagePackWriterTests
{
    [TestCase(0L, "00")]
    [TestCase(127L, "7f")]
    [TestCase(128L, "cc80")]
    [TestCase(255L, "ccff")]
    [TestCase(256L, "cd0100")]
    [TestCase(65_535L, "cdffff")]
    [TestCase(65_536L, "ce00010000")]
    [TestCase(4_294_967_295L, "ceffffffff")]
    [TestCase(4_294_967_296L, "cf0000000100000000")]
    [TestCase(-1L, "ff")]
    [TestCase(-32L, "e0")]
    [TestCase(-33L, "d0df")]
    [TestCase(-128L, "d080")]
    [TestCase(-129L, "d1ff7f")]
    [TestCase(-32_768L, "d18000")]
    [TestCase(-32_769L, "d2ffff7fff")]
    [TestCase(int.MinValue, "d280000000")]
    [TestCase(int.MinValue - 1L, "d3ffffffff7fffffff")]
    [TestCase(long.MinValue, "d38000000000000000")]
    public void WritesIntegersInTheirShortestForm(long value, string hex) => Assert.That(Wire.Hex(value), Is.EqualTo(hex));

    [Test]
    public void WritesLargestUnsignedInteger() => Assert.That(Wire.Hex(ulong.MaxValue), Is.EqualTo("cfffffffffffffffff"));

    [TestCase(1.5, "cb3ff8000000000000")]
    [TestCase(-0.0, "cb8000000000000000")]
    public void WritesDoublesInEightBytes(double value, string hex) => Assert.That(Wire.Hex(value), Is.EqualTo(hex));

    [Test]
    public void WritesFloatsInFourBytes() => Assert.That(Wire.Hex(42.0f), Is.EqualTo("ca42280000"));

    [TestCase(0, "a0")]
    [TestCase(31, "bf")]
    [TestCase(32, "d920")]
    [TestCase(255, "d9ff")]
    [TestCase(256, "da0100")]
    [TestCase(65_535, "daffff")]
    [TestCase(65_536, "db00010000")]
    public void WritesShortestStringHeader(int length, string header) =>
        Assert.That(Wire.Hex(new string('x', length)), Is.EqualTo(header + string.Concat(Enumerable.Repeat("78", length))));

    [Test]
    public void CountsUtf8BytesNotCharacters() => Assert.That(Wire.Hex("迎泽区"), Is.EqualTo("a9e8bf8ee6b3bde58cba"));

    [TestCase(0, "c400")]
    [TestCase(255, "c4ff")]
    [TestCase(256, "c50100")]
    [TestCase(65_536, "c600010000")]
    public void WritesShortestBinHeader(int length, string header) =>
        Assert.That(Wire.Hex(new byte[length]), Is.EqualTo(header + string.Concat(Enumerable.Repeat("00", length))));

    [TestCase(15, "9f", "8f")]
    [TestCase(16, "dc0010", "de0010")]
    [TestCase(65_536, "dd00010000", "df00010000")]
    public void WritesShortestArrayAndMapHeaders(int count, string array, string map)
    {
        Assert.That(Wire.Hex((ref MessagePackWriter writer) => writer.WriteArrayHeader(count)), Is.EqualTo(array));
        Assert.That(Wire.Hex((ref MessagePackWriter writer) => writer.WriteMapHeader(count)), Is.EqualTo(map));
    }

    [TestCase(1u, "d405")]
    [TestCase(3u, "c70305")]
    [TestCase(16u, "d805")]
    [TestCase(256u, "c8010005")]
    [TestCase(65_536u, "c90001000005")]
    public void WritesShortestExtensionHeader(uint length, string hex) =>
        Assert.That(Wire.Hex((ref MessagePackWriter writer) => writer.WriteExtensionFormatHeader(new ExtensionHeader(5, length))), Is.EqualTo(hex));

    [TestCase("1970-01-01T00:00:00Z", "d6ff00000000")]
    [TestCase("2026-11-22T06:30:00Z", "d6ff6b028be8")]
    [TestCase("1970-01-01T00:00:00.0000001Z", "d7ff0000019000000000")]
    [TestCase("2106-02-07T06:28:16Z", "d7ff0000000100000000")]
    [TestCase("2514-05-30T01:53:04Z", "c70cff000000000000000400000000")]
    [TestCase("1969-12-31T23:59:59.5Z", "c70cff1dcd6500ffffffffffffffff")]
    public void WritesShortestTimestamp(string time, string hex)
    {
        var value = DateTimeOffset.Parse(time);
        Assert.That(Wire.Hex(value), Is.EqualTo(hex));
        Assert.That(Wire.Hex(value.UtcDateTime), Is.EqualTo(hex));
        Assert.That(Wire.Read<DateTimeOffset>(hex), Is.EqualTo(value));
    }

    [Test]
    public void TimestampIsTheMomentWhateverTheOffset()
    {
        var beijing = new DateTimeOffset(2026, 11, 22, 14, 30, 0, TimeSpan.FromHours(8));
        Assert.That(Wire.Read<DateTimeOffset>(Wire.Hex(beijing)), Is.EqualTo(beijing));
    }

    [Test]
    public void HandsLargeBytesToTheOutputInOnePiece()
    {
        var output = new CountingOutput();
        var records = new byte[160_000];
        var writer = new MessagePackWriter(output);
        writer.Write(records);
        writer.Flush();
        Assert.That(output.Written, Is.EqualTo(160_005));
        Assert.That(output.LargestRequest, Is.LessThanOrEqualTo(16), "a request of the payload's size would make the pipe allocate a block for it");
    }

    [Test]
    public void ShowsNothingToTheOutputBeforeFlush()
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(output);
        writer.Write(1);
        Assert.That(output.WrittenCount, Is.Zero);
        writer.Flush();
        Assert.That(output.WrittenCount, Is.EqualTo(1));
    }

    private sealed class CountingOutput : IBufferWriter<byte>
    {
        private readonly byte[] block = new byte[4_096];

        public int Written { get; private set; }

        public int LargestRequest { get; private set; }

        public void Advance(int count) => Written += count;

        public Memory<byte> GetMemory(int sizeHint = 0)
        {
            LargestRequest = Math.Max(LargestRequest, sizeHint);
            return block;
        }

        public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;
    }
}
