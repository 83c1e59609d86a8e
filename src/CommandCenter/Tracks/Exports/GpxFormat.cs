using System.Runtime.InteropServices;

namespace CommandCenter.Tracks.Exports;

/// <summary>GPX 1.1: a track a worker, a segment a stretch; what GPX has no word for is in extensions of our namespace.</summary>
internal sealed class GpxFormat : ITrackFormat
{
    public const string Extension = "urn:commandcenter:fix:1";

    private int? _worker;

    public void Begin(ExportText to, ExportRequest request)
    {
        to.Raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gpx version=\"1.1\" creator=\"CommandCenter\" xmlns=\"http://www.topografix.com/GPX/1/1\" xmlns:cc=\"urn:commandcenter:fix:1\">\n"u8)
            .Raw("<metadata><name>"u8).Xml(request.Title).Raw("</name>"u8);
        if (request.Clean)
        {
            to.Raw("<desc>"u8).Xml(ExportNoteText.Cleaned).Raw("</desc>"u8);
        }

        to.Raw("</metadata>\n"u8);
    }

    public void Add(ExportText to, Stretch stretch)
    {
        if (_worker != stretch.Worker.Id)
        {
            CloseTrack(to);
            _worker = stretch.Worker.Id;
            to.Raw("<trk><name>"u8).Xml($"{stretch.Worker.Code} {stretch.Worker.Name}")
                .Raw("</name><extensions><cc:worker>"u8).Xml(stretch.Worker.Code).Raw("</cc:worker></extensions>\n"u8);
        }

        to.Raw("<trkseg>\n"u8);
        foreach (ref readonly var fix in CollectionsMarshal.AsSpan(stretch.Fixes))
        {
            Point(to, fix);
        }

        to.Raw("</trkseg>\n"u8);
    }

    public void End(ExportText to, ExportNotes notes)
    {
        CloseTrack(to);
        var lines = ExportNoteText.Lines(notes).ToList();
        if (lines.Count > 0)
        {
            to.Raw("<extensions>\n"u8);
            foreach (var line in lines)
            {
                to.Raw("<cc:note>"u8).Xml(line).Raw("</cc:note>\n"u8);
            }

            to.Raw("</extensions>\n"u8);
        }

        to.Raw("</gpx>\n"u8);
    }

    private void CloseTrack(ExportText to)
    {
        if (_worker is not null)
        {
            to.Raw("</trk>\n"u8);
        }
    }

    private static void Point(ExportText to, in Fix fix)
    {
        to.Raw("<trkpt lat=\""u8).Decimal(fix.LatitudeE7, 7).Raw("\" lon=\""u8).Decimal(fix.LongitudeE7, 7).Raw("\">"u8);
        if (fix.AltitudeM != Fix.UnknownAltitude)
        {
            to.Raw("<ele>"u8).Number(fix.AltitudeM).Raw("</ele>"u8);
        }

        to.Raw("<time>"u8).Moment(fix.FixTimeMs).Raw("</time><extensions><cc:device>"u8).Number(fix.DeviceId).Raw("</cc:device>"u8);
        if (fix.SpeedCmps != Fix.UnknownSpeed)
        {
            to.Raw("<cc:speed>"u8).Decimal(fix.SpeedCmps, 2).Raw("</cc:speed>"u8);
        }

        if (fix.HeadingDeci != Fix.UnknownHeading)
        {
            to.Raw("<cc:heading>"u8).Decimal(fix.HeadingDeci, 1).Raw("</cc:heading>"u8);
        }

        if (fix.AccuracyDm != Fix.UnknownAccuracy)
        {
            to.Raw("<cc:accuracy>"u8).Decimal(fix.AccuracyDm, 1).Raw("</cc:accuracy>"u8);
        }

        if (fix.BatteryPercent != Fix.UnknownBattery)
        {
            to.Raw("<cc:battery>"u8).Number(fix.BatteryPercent).Raw("</cc:battery>"u8);
        }

        if (fix.Flags != FixFlags.None)
        {
            to.Raw("<cc:flags>"u8).Xml(ExportFields.Words(fix.Flags)).Raw("</cc:flags>"u8);
        }

        to.Raw("</extensions></trkpt>\n"u8);
    }
}
