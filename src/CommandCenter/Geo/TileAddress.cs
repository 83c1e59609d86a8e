using NetTopologySuite.Geometries;

namespace CommandCenter.Geo;

/// <summary>A tile of the web's usual grid (Web Mercator, y southward) and the way from degrees to its own units.</summary>
public readonly record struct TileAddress(int Zoom, int X, int Y)
{
    /// <summary>Units along a tile's side.</summary>
    public const int Extent = 4_096;

    /// <summary>What is drawn beyond the tile's edge, so that strokes and cut borders do not show at it; units.</summary>
    public const int Buffer = 96;

    public static bool Exists(int zoom, int x, int y) => zoom is >= 0 and <= 30 && x >= 0 && y >= 0 && x < 1L << zoom && y < 1L << zoom;

    /// <summary>The tile that holds a place.</summary>
    public static TileAddress At(int zoom, double longitude, double latitude)
    {
        var (x, y) = World(longitude, latitude);
        var tiles = 1 << zoom;
        return new TileAddress(zoom, Math.Clamp((int)(x * tiles), 0, tiles - 1), Math.Clamp((int)(y * tiles), 0, tiles - 1));
    }

    /// <summary>In degrees, with the buffer.</summary>
    public Envelope BoundsWithBuffer()
    {
        const double More = (double)Buffer / Extent;
        return new Envelope(Longitude(X - More), Longitude(X + 1 + More), Latitude(Y + 1 + More), Latitude(Y - More));
    }

    public (double X, double Y) Project(Coordinate at)
    {
        var (x, y) = World(at.X, at.Y);
        var scale = (double)(1L << Zoom);
        return (((x * scale) - X) * Extent, ((y * scale) - Y) * Extent);
    }

    // Web Mercator (EPSG:3857) with the world's side as 1.
    private static (double X, double Y) World(double longitude, double latitude)
    {
        var sine = Math.Sin(Math.Clamp(latitude, -85.0511, 85.0511) * Math.PI / 180);
        return ((longitude + 180) / 360, 0.5 - (Math.Log((1 + sine) / (1 - sine)) / (4 * Math.PI)));
    }

    private double Longitude(double x) => (x / (1L << Zoom) * 360) - 180;

    private double Latitude(double y) => Math.Atan(Math.Sinh(Math.PI * (1 - (2 * y / (1L << Zoom))))) * 180 / Math.PI;
}
