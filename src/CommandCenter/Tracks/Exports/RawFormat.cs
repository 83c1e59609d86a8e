using System.Runtime.InteropServices;

namespace CommandCenter.Tracks.Exports;

/// <summary>Accepted fixes exactly as they are stored, a JSON object a line, every field as the whole number that is kept. Part of a case.</summary>
internal sealed class RawFormat : ITrackFormat
{
    public void Begin(ExportText to, ExportRequest request)
    {
    }

    public void Add(ExportText to, Stretch stretch)
    {
        foreach (ref readonly var fix in CollectionsMarshal.AsSpan(stretch.Fixes))
        {
            Line(to, stretch.Worker.Code, fix);
        }
    }

    public void End(ExportText to, ExportNotes notes)
    {
    }

    /// <summary>One fix; a re-import reads it.</summary>
    public static void Line(ExportText to, string worker, in Fix fix) => to
        .Raw("{\"worker\":"u8).Json(worker)
        .Raw(",\"workerId\":"u8).Number(fix.WorkerId)
        .Raw(",\"deviceId\":"u8).Number(fix.DeviceId)
        .Raw(",\"fixTimeMs\":"u8).Number(fix.FixTimeMs)
        .Raw(",\"longitudeE7\":"u8).Number(fix.LongitudeE7)
        .Raw(",\"latitudeE7\":"u8).Number(fix.LatitudeE7)
        .Raw(",\"speedCmps\":"u8).Number(fix.SpeedCmps)
        .Raw(",\"headingDeci\":"u8).Number(fix.HeadingDeci)
        .Raw(",\"accuracyDm\":"u8).Number(fix.AccuracyDm)
        .Raw(",\"altitudeM\":"u8).Number(fix.AltitudeM)
        .Raw(",\"batteryPercent\":"u8).Number(fix.BatteryPercent)
        .Raw(",\"flags\":"u8).Number((byte)fix.Flags)
        .Raw("}\n"u8);
}
