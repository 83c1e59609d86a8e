using System.Runtime.InteropServices;

namespace CommandCenter.Tracks.Exports;

/// <summary>
/// OGC Moving Features JSON (19-045r3, MF-JSON Prism): a feature with a MovingPoint a stretch; each other number is a temporal property with
/// the moments at which the phone said it.
/// </summary>
internal sealed class MfJsonFormat : ITrackFormat
{
    private bool _more;

    public void Begin(ExportText to, ExportRequest request) => to
        .Raw("{\"type\":\"FeatureCollection\",\"crs\":{\"type\":\"Name\",\"properties\":{\"name\":\"urn:ogc:def:crs:OGC:1.3:CRS84\"}},"u8)
        .Raw("\"trs\":{\"type\":\"Link\",\"properties\":{\"type\":\"OGCDEF\",\"href\":\"http://www.opengis.net/def/uom/ISO-8601/0/Gregorian\"}},\"label\":"u8)
        .Json(request.Title).Raw(request.Clean ? ExportNoteText.CleanedJson : ""u8).Raw(",\"features\":["u8);

    public void Add(ExportText to, Stretch stretch)
    {
        to.Raw(_more ? ",\n"u8 : "\n"u8);
        _more = true;
        var fixes = CollectionsMarshal.AsSpan(stretch.Fixes);
        to.Raw("{\"type\":\"Feature\",\"id\":"u8).Json($"{stretch.Worker.Code}/{stretch.Number}")
            .Raw(",\"geometry\":null,\"properties\":{\"worker\":"u8).Json(stretch.Worker.Code).Raw(",\"name\":"u8).Json(stretch.Worker.Name)
            .Raw(",\"stretch\":"u8).Number(stretch.Number)
            .Raw("},\"time\":[\""u8).Moment(fixes[0].FixTimeMs).Raw("\",\""u8).Moment(fixes[^1].FixTimeMs)
            .Raw("\"],\"temporalGeometry\":{\"type\":\"MovingPoint\",\"datetimes\":["u8);
        for (var i = 0; i < fixes.Length; i++)
        {
            Moment(to, i > 0, fixes[i]);
        }

        to.Raw("],\"coordinates\":["u8);
        for (var i = 0; i < fixes.Length; i++)
        {
            to.Raw(i == 0 ? ""u8 : ","u8);
            GeoJsonFormat.Position(to, fixes[i]);
        }

        to.Raw("],\"interpolation\":\"Linear\"},\"temporalProperties\":["u8);
        foreach (var field in ExportFields.Numbers)
        {
            Property(to, field, fixes);
        }

        Words(to, fixes);
        to.Raw("]}"u8);
    }

    public void End(ExportText to, ExportNotes notes)
    {
        to.Raw("\n]"u8);
        ExportNoteText.Json(to, notes);
        to.Raw("}\n"u8);
    }

    private static void Property(ExportText to, ExportField field, ReadOnlySpan<Fix> fixes)
    {
        var said = 0;
        foreach (ref readonly var fix in fixes)
        {
            if (field.Value(fix) is not null)
            {
                to.Raw(said == 0 ? "{\"datetimes\":["u8 : ""u8);
                Moment(to, said++ > 0, fix);
            }
        }

        if (said == 0)
        {
            return;
        }

        to.Raw("],"u8).Json(field.Name).Raw(":{\"type\":\"Measure\",\"form\":"u8).Json(field.Unit).Raw(",\"values\":["u8);
        said = 0;
        foreach (ref readonly var fix in fixes)
        {
            if (field.Value(fix) is { } value)
            {
                to.Raw(said++ > 0 ? ","u8 : ""u8);
                field.Write(to, value);
            }
        }

        to.Raw("],\"interpolation\":\"Step\"}},"u8);
    }

    private static void Words(ExportText to, ReadOnlySpan<Fix> fixes)
    {
        to.Raw("{\"datetimes\":["u8);
        for (var i = 0; i < fixes.Length; i++)
        {
            Moment(to, i > 0, fixes[i]);
        }

        to.Raw("],\"flags\":{\"type\":\"Text\",\"values\":["u8);
        for (var i = 0; i < fixes.Length; i++)
        {
            to.Raw(i == 0 ? ""u8 : ","u8).Json(ExportFields.Words(fixes[i].Flags));
        }

        to.Raw("],\"interpolation\":\"Step\"},\"device\":{\"type\":\"Measure\",\"form\":\"1\",\"values\":["u8);
        for (var i = 0; i < fixes.Length; i++)
        {
            to.Raw(i == 0 ? ""u8 : ","u8).Number(fixes[i].DeviceId);
        }

        to.Raw("],\"interpolation\":\"Step\"}}"u8);
    }

    private static void Moment(ExportText to, bool comma, in Fix fix) => to.Raw(comma ? ",\""u8 : "\""u8).Moment(fix.FixTimeMs).Raw("\""u8);
}
