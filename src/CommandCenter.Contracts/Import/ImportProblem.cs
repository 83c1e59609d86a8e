namespace CommandCenter.Contracts.Import;

/// <summary>Errors keep the whole file from being applied; warnings are for a person to judge.</summary>
public enum ImportSeverity
{
    Error,
    Warning,
}

/// <summary>What is wrong with a row; docs/import.md has a paragraph for each.</summary>
public enum ImportFault
{
    /// <summary>A field that must be there is missing or blank.</summary>
    Missing,

    /// <summary>A value that the field cannot take; the detail says what it can.</summary>
    Invalid,

    /// <summary>The code, or the device, stands in the file a second time; other is the row of the first.</summary>
    Duplicate,

    /// <summary>The code belongs to one outside the importer's area.</summary>
    CodeTaken,

    /// <summary>No such area in the importer's area; other is its code.</summary>
    UnknownArea,

    /// <summary>No such worker in the importer's area; other is the code.</summary>
    UnknownWorker,

    /// <summary>The code was that of a worker who left.</summary>
    WorkerLeft,

    /// <summary>Two workers have one phone number; other is the row of the first.</summary>
    SamePhone,

    /// <summary>The row has more or fewer fields than the header, or a quote that does not end.</summary>
    BrokenRow,

    /// <summary>The item is not a GeoJSON Feature with properties.</summary>
    NotAFeature,

    /// <summary>Neither the file nor the center has the parent within the importer's area; other is its code.</summary>
    UnknownParent,

    /// <summary>The area is its own ancestor; other is the parent that closes the ring.</summary>
    Cycle,

    /// <summary>The kind is not of a lower level than the parent's, or a child's not lower than it; other is that one.</summary>
    KindNotBelowParent,

    /// <summary>The area is the importer's own, whose parent and kind are not the importer's to change.</summary>
    OwnArea,

    /// <summary>The geometry is no polygon or multipolygon of GeoJSON.</summary>
    UnreadableGeometry,

    /// <summary>The geometry has no surface.</summary>
    EmptyGeometry,

    /// <summary>The file draws no geometry: a stored one stays, a new area has none.</summary>
    NoGeometry,

    /// <summary>Its rings cross or touch themselves or each other; at is where.</summary>
    SelfIntersection,

    /// <summary>The coordinates are no degrees: metres of a projection, perhaps.</summary>
    NotDegrees,

    /// <summary>The coordinates look like latitude first; GeoJSON has longitude first.</summary>
    LatitudeFirst,

    /// <summary>A part of it lies outside its parent, other; squareMeters is how much and at where.</summary>
    OutsideParent,

    /// <summary>It overlaps its sibling, other; squareMeters is how much and at where.</summary>
    Overlap,

    /// <summary>Its children cover it but for a hole of squareMeters at a place.</summary>
    Gap,
}

/// <summary>One thing wrong with a file.</summary>
/// <param name="Row">The feature's number from 1, or the line of the CSV file (the header is 1); 0: the center's own, not in the file.</param>
/// <param name="Code">The row's code as far as it can be read.</param>
/// <param name="Field">The column or property; null when the row as a whole is meant.</param>
/// <param name="Problem">What is wrong, for machines.</param>
/// <param name="Severity">Whether it keeps the file from being applied.</param>
/// <param name="Detail">What is wrong, for people, in English.</param>
/// <param name="Other">The other code or row, where the problem is between two.</param>
/// <param name="SquareMeters">How much, for surfaces.</param>
/// <param name="At">Where: longitude and latitude in degrees WGS-84, for shapes.</param>
public sealed record ImportProblem(
    int Row,
    string? Code,
    string? Field,
    ImportFault Problem,
    ImportSeverity Severity,
    string Detail,
    string? Other = null,
    double? SquareMeters = null,
    double[]? At = null);
