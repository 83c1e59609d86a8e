namespace CommandCenter.Coverage;

/// <summary>
/// A square of 25 m in the plane of the center's Gauss–Krüger zone: sixteen of them make a cell of the 100 m unit grid of urban management (万米单元网格).
/// </summary>
/// <param name="Column">Squares east of the plane's origin.</param>
/// <param name="Row">Squares north of it.</param>
public readonly record struct CoverageCell(int Column, int Row) : IComparable<CoverageCell>
{
    public const double Meters = 25;

    /// <summary>One number for it; its order is that of <see cref="CompareTo"/> for places north of the equator.</summary>
    public long Key => ((long)Row << 32) | (uint)Column;

    /// <summary>The cell of the unit grid it lies in.</summary>
    public (int Column, int Row) Unit => (Column >> 2, Row >> 2);

    public static CoverageCell FromKey(long key) => new((int)(uint)key, (int)(key >> 32));

    /// <param name="east">Metres in the plane.</param>
    /// <param name="north">Metres in the plane.</param>
    public static CoverageCell At(double east, double north) => new((int)Math.Floor(east / Meters), (int)Math.Floor(north / Meters));

    public int CompareTo(CoverageCell other) => Key.CompareTo(other.Key);
}
