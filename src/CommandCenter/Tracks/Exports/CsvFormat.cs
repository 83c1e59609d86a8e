using System.Runtime.InteropServices;

namespace CommandCenter.Tracks.Exports;

/// <summary>CSV as Excel opens it: UTF-8 with its mark, CRLF, a row a fix. Text cells are never formulas.</summary>
internal sealed class CsvFormat(TimeZoneInfo zone) : ITrackFormat
{
    /// <summary>The columns in their order; stored by people, so only ever add at the end.</summary>
    public static readonly string[] Columns =
    [
        "worker_code", "worker_name", "device_id", "fix_time_utc", "fix_time_local", "longitude_wgs84", "latitude_wgs84",
        "speed_mps", "heading_degrees", "accuracy_meters", "altitude_meters", "battery_percent", "flags", "stretch",
    ];

    public void Begin(ExportText to, ExportRequest request)
    {
        to.Raw("\uFEFF"u8);
        to.Raw(System.Text.Encoding.UTF8.GetBytes(string.Join(',', Columns))).Raw("\r\n"u8);
    }

    public void Add(ExportText to, Stretch stretch)
    {
        foreach (ref readonly var fix in CollectionsMarshal.AsSpan(stretch.Fixes))
        {
            to.Cell(stretch.Worker.Code).Raw(","u8).Cell(stretch.Worker.Name).Raw(","u8).Number(fix.DeviceId).Raw(","u8)
                .Moment(fix.FixTimeMs).Raw(","u8).LocalMoment(fix.FixTimeMs, zone).Raw(","u8)
                .Decimal(fix.LongitudeE7, 7).Raw(","u8).Decimal(fix.LatitudeE7, 7).Raw(","u8);
            foreach (var field in ExportFields.Numbers)
            {
                field.Write(to, fix);
                to.Raw(","u8);
            }

            to.Cell(ExportFields.Words(fix.Flags)).Raw(","u8).Number(stretch.Number).Raw("\r\n"u8);
        }
    }

    public void End(ExportText to, ExportNotes notes)
    {
    }
}
