namespace CommandCenter.Coverage.Answers;

/// <summary>A step of a measure's scale in a drawn picture: values from <paramref name="From"/> on.</summary>
public sealed record ColorStep(int From, string Label, int Rgb);

/// <summary>Colours of exported pictures: those of the web client's day map, darker the more they say. Values are those of <see cref="CoveragePicture.Squares"/>.</summary>
public static class PictureColors
{
    public const int NoData = 0x8D949C;
    public const int NotPatrolled = 0xDDE1E4;

    private static readonly int[] Ages = [0xE6ECD0, 0xD3D9B4, 0xB9C2A5, 0x98A69C, 0x748A95, 0x526F8E, 0x33527F, 0x12305F];
    private static readonly int[] Counts = [0xFFFFFF, 0xD4E6A3, 0x9FD28A, 0x5BB383, 0x2B8F86, 0x2A668A, 0x37316F];
    private static readonly int[] Times = [0xFFFFFF, 0xC9E8D3, 0x92CDB6, 0x55A9A5, 0x357F98, 0x33568A, 0x2F2F63];
    private static readonly int[] Spots = [0xEAF0E2, 0xC3C2A3, 0xA2A57F, 0x7D8570, 0x596A75, 0x23406D];

    /// <summary>Ascending; the first holds 0.</summary>
    public static IReadOnlyList<ColorStep> Of(CoverageMeasure measure) => measure switch
    {
        CoverageMeasure.Age => Steps(Ages, [0, 1, 2, 4, 8, 15, 31, CoverageMeasures.Longer], ["0 d", "1 d", "2-3 d", "4-7 d", "8-14 d", "15-30 d", "31+ d", "never"]),
        CoverageMeasure.Visits => Steps(Counts, [0, 1, 10, 20, 40, 70, 140], ["0", "0.1/w", "1/w", "2/w", "4/w", "7/w", "14+/w"]),
        CoverageMeasure.Dwell => Steps(Times, [0, 1, 60, 300, 900, 3_600, 14_400], ["0", "1 s", "1 m", "5 m", "15 m", "1 h", "4+ h"]),
        _ => Steps(Spots, [0, 1, 4, 8, 15, CoverageMeasures.Longer], ["0 d", "1-3 d", "4-7 d", "8-14 d", "15+ d", "never"]),
    };

    private static ColorStep[] Steps(int[] colors, int[] from, string[] labels) => [.. colors.Select((color, n) => new ColorStep(from[n], labels[n], color))];
}
