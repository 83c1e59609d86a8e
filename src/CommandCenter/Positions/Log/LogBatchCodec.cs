using System.Buffers.Binary;
using CommandCenter.Storage;
using CommandCenter.Tracks;

namespace CommandCenter.Positions.Log;

/// <summary>
/// One append to the position log as bytes: about 23 a fix. Little-endian.
/// <code>
/// u8 version (1), i64 receivedAt ms, varint count, then for each fix
///   zigzag device - device before, zigzag worker - device, zigzag FixTime - receivedAt ms, i32 longitude, i32 latitude (absent for a heartbeat),
///   u8 flags, u8 battery, varint speed+1, varint heading+1, varint accuracy+1 (0: unknown), zigzag altitude
/// </code>
/// </summary>
public static class LogBatchCodec
{
    /// <summary>Most bytes one fix can take.</summary>
    public const int MaxFixBytes = 5 + 5 + 10 + 8 + 2 + 3 + 3 + 3 + 3;

    public const int HeaderBytes = 1 + 8 + 5;

    private const byte Version = 1;

    /// <summary>Writes to <paramref name="to"/>, which has room for the most it can take, and returns the length.</summary>
    public static int Encode(ReadOnlySpan<Fix> fixes, long receivedAtMs, Span<byte> to)
    {
        to[0] = Version;
        BinaryPrimitives.WriteInt64LittleEndian(to[1..], receivedAtMs);
        var at = 9;
        Varint.Write(to, ref at, (ulong)fixes.Length);
        var deviceBefore = 0;
        foreach (ref readonly var fix in fixes)
        {
            Varint.Write(to, ref at, Varint.ZigZag((long)fix.DeviceId - deviceBefore));
            Varint.Write(to, ref at, Varint.ZigZag((long)fix.WorkerId - fix.DeviceId));
            Varint.Write(to, ref at, Varint.ZigZag(fix.FixTimeMs - receivedAtMs));
            to[at++] = (byte)fix.Flags;
            if (!fix.IsHeartbeat)
            {
                BinaryPrimitives.WriteInt32LittleEndian(to[at..], fix.LongitudeE7);
                BinaryPrimitives.WriteInt32LittleEndian(to[(at + 4)..], fix.LatitudeE7);
                at += 8;
            }

            to[at++] = fix.BatteryPercent;
            Varint.Write(to, ref at, (ushort)(fix.SpeedCmps + 1));
            Varint.Write(to, ref at, (ushort)(fix.HeadingDeci + 1));
            Varint.Write(to, ref at, (ushort)(fix.AccuracyDm + 1));
            Varint.Write(to, ref at, Varint.ZigZag(fix.AltitudeM));
            deviceBefore = fix.DeviceId;
        }

        return at;
    }

    /// <summary>Appends the fixes to <paramref name="to"/> and returns when the batch was received, ms since 1970 UTC.</summary>
    /// <exception cref="InvalidDataException">Not a batch of a known version, or damaged; nothing is added then.</exception>
    public static long Decode(ReadOnlySpan<byte> bytes, List<Fix> to)
    {
        var before = to.Count;
        try
        {
            return DecodeCore(bytes, to);
        }
        catch (Exception e) when (e is InvalidDataException or OverflowException or ArgumentOutOfRangeException or IndexOutOfRangeException)
        {
            to.RemoveRange(before, to.Count - before);
            throw e as InvalidDataException ?? new InvalidDataException("The batch is damaged.", e);
        }
    }

    private static long DecodeCore(ReadOnlySpan<byte> bytes, List<Fix> to)
    {
        if (bytes.Length < 10 || bytes[0] != Version)
        {
            throw new InvalidDataException($"Not a batch of version {Version}.");
        }

        var receivedAtMs = BinaryPrimitives.ReadInt64LittleEndian(bytes[1..]);
        var at = 9;
        var count = Varint.Read(bytes, ref at);
        if (count > (ulong)bytes.Length)
        {
            throw new InvalidDataException($"A batch of {count} fixes in {bytes.Length} bytes.");
        }

        to.EnsureCapacity(to.Count + (int)count);
        var device = 0;
        for (var i = 0; i < (int)count; i++)
        {
            device = checked((int)(device + Varint.UnZigZag(Varint.Read(bytes, ref at))));
            var worker = checked((int)(device + Varint.UnZigZag(Varint.Read(bytes, ref at))));
            var time = checked(receivedAtMs + Varint.UnZigZag(Varint.Read(bytes, ref at)));
            var flags = (FixFlags)bytes[at++];
            int longitude = 0, latitude = 0;
            if ((flags & FixFlags.Heartbeat) == 0)
            {
                longitude = BinaryPrimitives.ReadInt32LittleEndian(bytes[at..]);
                latitude = BinaryPrimitives.ReadInt32LittleEndian(bytes[(at + 4)..]);
                at += 8;
            }

            to.Add(new Fix
            {
                DeviceId = device,
                WorkerId = worker,
                FixTimeMs = time,
                LongitudeE7 = longitude,
                LatitudeE7 = latitude,
                Flags = flags,
                BatteryPercent = bytes[at++],
                SpeedCmps = (ushort)(checked((ushort)Varint.Read(bytes, ref at)) - 1),
                HeadingDeci = (ushort)(checked((ushort)Varint.Read(bytes, ref at)) - 1),
                AccuracyDm = (ushort)(checked((ushort)Varint.Read(bytes, ref at)) - 1),
                AltitudeM = checked((short)Varint.UnZigZag(Varint.Read(bytes, ref at))),
            });
        }

        return at == bytes.Length ? receivedAtMs : throw new InvalidDataException("Bytes follow the last fix.");
    }
}
