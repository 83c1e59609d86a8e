using System.Runtime.InteropServices;

namespace CommandCenter.Coverage;

/// <summary>One worker's stays in squares, as they come: one that goes on where the last one ended is the same stay. Used again for the next track.</summary>
public sealed class CellStays
{
    private readonly List<CellStay> _stays = [];

    /// <summary>By square, then time; valid until the next <see cref="Restart"/>.</summary>
    public ReadOnlySpan<CellStay> Sorted()
    {
        _stays.Sort();
        return CollectionsMarshal.AsSpan(_stays);
    }

    /// <summary>Of all stays, ms.</summary>
    public long CreditedMs { get; private set; }

    public void Restart()
    {
        _stays.Clear();
        CreditedMs = 0;
    }

    /// <param name="cell">Where.</param>
    /// <param name="fromMs">Since 1970 UTC; not before the end of the stay added last.</param>
    /// <param name="toMs">Exclusive; a stay of no time is none.</param>
    public void Add(CoverageCell cell, long fromMs, long toMs)
    {
        if (toMs <= fromMs)
        {
            return;
        }

        CreditedMs += toMs - fromMs;
        if (_stays.Count > 0 && _stays[^1] is var last && last.Key == cell.Key && last.ToMs == fromMs)
        {
            _stays[^1] = last with { ToMs = toMs };
        }
        else
        {
            _stays.Add(new CellStay(cell.Key, fromMs, toMs));
        }
    }
}

/// <summary>Somebody was in a square from a moment until before another, ms since 1970 UTC.</summary>
/// <param name="Key">Of the <see cref="CoverageCell"/>.</param>
/// <param name="FromMs">Inclusive.</param>
/// <param name="ToMs">Exclusive.</param>
public readonly record struct CellStay(long Key, long FromMs, long ToMs) : IComparable<CellStay>
{
    public int CompareTo(CellStay other) => Key != other.Key ? Key.CompareTo(other.Key) : FromMs.CompareTo(other.FromMs);
}
