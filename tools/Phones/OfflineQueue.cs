namespace CommandCenter.Phones;

/// <summary>A phone's fixes that wait for the server, oldest first. At its limit the oldest makes room. One writer and one reader may meet.</summary>
public sealed class OfflineQueue(int limit)
{
    private readonly Lock _gate = new();
    private PhoneFix[] _ring = new PhoneFix[Math.Min(4, limit)];
    private int _head;
    private int _count;

    public int Limit => limit;

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _count;
            }
        }
    }

    /// <summary>False when the oldest fix was lost to make room.</summary>
    public bool Add(in PhoneFix fix)
    {
        lock (_gate)
        {
            var full = _count == limit;
            if (full)
            {
                _head = (_head + 1) % _ring.Length;
                _count--;
            }
            else if (_count == _ring.Length)
            {
                Grow();
            }

            _ring[(_head + _count) % _ring.Length] = fix;
            _count++;
            return !full;
        }
    }

    /// <summary>Takes up to <paramref name="most"/> of the oldest out of the queue.</summary>
    public PhoneFix[] Take(int most)
    {
        lock (_gate)
        {
            var taken = new PhoneFix[Math.Min(most, _count)];
            for (var i = 0; i < taken.Length; i++)
            {
                taken[i] = _ring[(_head + i) % _ring.Length];
            }

            _head = (_head + taken.Length) % _ring.Length;
            _count -= taken.Length;
            return taken;
        }
    }

    private void Grow()
    {
        var wider = new PhoneFix[Math.Min(limit, _ring.Length * 2)];
        for (var i = 0; i < _count; i++)
        {
            wider[i] = _ring[(_head + i) % _ring.Length];
        }

        _ring = wider;
        _head = 0;
    }
}
