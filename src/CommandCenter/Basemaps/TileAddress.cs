using System.Globalization;

namespace CommandCenter.Basemaps;

/// <summary>A tile of the Web Mercator square: column <paramref name="X"/> from the west, row <paramref name="Y"/> from the north.</summary>
public readonly record struct TileAddress(int Z, int X, int Y)
{
    public const int DeepestZoom = 22;

    /// <summary>Null when it is no tile of the world, or of a zoom that the map does not have; <paramref name="wrong"/> names the part.</summary>
    public static TileAddress? Parse(string? z, string? x, string? y, int minZoom, int maxZoom, out (string Argument, string Allowed) wrong)
    {
        wrong = ("z", $"a whole number from {minZoom} to {maxZoom}");
        if (Number(z) is not { } zoom || zoom < minZoom || zoom > maxZoom)
        {
            return null;
        }

        var last = (1 << zoom) - 1;
        wrong = ("x", $"a whole number from 0 to {last} at zoom {zoom}");
        if (Number(x) is not { } column || column > last)
        {
            return null;
        }

        wrong.Argument = "y";
        return Number(y) is { } row && row <= last ? new TileAddress(zoom, column, row) : null;
    }

    private static int? Number(string? text) =>
        text is { Length: > 0 and <= 8 } && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
