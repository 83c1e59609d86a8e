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
    public DeviceRow? FindByUser(ReadOnlySpan<byte> user)
    {
        for (var candidates = _byUser.Find(HashOf(user)); candidates.Next(out var id);)
        {
            if (Find(id) is { } row && Ascii.Equals(user, row.Device.User))
            {
                return row;
            }
        }

        return null;
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

    private uint HashOf(ReadOnlySpan<char> user)
    {
        ulong hash = _seed;
        foreach (var c in user)
        {
            hash = Mix(hash, c);
        }

        return Finish(hash);
    }

    private uint HashOf(ReadOnlySpan<byte> user)
    {
        ulong hash = _seed;
        foreach (var c in user)
        {
            hash = Mix(hash, c);
        }

        return Finish(hash);
    }

    private static ulong Mix(ulong hash, uint c) => (hash ^ c) * 0x9E37_79B9_7F4A_7C15;

    /// <summary>The upper bits have seen all characters; the lower, which choose the place, get their share.</summary>
    private static uint Finish(ulong hash) => (uint)((hash ^ (hash >> 32)) * 0xD6E8_FEB8_6659_FD93 >> 32);
}
