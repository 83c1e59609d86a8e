namespace CommandCenter.Positions.Live;

/// <summary>
/// When each slot must be looked at again, in buckets of time on a ring: a beat visits what is due and nothing else. Later than the ring
/// reaches is looked at when it comes round, and put off again. One list a bucket, its links in two columns; not thread-safe.
/// </summary>
internal sealed class DueWheel
{
    /// <summary>A slot is looked at up to this late; ms.</summary>
    public const long BucketMs = 250;

    private const int Buckets = 2_048;
    private const int None = -1;

    private readonly int[] _first = new int[Buckets];
    private int[] _next = [];
    private int[] _previous = [];
    private short[] _bucket = [];
    private long _turn = long.MinValue;

    public DueWheel() => _first.AsSpan().Fill(None);

    public void EnsureLength(int length)
    {
        if (length <= _bucket.Length)
        {
            return;
        }

        var from = _bucket.Length;
        Array.Resize(ref _next, length);
        Array.Resize(ref _previous, length);
        Array.Resize(ref _bucket, length);
        _bucket.AsSpan(from).Fill(None);
    }

    /// <summary>Reads what scheduling the slot will read.</summary>
    public int Fetch(int slot) => _bucket[slot];

    /// <summary>
    /// Sees to it that the slot is looked at once the clock shows <paramref name="dueMs"/> (never: <see cref="long.MaxValue"/>). A slot that is
    /// due sooner already stays there: to look too early costs one look.
    /// </summary>
    public void Schedule(int slot, long dueMs, long nowMs)
    {
        if (dueMs == long.MaxValue)
        {
            return;
        }

        var now = _turn == long.MinValue ? nowMs / BucketMs : _turn;
        _turn = now;
        var due = Math.Clamp((dueMs + BucketMs - 1) / BucketMs, now + 1, now + Buckets - 1);
        if (_bucket[slot] != None)
        {
            // How far ahead it stands on the ring.
            var stands = now + 1 + ((_bucket[slot] - (int)((now + 1) % Buckets) + Buckets) % Buckets);
            if (stands <= due)
            {
                return;
            }

            Remove(slot);
        }

        Add(slot, (short)(due % Buckets));
    }

    /// <summary>Takes the next slot that is due off the wheel; -1 when none is (any more) at <paramref name="nowMs"/>.</summary>
    public int Take(long nowMs)
    {
        var now = nowMs / BucketMs;
        if (_turn == long.MinValue)
        {
            _turn = now;
        }

        if (now < _turn)
        {
            // The clock was put back: what is due is told from it anew, so everybody is looked at once.
            _turn = now - Buckets;
        }

        _turn = Math.Max(_turn, now - Buckets);
        while (true)
        {
            var slot = _turn < 0 ? None : _first[_turn % Buckets];
            if (slot != None)
            {
                Remove(slot);
                return slot;
            }

            if (_turn >= now)
            {
                return None;
            }

            _turn++;
        }
    }

    private void Add(int slot, short bucket)
    {
        _bucket[slot] = bucket;
        _previous[slot] = None;
        _next[slot] = _first[bucket];
        if (_next[slot] != None)
        {
            _previous[_next[slot]] = slot;
        }

        _first[bucket] = slot;
    }

    private void Remove(int slot)
    {
        var bucket = _bucket[slot];
        if (_previous[slot] == None)
        {
            _first[bucket] = _next[slot];
        }
        else
        {
            _next[_previous[slot]] = _next[slot];
        }

        if (_next[slot] != None)
        {
            _previous[_next[slot]] = _previous[slot];
        }

        _bucket[slot] = None;
    }
}
