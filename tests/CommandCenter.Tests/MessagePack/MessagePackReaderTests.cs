using MessagePack;

namespace CommandCenter.Tests.MessagePack;

public sealed class MessagePackReaderTests
{
    [TestCase("05", 5)]
    [TestCase("cc05", 5)]
    [TestCase("cd0005", 5)]
    [TestCase("ce00000005", 5)]
    [TestCase("cf0000000000000005", 5)]
    [TestCase("d005", 5)]
    [TestCase("d10005", 5)]
    [TestCase("d200000005", 5)]
    [TestCase("d30000000000000005", 5)]
    [TestCase("fb", -5)]
    [TestCase("d0fb", -5)]
    [TestCase("d3fffffffffffffffb", -5)]
    public void ReadsAnIntegerInAnyFormat(string hex, int value)
    {
        Assert.That(Wire.Read<int>(hex), Is.EqualTo(value));
        Assert.That(Wire.Read<sbyte>(hex), Is.EqualTo(value));
        Assert.That(Wire.Read<long>(hex), Is.EqualTo(value));
        Assert.That(Wire.Read<double>(hex), Is.EqualTo((double)value), "JavaScript writes whole doubles as integers");
    }

    [TestCase("cd0100", typeof(byte))]
    [TestCase("ff", typeof(byte))]
    [TestCase("cc80", typeof(sbyte))]
    [TestCase("cd8000", typeof(short))]
    [TestCase("ce00010000", typeof(ushort))]
    [TestCase("ce80000000", typeof(int))]
    [TestCase("ff", typeof(uint))]
    [TestCase("cf8000000000000000", typeof(long))]
    [TestCase("ff", typeof(ulong))]
    [TestCase("ca3f800000", typeof(int))]
    public void RefusesAnIntegerThatDoesNotFit(string hex, Type type)
    {
        var reader = new MessagePackReader(Wire.Bytes(hex));
        var thrown = Refusal(ref reader, type);
        Assert.That(thrown, Is.TypeOf<MessagePackSerializationException>());
    }

    [TestCase("a3616263", "abc")]
    [TestCase("d903616263", "abc")]
    [TestCase("da0003616263", "abc")]
    [TestCase("db00000003616263", "abc")]
    [TestCase("c0", null)]
    public void ReadsAStringInAnyFormat(string hex, string? text) => Assert.That(Wire.Read<string?>(hex), Is.EqualTo(text));

    [TestCase("c403010203")]
    [TestCase("c50003010203")]
    [TestCase("c600000003010203")]
    public void ReadsABinInAnyFormat(string hex) => Assert.That(Wire.Read<byte[]>(hex), Is.EqualTo(new byte[] { 1, 2, 3 }));

    [TestCase("ca3fc00000")]
    [TestCase("cb3ff8000000000000")]
    public void ReadsAFloatOfEitherSize(string hex)
    {
        Assert.That(Wire.Read<double>(hex), Is.EqualTo(1.5));
        Assert.That(Wire.Read<float>(hex), Is.EqualTo(1.5f));
    }

