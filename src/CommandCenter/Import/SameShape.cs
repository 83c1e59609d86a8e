using NetTopologySuite.Geometries;

namespace CommandCenter.Import;

/// <summary>Whether two polygons are the same on the ground, however they are written: digits past the seventh (1 cm), first corner, turning, order of parts.</summary>
internal static class SameShape
{
    public static bool Are(Geometry one, Geometry? other) =>
        other is not null && one.NumPoints == other.NumPoints && Plain(one).EqualsExact(Plain(other));

    private static Geometry Plain(Geometry geometry)
    {
        var copy = geometry.Copy();
        copy.Apply(new Rounding());
        copy.GeometryChanged();
        var parts = copy is MultiPolygon { NumGeometries: 1 } ? copy.GetGeometryN(0) : copy;
        parts.Normalize();
        return parts;
    }

    private sealed class Rounding : ICoordinateSequenceFilter
    {
        public bool Done => false;

        public bool GeometryChanged => true;

        public void Filter(CoordinateSequence seq, int i)
        {
            seq.SetX(i, Math.Round(seq.GetX(i), 7));
            seq.SetY(i, Math.Round(seq.GetY(i), 7));
        }
    }
}
