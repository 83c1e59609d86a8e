using NetTopologySuite.Geometries;

namespace CommandCenter.Geo;

/// <summary>What the degrees of a file or a map mean. Everything inside is WGS-84; CGCS2000 is the same to a few centimetres.</summary>
public enum Datum
{
    Wgs84,
    Gcj02,
    Bd09,
}

/// <summary>Conversion at the edge, where a datum is declared.</summary>
public static class Datums
{
    /// <summary>The words on the wire.</summary>
    public static readonly IReadOnlyDictionary<string, Datum> Words =
        new Dictionary<string, Datum>(StringComparer.Ordinal) { ["wgs84"] = Datum.Wgs84, ["gcj02"] = Datum.Gcj02, ["bd09"] = Datum.Bd09 };

    /// <summary>Moves every position of the geometry, in place.</summary>
    public static void ToWgs84(this Geometry geometry, Datum from)
    {
        if (from == Datum.Wgs84)
        {
            return;
        }

        geometry.Apply(new Mover(from));
        geometry.GeometryChanged();
    }

    private sealed class Mover(Datum from) : ICoordinateSequenceFilter
    {
        public bool Done => false;

        public bool GeometryChanged => true;

        public void Filter(CoordinateSequence seq, int i)
        {
            var (longitude, latitude) = from == Datum.Gcj02 ? Gcj02.ToWgs84(seq.GetX(i), seq.GetY(i)) : Bd09.ToWgs84(seq.GetX(i), seq.GetY(i));
            seq.SetX(i, longitude);
            seq.SetY(i, latitude);
        }
    }
}
