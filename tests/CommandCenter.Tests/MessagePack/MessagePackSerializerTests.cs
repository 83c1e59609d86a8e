using System.Buffers;
using MessagePack;

namespace CommandCenter.Tests.MessagePack;

public sealed class MessagePackSerializerTests
{
    [Test]
    public void ReadsBackEveryKindOfMember()
    {
        var read = MessagePackSerializer.Deserialize<Samples.Everything>(Samples.Bytes());
        var wrote = Samples.Full(Samples.Full());
        Assert.That(System.Text.Json.JsonSerializer.Serialize(read), Is.EqualTo(System.Text.Json.JsonSerializer.Serialize(wrote)));
        Assert.That(read.Time.Kind, Is.EqualTo(DateTimeKind.Utc));
    }

    [Test]
    public void StringKeysMakeAMapInDeclaredOrder() =>
        Assert.That(Wire.Hex(new Samples.Defaults { Name = "x", Items = [1, 2] }), Is.EqualTo("82" + "a46e616d65" + "a178" + "a56974656d73" + "920102"));

    [Test]
    public void IntegerKeysMakeAnArrayWithNilInTheGaps() => Assert.That(Wire.Hex(new Samples.Placed("x", 5)), Is.EqualTo("94a178c005c3"));

    [Test]
    public void UnknownKeysAndUnknownPlacesAreSkipped()
    {
        Assert.That(Wire.Read<Samples.Defaults>("84 a3666f6f 9201a162 a46e616d65 a178 05 80 c0 c0").Name, Is.EqualTo("x"));
        Assert.That(Wire.Read<Samples.Placed>("96 a178 a7736b6970706564 05 c2 91c0 01"), Is.EqualTo(new Samples.Placed("x", 5, false)));
    }

    [Test]
    public void WhatDoesNotArriveKeepsItsInitialValue()
    {
        Assert.That(Wire.Read<Samples.Defaults>("80").Name, Is.EqualTo("unnamed"));
        Assert.That(Wire.Read<Samples.Defaults>("80").Items, Is.Empty);
        Assert.That(Wire.Read<Samples.Placed>("91 a178"), Is.EqualTo(new Samples.Placed("x", 0, Last: true)));
    }

    [Test]
    public void TypesWithoutAttributesAreMapsOfTheirPublicNames()
    {
        Assert.That(Wire.Hex(new Samples.Plain(1, "a") { Note = null }), Is.EqualTo("83" + "a64e756d626572" + "01" + "a454657874" + "a161" + "a44e6f7465" + "c0"));
        Assert.That(Wire.Read<Samples.Plain>("82 a454657874 a162 a64e756d626572 07"), Is.EqualTo(new Samples.Plain(7, "b")));
        Assert.That(Wire.Read<Samples.Plain>("81 a44e6f7465 a163").Note, Is.EqualTo("c"));
    }

    [Test]
    public void StructsWithFieldsAndPropertiesAreRead()
    {
        var read = MessagePackSerializer.Deserialize<Samples.Point>(MessagePackSerializer.Serialize(new Samples.Point { X = 1, Y = 2 }));
        Assert.That((read.X, read.Y), Is.EqualTo((1.0, 2.0)));
    }

    [Test]
    public void NilIsNullForClassesAndRefusedForStructs()
    {
        Assert.That(Wire.Read<Samples.Defaults?>("c0"), Is.Null);
        Assert.That(() => Wire.Read<Samples.Point>("c0"), Throws.TypeOf<MessagePackSerializationException>());
        Assert.That(() => Wire.Read<int>("c0"), Throws.TypeOf<MessagePackSerializationException>());
        Assert.That(Wire.Read<int?>("c0"), Is.Null);
    }

    [Test]
    public void EnumsAreTheirNumbersAndKeepUnknownOnes()
    {
        Assert.That(Wire.Hex(Samples.Colour.Blue), Is.EqualTo("cd012c"));
        Assert.That(Wire.Read<Samples.Colour>("05"), Is.EqualTo((Samples.Colour)5));
        Assert.That(() => Wire.Read<Samples.Colour>("ce00010000"), Throws.TypeOf<MessagePackSerializationException>());
    }

    [Test]
    public void ObjectsAreWrittenAsWhatTheyAreAndReadByTheirFormat()
    {
        Assert.That(Wire.Hex<object?[]>([1, "a", null, new byte[] { 9 }, new Samples.Placed("x", 5)]), Is.EqualTo("95 01 a161 c0 c40109 94a178c005c3".Replace(" ", "")));
        Assert.That(Wire.Read<object>("97 01 cd0100 cb3ff8000000000000 a161 c40109 c3 81a16101"), Is.EqualTo(new object[]
        {
            (byte)1, (ushort)256, 1.5, "a", new byte[] { 9 }, true, new Dictionary<object, object?> { ["a"] = (byte)1 },
        }));
    }

