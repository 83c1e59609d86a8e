using System.ComponentModel.DataAnnotations;

namespace CommandCenter.Import;

/// <summary>Section <c>Import</c>: bounds of the files taken in.</summary>
public sealed class ImportOptions
{
    public const string Section = "Import";

    /// <summary>Largest file, bytes.</summary>
    [Range(1_024, 1_073_741_824)]
    public int MaxBytes { get; set; } = 64 * 1_024 * 1_024;

    /// <summary>Features of an area file.</summary>
    [Range(1, 1_000_000)]
    public int MaxFeatures { get; set; } = 20_000;

    /// <summary>Positions of all polygons of an area file.</summary>
    [Range(4, 100_000_000)]
    public int MaxPositions { get; set; } = 2_000_000;

    /// <summary>Rows of a roster or device file.</summary>
    [Range(1, 10_000_000)]
    public int MaxRows { get; set; } = 200_000;

    /// <summary>Longest time for a file to arrive, seconds.</summary>
    [Range(1, 3_600)]
    public int UploadSeconds { get; set; } = 300;

    /// <summary>Longest wait for an import before this one to end, seconds.</summary>
    [Range(1, 600)]
    public int WaitSeconds { get; set; } = 30;
}
