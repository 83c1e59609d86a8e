using System.Runtime.CompilerServices;
using CommandCenter.Storage;

namespace CommandCenter.Coverage;

/// <summary>
/// Goes over the squares of a stored tile without making anything of them: a picture over weeks reads ten millions, and wants two numbers of each, or one. What it passes over is not
/// looked at, so only <see cref="CoverageCodec.DecodeTile"/> notices every damage.
/// </summary>
internal ref struct TileCursor
{
    private readonly ReadOnlySpan<byte> _body;
    private int _at;
    private int _left;

    /// <exception cref="InvalidDataException">The bytes are no tile, or of a later version.</exception>
    public TileCursor(ReadOnlySpan<byte> body)
    {
        _body = body;
        _left = Count = CoverageCodec.CountOf(body, ref _at);
        Place = -1;
    }

    /// <summary>Squares in all.</summary>
    public int Count { get; }

    /// <summary>In the tile, ascending.</summary>
    public int Place { get; private set; }

    public int Visits { get; private set; }

    /// <summary>Only after <see cref="MoveNext"/>.</summary>
    public long DwellMs { get; private set; }

    /// <summary>To the next square; false: there is none.</summary>
    /// <exception cref="InvalidDataException">The bytes are damaged.</exception>
    public bool MoveNext()
    {
        if (!MoveToPlace())
        {
            return false;
        }

        DwellMs = (long)Math.Min(Varint.Read(_body, ref _at), long.MaxValue);
        ReadVisits();
        return true;
    }

    /// <summary>As <see cref="MoveNext"/>, without how long somebody was there.</summary>
    /// <exception cref="InvalidDataException">The bytes are damaged.</exception>
    public bool MoveNextVisits()
    {
        if (!MoveToPlace())
        {
            return false;
        }

        Skip(1);
        ReadVisits();
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool MoveToPlace()
    {
        if (--_left < 0)
        {
            return false;
        }

        var place = Place + 1L + (long)Read();
        if (place is < 0 or >= CoverageTile.Side * CoverageTile.Side)
        {
            throw new InvalidDataException("A square lies outside of its tile.");
        }

        Place = (int)place;
        return true;
    }

    /// <summary>And past passes, workers and the last moment.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void ReadVisits()
    {
        var visits = Read();
        Visits = visits <= int.MaxValue ? (int)visits : throw new InvalidDataException("A number is too large.");
        Skip(3);
    }

    /// <summary>Most numbers are one byte.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong Read() => (uint)_at < (uint)_body.Length && _body[_at] < 0x80 ? _body[_at++] : Varint.Read(_body, ref _at);

    /// <summary>A number ends at the first byte below 0x80.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Skip(int numbers)
    {
        var body = _body;
        var at = _at;
        for (; numbers > 0; at++)
        {
            if ((uint)at >= (uint)body.Length)
            {
                throw new InvalidDataException("The bytes end within a number.");
            }

            numbers -= body[at] < 0x80 ? 1 : 0;
        }

        _at = at;
    }
}
