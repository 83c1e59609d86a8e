namespace CommandCenter.Workers;

/// <summary>
/// Ids of devices by a hash of what they are found by: open addressing, 8 bytes a place (hash, id), read without a lock and written under its
/// owner's. Millions of devices in a dictionary of objects were several waits for memory each; here it is one.
/// </summary>
internal sealed class DeviceIndex
{
    /// <summary>More of the places taken makes long ways to what is not there.</summary>
    private const double MostTaken = 0.7;

    /// <summary>No id, but others may stand behind it.</summary>
    private const long Removed = 1L << 32;

    private long[] _places = new long[1 << 10];
    private int _taken;

    /// <summary>Ids under that hash, of which some may belong to another key.</summary>
    public Candidates Find(uint hash) => new(Volatile.Read(ref _places), hash);

    /// <summary>What stands first where the hash belongs, whoever's it is; 0 for nothing. To have it at hand when it is asked for.</summary>
    public int FirstAt(uint hash)
    {
        var places = Volatile.Read(ref _places);
        return (int)places[hash & (places.Length - 1)];
    }

    /// <param name="hash">Spread evenly over 32 bits.</param>
    /// <param name="id">1 or more, and not there yet.</param>
    public void Add(uint hash, int id)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(id);
        if (_taken + 1 > _places.Length * MostTaken)
        {
            Grow();
        }

        Put(_places, Pack(hash, id));
        _taken++;
    }

    public void Remove(uint hash, int id)
    {
        var mask = _places.Length - 1;
        for (var at = (int)(hash & mask); _places[at] != 0; at = (at + 1) & mask)
        {
            if (_places[at] == Pack(hash, id))
            {
                Volatile.Write(ref _places[at], Removed);
                return;
            }
        }
    }

    private static long Pack(uint hash, int id) => ((long)hash << 32) | (uint)id;

    private static void Put(long[] places, long place)
    {
        var mask = places.Length - 1;
        var at = (int)((uint)(place >> 32) & mask);
        while (places[at] != 0)
        {
            at = (at + 1) & mask;
        }

        Volatile.Write(ref places[at], place);
    }

    private void Grow()
    {
        var places = new long[_places.Length * 2];
        _taken = 0;
        foreach (var place in _places)
        {
            if ((uint)place != 0)
            {
                Put(places, place);
                _taken++;
            }
        }

        Volatile.Write(ref _places, places);
    }

    public struct Candidates(long[] places, uint hash)
    {
        private int _at = (int)(hash & (places.Length - 1));

        public bool Next(out int id)
        {
            while (true)
            {
                var place = Volatile.Read(ref places[_at]);
                _at = (_at + 1) & (places.Length - 1);
                id = (int)place;
                if (place == 0)
                {
                    return false;
                }

                if (id != 0 && (uint)(place >> 32) == hash)
                {
                    return true;
                }
            }
        }
    }
}
