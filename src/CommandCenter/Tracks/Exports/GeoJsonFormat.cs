using System.Runtime.InteropServices;

namespace CommandCenter.Tracks.Exports;

/// <summary>GeoJSON (RFC 7946): a line a stretch, a point where it is one fix alone, the other numbers as arrays among the properties.</summary>
internal sealed class GeoJsonFormat : ITrackFormat
{
    private bool _more;

    public void Begin(ExportText to, ExportRequest request) =>
        to.Raw("{\"type\":\"FeatureCollection\",\"name\":"u8).Json(request.Title).Raw(request.Clean ? ExportNoteText.CleanedJson : ""u8).Raw(",\"features\":["u8);

    public void Add(ExportText to, Stretch stretch)
    {
        to.Raw(_more ? ",\n"u8 : "\n"u8);
        _more = true;
        var fixes = CollectionsMarshal.AsSpan(stretch.Fixes);
        to.Raw("{\"type\":\"Feature\",\"id\":"u8).Json($"{stretch.Worker.Code}/{stretch.Number}").Raw(",\"geometry\":"u8);
        if (fixes.Length == 1)
        {
            to.Raw("{\"type\":\"Point\",\"coordinates\":"u8);
            Position(to, fixes[0]);
        }
        else
        {
            to.Raw("{\"type\":\"LineString\",\"coordinates\":["u8);
            for (var i = 0; i < fixes.Length; i++)
            {
                to.Raw(i == 0 ? ""u8 : ","u8);
                Position(to, fixes[i]);
            }

            to.Raw("]"u8);
        }

        to.Raw("},\"properties\":{\"worker\":"u8).Json(stretch.Worker.Code).Raw(",\"name\":"u8).Json(stretch.Worker.Name)
            .Raw(",\"stretch\":"u8).Number(stretch.Number).Raw(",\"times\":["u8);
        for (var i = 0; i < fixes.Length; i++)
        {
            to.Raw(i == 0 ? "\""u8 : ",\""u8).Moment(fixes[i].FixTimeMs).Raw("\""u8);
        }

        foreach (var field in ExportFields.Numbers)
        {
            to.Raw("],"u8).Json(field.Name).Raw(":["u8);
            for (var i = 0; i < fixes.Length; i++)
            {
                to.Raw(i == 0 ? ""u8 : ","u8);
                if (field.Value(fixes[i]) is { } value)
                {
                    field.Write(to, value);
                }
                else
                {
                    to.Raw("null"u8);
                }
            }
        }

        to.Raw("],\"flags\":["u8);
        for (var i = 0; i < fixes.Length; i++)
        {
            to.Raw(i == 0 ? ""u8 : ","u8).Json(ExportFields.Words(fixes[i].Flags));
        }

        to.Raw("],\"device\":["u8);
        for (var i = 0; i < fixes.Length; i++)
        {
            to.Raw(i == 0 ? ""u8 : ","u8).Number(fixes[i].DeviceId);
        }

        to.Raw("]}}"u8);
    }

    public void End(ExportText to, ExportNotes notes)
    {
        to.Raw("\n]"u8);
        ExportNoteText.Json(to, notes);
        to.Raw("}\n"u8);
    }

    internal static void Position(ExportText to, in Fix fix) =>
        to.Raw("["u8).Decimal(fix.LongitudeE7, 7).Raw(","u8).Decimal(fix.LatitudeE7, 7).Raw("]"u8);
}
