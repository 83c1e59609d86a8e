namespace CommandCenter.Coverage;

/// <summary>64 by 64 squares (1.6 km): what is stored of a day, and rebuilt, together.</summary>
public readonly record struct CoverageTile(int Column, int Row) : IComparable<CoverageTile>
{
    public const int Bits = 6;
    public const int Side = 1 << Bits;

    public static CoverageTile Of(CoverageCell cell) => new(cell.Column >> Bits, cell.Row >> Bits);

    /// <summary>Of a square in it, row by row; 0 to 4,095.</summary>
    public static int PlaceOf(CoverageCell cell) => ((cell.Row & (Side - 1)) << Bits) | (cell.Column & (Side - 1));

    public CoverageCell CellAt(int place) => new((Column << Bits) | (place & (Side - 1)), (Row << Bits) | (place >> Bits));

    public int CompareTo(CoverageTile other) => Row != other.Row ? Row.CompareTo(other.Row) : Column.CompareTo(other.Column);
}
