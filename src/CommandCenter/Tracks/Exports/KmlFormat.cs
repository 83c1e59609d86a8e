using System.Runtime.InteropServices;

namespace CommandCenter.Tracks.Exports;

/// <summary>KML 2.2 with Google's gx:Track: a placemark a stretch, so that nothing is drawn across a gap; the other numbers as arrays beside.</summary>
internal sealed class KmlFormat : ITrackFormat
{
    private int? _worker;

    public void Begin(ExportText to, ExportRequest request)
    {
        to.Raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<kml xmlns=\"http://www.opengis.net/kml/2.2\" xmlns:gx=\"http://www.google.com/kml/ext/2.2\">\n<Document><name>"u8)
            .Xml(request.Title).Raw("</name>\n"u8);
        if (request.Clean)
        {
            to.Raw("<description>"u8).Xml(ExportNoteText.Cleaned).Raw("</description>\n"u8);
        }

        to.Raw("<Schema id=\"fix\">\n"u8);
        foreach (var field in ExportFields.Numbers)
        {
            to.Raw("<gx:SimpleArrayField name=\""u8).Xml(field.Name).Raw("\" type=\""u8).Raw(field.Decimals == 0 ? "int"u8 : "float"u8).Raw("\"/>\n"u8);
        }

        to.Raw("<gx:SimpleArrayField name=\"flags\" type=\"string\"/>\n<gx:SimpleArrayField name=\"device\" type=\"int\"/>\n</Schema>\n"u8);
    }

    public void Add(ExportText to, Stretch stretch)
    {
        if (_worker != stretch.Worker.Id)
        {
            CloseFolder(to);
            _worker = stretch.Worker.Id;
            to.Raw("<Folder><name>"u8).Xml($"{stretch.Worker.Code} {stretch.Worker.Name}").Raw("</name>\n"u8);
        }

        to.Raw("<Placemark><name>"u8).Xml(stretch.Worker.Code).Raw(" "u8).Number(stretch.Number)
            .Raw("</name>\n<gx:Track><altitudeMode>clampToGround</altitudeMode>\n"u8);
        var fixes = CollectionsMarshal.AsSpan(stretch.Fixes);
        foreach (ref readonly var fix in fixes)
        {
            to.Raw("<when>"u8).Moment(fix.FixTimeMs).Raw("</when>\n"u8);
        }

        foreach (ref readonly var fix in fixes)
        {
            to.Raw("<gx:coord>"u8).Decimal(fix.LongitudeE7, 7).Raw(" "u8).Decimal(fix.LatitudeE7, 7).Raw(" "u8)
                .Number(fix.AltitudeM == Fix.UnknownAltitude ? 0 : fix.AltitudeM).Raw("</gx:coord>\n"u8);
        }

        to.Raw("<ExtendedData><SchemaData schemaUrl=\"#fix\">\n"u8);
        foreach (var field in ExportFields.Numbers)
        {
            to.Raw("<gx:SimpleArrayData name=\""u8).Xml(field.Name).Raw("\">"u8);
            foreach (ref readonly var fix in fixes)
            {
                to.Raw("<gx:value>"u8);
                field.Write(to, fix);
                to.Raw("</gx:value>"u8);
            }

            to.Raw("</gx:SimpleArrayData>\n"u8);
        }

        to.Raw("<gx:SimpleArrayData name=\"flags\">"u8);
        foreach (ref readonly var fix in fixes)
        {
            to.Raw("<gx:value>"u8).Xml(ExportFields.Words(fix.Flags)).Raw("</gx:value>"u8);
        }

        to.Raw("</gx:SimpleArrayData>\n<gx:SimpleArrayData name=\"device\">"u8);
        foreach (ref readonly var fix in fixes)
        {
            to.Raw("<gx:value>"u8).Number(fix.DeviceId).Raw("</gx:value>"u8);
        }

        to.Raw("</gx:SimpleArrayData>\n</SchemaData></ExtendedData>\n</gx:Track></Placemark>\n"u8);
    }

    public void End(ExportText to, ExportNotes notes)
    {
        CloseFolder(to);
        var lines = string.Join('\n', ExportNoteText.Lines(notes));
        if (lines.Length > 0)
        {
            to.Raw("<Folder><name>Left out</name><description>"u8).Xml(lines).Raw("</description></Folder>\n"u8);
        }

        to.Raw("</Document>\n</kml>\n"u8);
    }

    private void CloseFolder(ExportText to)
    {
        if (_worker is not null)
        {
            to.Raw("</Folder>\n"u8);
        }
    }
}
