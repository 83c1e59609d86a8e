using System.Numerics;

namespace CommandCenter.Coverage.Ground;

/// <summary>
/// Which grid each square of a tile belongs to, and whether it is masked. A set of a tile's squares is 64 words: the word is the row, the bit the column.
/// </summary>
public sealed class GroundTile(CoverageTile at)
{
    private readonly ushort[] _unit = new ushort[CoverageTile.Side * CoverageTile.Side];
    private readonly List<int> _units = [];

    public CoverageTile At { get; } = at;

    /// <summary>Squares that nobody patrols.</summary>
    public ulong[] Masked { get; } = NewSet();

    /// <summary>Ordinals of the grids that have squares here.</summary>
    public IReadOnlyList<int> Units => _units;

    public static ulong[] NewSet() => new ulong[CoverageTile.Side];

    public static int CountOf(ReadOnlySpan<ulong> set)
    {
        var count = 0;
        foreach (var row in set)
        {
            count += BitOperations.PopCount(row);
        }

        return count;
    }

    /// <summary>The grid's ordinal; -1: no grid's.</summary>
    public int UnitAt(int place) => _unit[place] is var local and > 0 ? _units[local - 1] : -1;

    /// <summary>Gives the squares of a row to a grid, from whichever had them: the last one counts.</summary>
    internal void Give(int unit, int row, int firstColumn, int endColumn)
    {
        if (_units.Count == 0 || _units[^1] != unit)
        {
            _units.Add(unit);
        }

        _unit.AsSpan((row << CoverageTile.Bits) + firstColumn, endColumn - firstColumn).Fill((ushort)_units.Count);
    }

    internal void Mask(int row, int firstColumn, int endColumn) => Masked[row] |= Run(firstColumn, endColumn);

    /// <summary>Bits of columns from the first until before the end.</summary>
    internal static ulong Run(int firstColumn, int endColumn) =>
        (endColumn == CoverageTile.Side ? ulong.MaxValue : (1UL << endColumn) - 1) & ~((1UL << firstColumn) - 1);
}