    [Test]
    public void SequencesAndDictionariesOfAnyKindAreArraysAndMaps()
    {
        Assert.That(Wire.Hex(Enumerable.Range(1, 3).Where(i => i != 2)), Is.EqualTo("920103"));
        Assert.That(Wire.Hex<object>(new Queue<int>([1, 2])), Is.EqualTo("920102"));
        Assert.That(Wire.Hex<object>(new SortedDictionary<string, int> { ["a"] = 1 }), Is.EqualTo("81a16101"));
        Assert.That(Wire.Read<IReadOnlyDictionary<string, int[]>>("81a161920102")["a"], Is.EqualTo(new[] { 1, 2 }));
        Assert.That(Wire.Read<HashSet<int>>("920102"), Is.EquivalentTo(new[] { 1, 2 }));
        Assert.That(Wire.Read<IEnumerable<string>>("91a161"), Is.EqualTo(new[] { "a" }));
        Assert.That(() => Wire.Read<Queue<int>>("920102"), Throws.TypeOf<MessagePackSerializationException>().With.Message.Contains("written but not read"));
    }

    [Test]
    public void OfAKeyThatComesTwiceTheLastValueCounts()
    {
        Assert.That(Wire.Read<Dictionary<string, int>>("82 a161 01 a161 02")["a"], Is.EqualTo(2));
        Assert.That(Wire.Read<Samples.Defaults>("82 a46e616d65 a178 a46e616d65 a179").Name, Is.EqualTo("y"));
    }

    [TestCase("01", typeof(string), "Expected a string, found Integer (0x01).")]
    [TestCase("a161", typeof(int), "Expected an integer, found String (0xa1).")]
    [TestCase("01", typeof(Samples.Defaults), "Expected a map, found Integer (0x01).")]
    [TestCase("80", typeof(Samples.Placed), "Expected an array, found Map (0x80).")]
    [TestCase("a161", typeof(byte[]), "Expected a bin, found String (0xa1).")]
    [TestCase("01", typeof(bool), "Expected a boolean, found Integer (0x01).")]
    [TestCase("01", typeof(Guid), "Expected a string, found Integer (0x01).")]
    [TestCase("a161", typeof(Guid), "Expected a Guid of 36 characters.")]
    [TestCase("81a46e616d6501", typeof(Samples.Defaults), "Expected a string, found Integer (0x01).")]
    public void SaysWhatWasExpectedAndWhatWasFound(string hex, Type type, string message)
    {
        var bytes = Wire.Bytes(hex);
        Assert.That(
            () =>
            {
                var reader = new MessagePackReader(bytes);
                MessagePackSerializer.Deserialize(type, ref reader);
            },
            Throws.TypeOf<MessagePackSerializationException>().With.Message.EqualTo(message));
    }

    [TestCase(typeof(KeylessMember), "Forgotten has neither [Key] nor [IgnoreMember]")]
    [TestCase(typeof(MixedKeys), "keys are all strings or all integers")]
    [TestCase(typeof(TwiceTheSameKey), "is used twice")]
    [TestCase(typeof(IDisposable), "no plain class or struct")]
    [TestCase(typeof(Action), "no plain class or struct")]
    [TestCase(typeof(int[,]), "several dimensions")]
    public void RefusesTypesThatHaveNoForm(Type type, string message)
    {
        for (var attempt = 0; attempt < 2; attempt++)
        {
            Assert.That(
                () =>
                {
                    var reader = new MessagePackReader(new byte[] { 0x80 });
                    MessagePackSerializer.Deserialize(type, ref reader);
                },
                Throws.TypeOf<MessagePackSerializationException>().With.Message.Contains(message));
        }
    }

    [Test]
    public void RefusesToReadATypeThatCannotBeMade()
    {
        Assert.That(Wire.Hex(new Unmakable("a")), Is.EqualTo("81a55768657265a161"));
        Assert.That(() => Wire.Read<Unmakable>("80"), Throws.TypeOf<MessagePackSerializationException>().With.Message.Contains("no public constructor"));
    }

    [Test]
    public void WrapsWhatAConstructorThrows() =>
        Assert.That(() => Wire.Read<Picky>("81 a3416765 00"), Throws.TypeOf<MessagePackSerializationException>()
            .With.InnerException.TypeOf<ArgumentOutOfRangeException>());

    [Test]
    public void WritesNothingToTheHeapButTheOutput()
    {
        var frame = new CommandCenter.Contracts.Wall.WallFrame { Epoch = "e", Tick = 12, Time = 1_795_000_000_000, Count = 2, Records = new byte[32_000] };
        var output = new ArrayBufferWriter<byte>(64_000);
        MessagePackSerializer.Serialize(output, frame);
        output.ResetWrittenCount();
        var before = GC.GetAllocatedBytesForCurrentThread();
        MessagePackSerializer.Serialize(output, frame);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    [MessagePackObject]
    public sealed record KeylessMember
    {
        [Key("a")] public int Kept { get; init; }

        public int Forgotten { get; init; }
    }

    [MessagePackObject]
    public sealed record MixedKeys
    {
        [Key("a")] public int Text { get; init; }

        [Key(1)] public int Number { get; init; }
    }

    [MessagePackObject]
    public sealed record TwiceTheSameKey
    {
        [Key("a")] public int One { get; init; }

        [Key("a")] public int Two { get; init; }
    }

    public sealed class Unmakable
    {
        public Unmakable(string somethingElse) => Where = somethingElse;

        public string Where { get; }
    }

    public sealed class Picky
    {
        public Picky(int age)
        {
            ArgumentOutOfRangeException.ThrowIfZero(age);
            Age = age;
        }

        public int Age { get; }
    }
}
