using MessagePack;

namespace CommandCenter.Tests.MessagePack;

/// <summary>Types of every shape that the library knows.</summary>
public static class Samples
{
    public enum Colour : short
    {
        None = 0,
        Red = -2,
        Blue = 300,
    }

    [MessagePackObject]
    public sealed record Everything
    {
        [Key("flag")] public bool Flag { get; init; }

        [Key("byte")] public byte Byte { get; init; }

        [Key("sbyte")] public sbyte SByte { get; init; }

        [Key("short")] public short Short { get; init; }

        [Key("ushort")] public ushort UShort { get; init; }

        [Key("int")] public int Int { get; init; }

        [Key("uint")] public uint UInt { get; init; }

        [Key("long")] public long Long { get; init; }

        [Key("ulong")] public ulong ULong { get; init; }

        [Key("float")] public float Float { get; init; }

        [Key("double")] public double Double { get; init; }

        [Key("char")] public char Char { get; init; }

        [Key("text")] public string? Text { get; init; }

        [Key("bytes")] public byte[]? Bytes { get; init; }

        [Key("memory")] public ReadOnlyMemory<byte> Memory { get; init; }

        [Key("maybe")] public int? Maybe { get; init; }

        [Key("colour")] public Colour Colour { get; init; }

        [Key("maybeColour")] public Colour? MaybeColour { get; init; }

        [Key("time")] public DateTime Time { get; init; }

        [Key("moment")] public DateTimeOffset Moment { get; init; }

        [Key("id")] public Guid Id { get; init; }

        [Key("numbers")] public int[]? Numbers { get; init; }

        [Key("list")] public List<string?>? List { get; init; }

        [Key("readOnly")] public IReadOnlyList<Placed>? ReadOnly { get; init; }

        [Key("map")] public Dictionary<string, double>? Map { get; init; }

        [Key("child")] public Everything? Child { get; init; }

        [IgnoreMember] public int Ignored => 7;
    }

    /// <summary>Integer keys with a gap, made by a constructor.</summary>
    [MessagePackObject]
    public sealed record Placed([property: Key(0)] string Name, [property: Key(2)] int Count, [property: Key(3)] bool Last = true);

    /// <summary>No attributes: a map of the names as they are.</summary>
    public sealed record Plain(int Number, string Text)
    {
        public string? Note { get; init; } = "none";
    }

    public struct Point
    {
        public double X { get; set; }

        public double Y;
    }

    [MessagePackObject]
    public sealed record Defaults
    {
        [Key("name")] public string Name { get; init; } = "unnamed";

        [Key("items")] public IReadOnlyList<int> Items { get; init; } = [];
    }

    public static Everything Full(Everything? child = null) => new()
    {
        Flag = true,
        Byte = 200,
        SByte = -100,
        Short = -30_000,
        UShort = 60_000,
        Int = -2_000_000_000,
        UInt = 4_000_000_000,
        Long = long.MinValue,
        ULong = ulong.MaxValue,
        Float = 1.5f,
        Double = Math.PI,
        Char = '网',
        Text = "迎泽区 district",
        Bytes = [1, 2, 3],
        Memory = new byte[] { 4, 5 },
        Maybe = 12,
        Colour = Colour.Red,
        MaybeColour = Colour.Blue,
        Time = new DateTime(2026, 11, 22, 6, 30, 0, 123, DateTimeKind.Utc),
        Moment = new DateTimeOffset(2600, 1, 1, 0, 0, 0, TimeSpan.Zero),
        Id = new Guid("6f9619ff-8b86-d011-b42d-00cf4fc964ff"),
        Numbers = [1, -1, 70_000],
        List = ["a", null, ""],
        ReadOnly = [new Placed("first", 1), new Placed("second", 2, Last: false)],
        Map = new Dictionary<string, double> { ["a"] = 1.25, ["b"] = -3 },
        Child = child,
    };

    public static byte[] Bytes() => MessagePackSerializer.Serialize(Full(Full()));
}
