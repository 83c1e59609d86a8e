using System.Buffers.Binary;

namespace CommandCenter.Contracts.Wall;

/// <summary>How a worker is reached right now. Values are on the wire (low three bits of a record's state byte).</summary>
public enum Presence : byte
{
    /// <summary>Left this wall's view: forget the slot.</summary>
    Gone = 0,
    OffDuty = 1,
    Lost = 2,
    Stale = 3,

    /// <summary>Online and still.</summary>
    Still = 4,
    Moving = 5,
}

/// <summary>Upper bits of a record's state byte.</summary>
[Flags]
public enum RecordFlags : byte
{
    None = 0,
    HeadingKnown = 0x08,
    Mock = 0x10,
    Inaccurate = 0x20,

    /// <summary>Home outside the viewer's area.</summary>
    Stranger = 0x40,

    /// <summary>On the roster but never located: longitude and latitude mean nothing.</summary>
    NoPosition = 0x80,
}

/// <summary>
/// One worker in a wall frame: 16 bytes, little-endian.
/// <code>
/// 0  u32 slot        the worker's number
/// 4  i32 longitude   1e-7 degrees WGS-84
/// 8  i32 latitude    1e-7 degrees WGS-84
/// 12 u8  heading     256ths of a turn clockwise from north; meaningless unless state has HeadingKnown
/// 13 u8  speed       steps of 0.25 m/s, 255 = 63.75 m/s or more
/// 14 u8  state       bits 0–2 Presence, bits 3–7 RecordFlags
/// 15 u8  age         of the fix, before the frame's time: see <see cref="EncodeAge"/>
/// </code>
/// </summary>
public readonly record struct WallRecord(int Slot, int LongitudeE7, int LatitudeE7, byte Heading, byte Speed, byte State, byte Age)
{
    public const int Size = 16;

    public Presence Presence => (Presence)(State & 7);

    public RecordFlags Flags => (RecordFlags)(State & 0xf8);

    public void Write(Span<byte> to)
    {
        BinaryPrimitives.WriteInt32LittleEndian(to, Slot);
        BinaryPrimitives.WriteInt32LittleEndian(to[4..], LongitudeE7);
        BinaryPrimitives.WriteInt32LittleEndian(to[8..], LatitudeE7);
        to[12] = Heading;
        to[13] = Speed;
        to[14] = State;
        to[15] = Age;
    }

    public static WallRecord Read(ReadOnlySpan<byte> from) => new(
        BinaryPrimitives.ReadInt32LittleEndian(from),
        BinaryPrimitives.ReadInt32LittleEndian(from[4..]),
        BinaryPrimitives.ReadInt32LittleEndian(from[8..]),
        from[12],
        from[13],
        from[14],
        from[15]);

    /// <summary>Seconds 0–127 as they are; 128–185: 2–59 whole minutes; 186 and 187 are never written; 188–254: 1–67 whole hours; 255: never or longer.</summary>
    public static byte EncodeAge(long seconds) => seconds switch
    {
        < 0 => 0,
        < 128 => (byte)seconds,
        < 3_600 => (byte)(128 + ((seconds - 120) / 60)),
        < 244_800 => (byte)(188 + ((seconds - 3_600) / 3_600)),
        _ => 255,
    };

    /// <summary>The age in seconds, as its unit has it (128 s was written as 2 min and reads as 120 s); null for 255.</summary>
    public static long? DecodeAge(byte age) => age switch
    {
        < 128 => age,
        < 188 => 120 + ((age - 128) * 60L),
        < 255 => 3_600 + ((age - 188) * 3_600L),
        _ => null,
    };
}

/// <summary>
/// Head counts of one area: 24 bytes, little-endian, six u32: area id, on duty, online and moving, online and still, stale, lost.
/// </summary>
public readonly record struct AreaCountRecord(int AreaId, int OnDuty, int Moving, int Still, int Stale, int Lost)
{
    public const int Size = 24;

    public void Write(Span<byte> to)
    {
        BinaryPrimitives.WriteInt32LittleEndian(to, AreaId);
        BinaryPrimitives.WriteInt32LittleEndian(to[4..], OnDuty);
        BinaryPrimitives.WriteInt32LittleEndian(to[8..], Moving);
        BinaryPrimitives.WriteInt32LittleEndian(to[12..], Still);
        BinaryPrimitives.WriteInt32LittleEndian(to[16..], Stale);
        BinaryPrimitives.WriteInt32LittleEndian(to[20..], Lost);
    }

    public static AreaCountRecord Read(ReadOnlySpan<byte> from) => new(
        BinaryPrimitives.ReadInt32LittleEndian(from),
        BinaryPrimitives.ReadInt32LittleEndian(from[4..]),
        BinaryPrimitives.ReadInt32LittleEndian(from[8..]),
        BinaryPrimitives.ReadInt32LittleEndian(from[12..]),
        BinaryPrimitives.ReadInt32LittleEndian(from[16..]),
        BinaryPrimitives.ReadInt32LittleEndian(from[20..]));
}
