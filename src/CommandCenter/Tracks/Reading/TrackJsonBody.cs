using System.Globalization;
using System.IO.Pipelines;
using System.Text.Json;
using CommandCenter.Contracts.Tracks;
using CommandCenter.Contracts.Wall;

namespace CommandCenter.Tracks.Reading;

/// <summary>
/// <c>application/json</c>: an array of segments, each of one worker and within one hour, as columns of one length, sorted by time; then the workers and the end.
/// <c>at</c> is ms since 1970 UTC, longitude and latitude 1e-7 degrees WGS-84; what the phone did not say is null.
/// </summary>
internal sealed class TrackJsonBody : ITrackBody
{
    private readonly Utf8JsonWriter _json;
    private readonly Dictionary<int, WallName> _names = [];
    private readonly List<Fix> _fixes = [];
    private int _unreadable;

    public TrackJsonBody(TrackOpening opening, PipeWriter to)
    {
        _json = new Utf8JsonWriter(to);
        _json.WriteStartObject();
        _json.WriteString("from", Text(opening.FromMs));
        _json.WriteString("to", Text(opening.ToMs));
        _json.WriteStartArray("segments");
    }

    public void Write(TrackChunk chunk)
    {
        foreach (var name in chunk.Names ?? [])
        {
            _names[name.Slot] = name;
        }

        foreach (var body in TrackSegments.Of(chunk))
        {
            _fixes.Clear();
            if (!TrackCodec.TryDecode(body.Span, _fixes))
            {
                // It had the shape of a track, but not its values.
                ReadingMetrics.Unreadable.Add(1);
                _unreadable++;
                continue;
            }

            WriteSegment();
        }

        if (chunk.End is { } end)
        {
            WriteEnd(end);
        }

        _json.Flush();
    }

    public static string Text(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private void WriteSegment()
    {
        _json.WriteStartObject();
        _json.WriteString("worker", _names[_fixes[0].WorkerId].Worker);
        Column("at", fix => fix.FixTimeMs);
        Column("longitudeE7", fix => fix.LongitudeE7);
        Column("latitudeE7", fix => fix.LatitudeE7);
        Column("speedMps", fix => (decimal?)fix.SpeedMps);
        Column("headingDegrees", fix => (decimal?)fix.HeadingDegrees);
        Column("accuracyMeters", fix => (decimal?)fix.AccuracyMeters);
        Column("altitudeMeters", fix => fix.AltitudeM == Fix.UnknownAltitude ? null : fix.AltitudeM);
        Column("batteryPercent", fix => fix.BatteryPercent == Fix.UnknownBattery ? null : fix.BatteryPercent);
        Column("flags", fix => (int)fix.Flags);
        Column("device", fix => fix.DeviceId);
        _json.WriteEndObject();
    }

    private void Column(string name, Func<Fix, decimal?> valueOf)
    {
        _json.WriteStartArray(name);
        foreach (var fix in _fixes)
        {
            if (valueOf(fix) is { } value)
            {
                _json.WriteNumberValue(value);
            }
            else
            {
                _json.WriteNullValue();
            }
        }

        _json.WriteEndArray();
    }

    private void WriteEnd(TrackEnd end)
    {
        _json.WriteEndArray();
        _json.WriteStartArray("workers");
        foreach (var name in _names.Values)
        {
            _json.WriteStartObject();
            _json.WriteString("worker", name.Worker);
            _json.WriteString("name", name.Name);
            _json.WriteString("role", name.Role);
            _json.WriteString("area", name.Area);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
        _json.WriteString("complete", Text(end.Complete));
        _json.WriteNumber("fixes", end.Fixes);
        _json.WriteNumber("outside", end.Outside);
        _json.WriteNumber("unreadable", end.Unreadable + _unreadable);
        _json.WriteEndObject();
    }
}
