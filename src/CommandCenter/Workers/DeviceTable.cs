using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace CommandCenter.Workers;

/// <summary>
/// All devices by id, by public name and by the hash of their OsmAnd identifier. Many read while one writes; a row is a whole and replaced as
/// one, so a reader has the old or the new.
/// </summary>
internal sealed class DeviceTable
{
    private const int ChunkBits = 10;
    private const int ChunkSize = 1 << ChunkBits;

    private readonly Lock _writing = new();
    private readonly DeviceIndex _byUser = new();
    private readonly DeviceIndex _byOsmandId = new();

    /// <summary>Nobody who enrols a device can know which names share a place.</summary>
    private readonly uint _seed = (uint)Random.Shared.Next();
    private DeviceRow?[]?[] _byId = [];
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public DeviceRow? Find(int id)
    {
        var chunks = Volatile.Read(ref _byId);
        var chunk = id >> ChunkBits;
        return id >= 0 && chunk < chunks.Length && chunks[chunk] is { } rows ? Volatile.Read(ref rows[id & (ChunkSize - 1)]) : null;
    }

    public DeviceRow? FindByUser(ReadOnlySpan<char> user)
    {
        for (var candidates = _byUser.Find(HashOf(user)); candidates.Next(out var id);)
        {
            if (Find(id) is { } row && user.SequenceEqual(row.Device.User))
            {
                return row;
            }
        }

        return null;
    }

    /// <summary>The name as ASCII; null too when it is none.</summary>
    /// <param name="user">The name.</param>
    /// <param name="hash">Its <see cref="HashOf(ReadOnlySpan{byte})"/>.</param>
    public DeviceRow? FindByUser(ReadOnlySpan<byte> user, uint hash)
    {
        for (var candidates = _byUser.Find(hash); candidates.Next(out var id);)
        {
            if (Find(id) is { } row && Ascii.Equals(user, row.Device.User))
            {
                return row;
            }
        }

        return null;
    }

    /// <summary>Touches what finding these will need, one after another without waiting: by the time they are looked for it is there.</summary>
    public int Fetch(ReadOnlySpan<uint> hashes)
    {
        var sum = 0;
        foreach (var hash in hashes)
        {
            sum += _byUser.FirstAt(hash);
        }

        foreach (var hash in hashes)
        {
            sum += Find(_byUser.FirstAt(hash)) is { } row ? row.Device.User.Length : 0;
        }

        return sum;
    }

    public DeviceRow? FindByOsmandId(in SecretHash hash)
    {
        for (var candidates = _byOsmandId.Find((uint)hash.A); candidates.Next(out var id);)
        {
            if (Find(id) is { } row && row.Osmand.FixedTimeEquals(hash))
            {
                return row;
            }
        }

        return null;
    }

    /// <summary>Puts the row in; false for the late answer to a question asked before the device was revoked, which is for good.</summary>
    public bool Put(DeviceRow row)
    {
        lock (_writing)
        {
            var was = Find(row.Device.Id);
            if (was is { Device.Revoked: true } && !row.Device.Revoked)
            {
                return false;
            }

            Volatile.Write(ref PlaceOf(row.Device.Id), row);
            _count += was is null ? 1 : 0;
            if (was is null || was.Device.User != row.Device.User)
            {
                if (was is not null)
                {
                    _byUser.Remove(HashOf(was.Device.User.AsSpan()), was.Device.Id);
                }

                _byUser.Add(HashOf(row.Device.User.AsSpan()), row.Device.Id);
            }

            if (was is null || was.Osmand != row.Osmand)
            {
                if (was is not null)
                {
                    _byOsmandId.Remove((uint)was.Osmand.A, was.Device.Id);
                }

                _byOsmandId.Add((uint)row.Osmand.A, row.Device.Id);
            }

            return true;
        }
    }

    private ref DeviceRow? PlaceOf(int id)
    {
        var chunk = id >> ChunkBits;
        if (chunk >= _byId.Length)
        {
            // Half as much again, lest a large roster copy the table for each of its chunks.
            var grown = new DeviceRow?[]?[Math.Max(chunk + 1, _byId.Length * 3 / 2)];
            _byId.CopyTo(grown, 0);
            Volatile.Write(ref _byId, grown);
        }

        return ref (_byId[chunk] ?? (_byId[chunk] = new DeviceRow?[ChunkSize]))[id & (ChunkSize - 1)];
    }

    /// <summary>Of a name in ASCII the same as of its bytes.</summary>
    private uint HashOf(ReadOnlySpan<char> user)
    {
        Span<byte> ascii = stackalloc byte[256];
        return user.Length <= ascii.Length && Ascii.FromUtf16(user, ascii, out var length) == OperationStatus.Done
            ? HashOf(ascii[..length])
            : HashOf(MemoryMarshal.AsBytes(user));
    }

    /// <summary>Eight bytes at a time, each product folded, so that every bit of a name has its part in every bit of the hash.</summary>
    public uint HashOf(ReadOnlySpan<byte> user)
    {
        var hash = _seed ^ ((ulong)user.Length << 32);
        for (; user.Length >= sizeof(ulong); user = user[sizeof(ulong)..])
        {
            hash = Mix(hash, BinaryPrimitives.ReadUInt64LittleEndian(user));
        }

        ulong rest = 0;
        foreach (var b in user)
        {
            rest = (rest << 8) | b;
        }

        hash = Mix(hash, rest);
        return (uint)(hash ^ (hash >> 32));
    }

    private static ulong Mix(ulong hash, ulong bytes)
    {
        var high = Math.BigMul(hash ^ bytes ^ 0xD6E8_FEB8_6659_FD93, 0x9E37_79B9_7F4A_7C15, out var low);
        return high ^ low;
    }
}
