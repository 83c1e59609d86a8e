namespace CommandCenter.Coverage.Answers;

/// <summary>Draws a picture with its legend under it, north up. Pure.</summary>
public static class PngPicture
{
    private const int WantedPixels = 1_200;
    private const int MostPixelsASquare = 12;
    private const int Margin = 12;
    private const int Dot = 2;
    private const int Swatch = 18;
    private const int SwatchGap = 84;

    // The first colours of the palette; steps follow.
    private const byte White = 0;
    private const byte Ink = 1;
    private const byte NotPatrolled = 2;
    private const byte NoData = 3;
    private const byte FirstStep = 4;

    public static byte[] Encode(CoveragePicture picture)
    {
        var steps = PictureColors.Of(picture.Measure);
        var each = Math.Clamp(WantedPixels / Math.Max(1, Math.Max(picture.Columns, picture.Rows)), 1, MostPixelsASquare);
        (string Label, byte Color)[] legend = [.. steps.Select((step, n) => (step.Label, (byte)(FirstStep + n))), ("no data", NoData)];
        var (mapWidth, mapHeight) = (picture.Columns * each, picture.Rows * each);
        var width = Math.Max(mapWidth, legend.Length * SwatchGap) + (2 * Margin);
        var height = mapHeight + Swatch + (3 * Margin);
        var pixels = new byte[width * height];
        for (var y = 0; y < mapHeight; y++)
        {
            var squares = picture.Squares.AsSpan((picture.Rows - 1 - (y / each)) * picture.Columns, picture.Columns);
            var row = pixels.AsSpan(((y + Margin) * width) + Margin, mapWidth);
            for (var x = 0; x < mapWidth; x++)
            {
                var color = ColorOf(squares[x / each], steps);
                row[x] = color == NoData && IsBetween(x, y) ? White : color;
            }
        }

        for (var n = 0; n < legend.Length; n++)
        {
            DrawLegend(legend[n].Label, legend[n].Color, Margin + (n * SwatchGap), mapHeight + (2 * Margin), width, pixels);
        }

        return PalettePng.Encode(width, height, pixels, [0xFFFFFF, 0x20242A, PictureColors.NotPatrolled, PictureColors.NoData, .. steps.Select(step => step.Rgb)]);
    }

    private static byte ColorOf(int square, IReadOnlyList<ColorStep> steps)
    {
        if (square < CoveragePicture.FirstValue)
        {
            return square == CoveragePicture.NoData ? NoData : square == CoveragePicture.NotPatrolled ? NotPatrolled : White;
        }

        var step = steps.Count - 1;
        while (step > 0 && square - CoveragePicture.FirstValue < steps[step].From)
        {
            step--;
        }

        return (byte)(FirstStep + step);
    }

    /// <summary>No data is hatched: it is no colour of any scale.</summary>
    private static bool IsBetween(int x, int y) => (x + y) % 4 >= 2;

    private static void DrawLegend(string label, byte color, int left, int top, int width, byte[] pixels)
    {
        for (var at = 0; at < Swatch * Swatch; at++)
        {
            var (x, y) = (at % Swatch, at / Swatch);
            var border = x is 0 or Swatch - 1 || y is 0 or Swatch - 1;
            pixels[((top + y) * width) + left + x] = border ? Ink : color == NoData && IsBetween(x, y) ? White : color;
        }

        SmallLetters.Draw(label, left + Swatch + 4, top + ((Swatch - (SmallLetters.Height * Dot)) / 2), Dot, (x, y) => pixels[(y * width) + x] = Ink);
    }
}