    [TestCase("dd7fffffff", typeof(int[]), TestName = "RefusesArrayHeaderThatPromisesMoreThanIsLeft")]
    [TestCase("ddffffffff00", typeof(List<string>))]
    [TestCase("df7fffffff", typeof(Dictionary<string, int>), TestName = "RefusesMapHeaderThatPromisesMoreThanIsLeft")]
    [TestCase("c6ffffffff00", typeof(byte[]), TestName = "RefusesBinThatPromisesMoreThanIsLeft")]
    [TestCase("dbffffffff00", typeof(string), TestName = "RefusesStringThatPromisesMoreThanIsLeft")]
    [TestCase("c97fffffffff", typeof(DateTime), TestName = "RefusesExtensionThatPromisesMoreThanIsLeft")]
    public void RefusesWhatPromisesMoreThanIsLeft(string hex, Type type)
    {
        var bytes = Wire.Bytes(hex);
        var reader = new MessagePackReader(bytes);
        Refusal(ref reader, type);
        var before = GC.GetAllocatedBytesForCurrentThread();
        reader = new MessagePackReader(bytes);
        var thrown = Refusal(ref reader, type);
        Assert.That(thrown, Is.TypeOf<MessagePackSerializationException>());
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(20_000));
    }

    [TestCase("c1", TestName = "RefusesTheByteThatBeginsNothing")]
    [TestCase("", TestName = "RefusesEmptyInput")]
    [TestCase("92 01", TestName = "RefusesArrayThatEndsEarly")]
    [TestCase("d7fe 0000000000000000", TestName = "RefusesOtherExtensions")]
    [TestCase("d5ff 0000", TestName = "RefusesTimestampOfAnOddLength")]
    [TestCase("d7ff ffffffff00000000", TestName = "RefusesTimestampWithTooManyNanoseconds")]
    [TestCase("c70cff 00000000 7fffffffffffffff", TestName = "RefusesTimestampBeyondTheCalendar")]
    [TestCase("c70cff 00000000 8000000000000000", TestName = "RefusesTimestampBeforeTheCalendar")]
    [TestCase("82 c0 01 01 01", TestName = "RefusesMapKeyNil")]
    public void RefusesWhatIsNoValue(string hex) =>
        Assert.That(() => Wire.Read<object>(hex), Throws.TypeOf<MessagePackSerializationException>());

    [Test]
    public void RefusesEveryTruncation()
    {
        var whole = Samples.Bytes();
        for (var length = 0; length < whole.Length; length++)
        {
            var cut = whole.AsMemory(0, length);
            Assert.That(() => MessagePackSerializer.Deserialize<Samples.Everything>(cut), Throws.TypeOf<MessagePackSerializationException>(), $"cut to {length} bytes");
        }
    }

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(7)]
    public void ReadsAcrossSegments(int each)
    {
        var whole = Samples.Bytes();
        var read = MessagePackSerializer.Deserialize<Samples.Everything>(Wire.InSegments(whole, each));
        Assert.That(MessagePackSerializer.Serialize(read), Is.EqualTo(whole));
    }

    [Test]
    public void RefusesTooDeeplyNestedArrays()
    {
        var levels = Enumerable.Repeat((byte)0x91, 100_000).Append(MessagePackCode.Nil).ToArray();
        Assert.That(() => MessagePackSerializer.Deserialize<object>(levels), Throws.TypeOf<MessagePackSerializationException>().With.Message.Contains("64 levels"));
        Assert.That(() => MessagePackSerializer.Deserialize<object>(levels[^65..]), Throws.Nothing);
        Assert.That(() => MessagePackSerializer.Deserialize<object>(levels[^66..]), Throws.TypeOf<MessagePackSerializationException>());
    }

    [Test]
    public void SkipsDeepNestingWithoutStack()
    {
        var reader = new MessagePackReader(Enumerable.Repeat((byte)0x91, 1_000_000).Append(MessagePackCode.Nil).ToArray());
        reader.Skip();
        Assert.That(reader.End, Is.True);
    }

    [TestCase("01")]
    [TestCase("cb3ff8000000000000")]
    [TestCase("a3616263")]
    [TestCase("c403010203")]
    [TestCase("93 01 a161 82 a161 01 a162 90")]
    [TestCase("d6ff00000000")]
    [TestCase("c8 0003 05 010203")]
    [TestCase("cfffffffffffffffff")]
    [TestCase("c3")]
    [TestCase("c0")]
    public void SkipsAndTakesExactlyOneValue(string hex)
    {
        var bytes = Wire.Bytes(hex);
        var reader = new MessagePackReader((byte[])[.. bytes, 0x2a]);
        var raw = reader.ReadRaw();
        Assert.That(raw.Length, Is.EqualTo(bytes.Length));
        Assert.That(reader.ReadInt32(), Is.EqualTo(42));
        Assert.That(reader.End, Is.True);
    }

    [Test]
    public void LeavesTheReaderBeforeAStringThatIsSplit()
    {
        var reader = new MessagePackReader(Wire.InSegments(Wire.Bytes("a3616263"), 2));
        Assert.That(reader.TryReadStringSpan(out _), Is.False);
        Assert.That(reader.Consumed, Is.Zero);
        Assert.That(reader.ReadString(), Is.EqualTo("abc"));
    }

    private static Exception? Refusal(ref MessagePackReader reader, Type type)
    {
        try
        {
            MessagePackSerializer.Deserialize(type, ref reader);
            return null;
        }
        catch (Exception error)
        {
            return error;
        }
    }
}
