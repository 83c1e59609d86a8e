namespace CommandCenter.Tracks.Exports;

/// <summary>What an export can be, each with its word on the wire; docs/exports.md describes them.</summary>
public enum ExportFormat
{
    Gpx,
    Kml,
    Csv,
    GeoJson,
    MfJson,

    /// <summary>A zip with all of the above, what is stored, and sums to check it by.</summary>
    Case,
}

internal static class ExportFormats
{
    public static readonly IReadOnlyDictionary<string, ExportFormat> Words = new Dictionary<string, ExportFormat>
    {
        ["gpx"] = ExportFormat.Gpx,
        ["kml"] = ExportFormat.Kml,
        ["csv"] = ExportFormat.Csv,
        ["geojson"] = ExportFormat.GeoJson,
        ["mf-json"] = ExportFormat.MfJson,
        ["case"] = ExportFormat.Case,
    };

    public static string Word(this ExportFormat format) => Words.First(word => word.Value == format).Key;

    public static string MediaType(this ExportFormat format) => format switch
    {
        ExportFormat.Gpx => "application/gpx+xml",
        ExportFormat.Kml => "application/vnd.google-earth.kml+xml",
        ExportFormat.Csv => "text/csv; charset=utf-8",
        ExportFormat.GeoJson => "application/geo+json",
        ExportFormat.MfJson => "application/json",
        _ => "application/zip",
    };

    public static string Extension(this ExportFormat format) => format switch
    {
        ExportFormat.MfJson => "mf.json",
        ExportFormat.Case => "zip",
        _ => format.Word(),
    };

    /// <summary>About how long the file becomes, for a bar of progress: measured on simulated patrols, rounded up.</summary>
    public static int BytesPerFix(this ExportFormat format) => format switch
    {
        ExportFormat.Gpx => 280,
        ExportFormat.Kml => 330,
        ExportFormat.Csv => 160,
        ExportFormat.GeoJson => 100,
        ExportFormat.MfJson => 260,
        _ => 120,
    };

    public static ITrackFormat Writer(this ExportFormat format, TimeZoneInfo zone) => format switch
    {
        ExportFormat.Gpx => new GpxFormat(),
        ExportFormat.Kml => new KmlFormat(),
        ExportFormat.Csv => new CsvFormat(zone),
        ExportFormat.GeoJson => new GeoJsonFormat(),
        ExportFormat.MfJson => new MfJsonFormat(),
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, null),
    };
}
