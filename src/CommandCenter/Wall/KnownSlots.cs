namespace CommandCenter.Wall;

/// <summary>
/// Which slots one wall with a rectangle holds, a bit each. Without a rectangle the picture itself can say what a wall held at its tick; where
/// somebody stood in a rectangle it does not remember, and without this every passer-by outside would be told "gone" for ever.
/// </summary>
internal sealed class KnownSlots
{
    private ulong[] _bits = [];

    public bool Contains(int slot) => slot >> 6 < _bits.Length && (_bits[slot >> 6] & (1UL << slot)) != 0;

    public void Set(int slot, bool known)
    {
        if (slot >> 6 >= _bits.Length)
        {
            if (!known)
            {
                return;
            }

            Array.Resize(ref _bits, Math.Max((slot >> 6) + 1, _bits.Length * 2));
        }

        _bits[slot >> 6] = known ? _bits[slot >> 6] | (1UL << slot) : _bits[slot >> 6] & ~(1UL << slot);
    }

    public void Clear() => _bits.AsSpan().Clear();
}
