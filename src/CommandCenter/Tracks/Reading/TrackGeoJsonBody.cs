using System.IO.Pipelines;
using System.Runtime.InteropServices;
using System.Text.Json;
using CommandCenter.Contracts.Tracks;
using CommandCenter.Contracts.Wall;

namespace CommandCenter.Tracks.Reading;

/// <summary>
/// <c>application/geo+json</c>: a FeatureCollection of lines without gaps, a single fix as a point. <c>properties.times</c> has the moment of each position. A line
/// that goes on in the next hour begins there again with the last position before.
/// </summary>
internal sealed class TrackGeoJsonBody : ITrackBody
{
    /// <summary>Nothing is drawn across a longer silence.</summary>
    private const long GapMs = 120_000;

    private readonly Utf8JsonWriter _json;
    private readonly Dictionary<int, WallName> _names = [];
    private readonly Dictionary<int, Fix> _last = [];
    private readonly List<Fix> _fixes = [];

    public TrackGeoJsonBody(TrackOpening opening, PipeWriter to)
    {
        _json = new Utf8JsonWriter(to);
        _json.WriteStartObject();
        _json.WriteString("type", "FeatureCollection");
        _json.WriteString("from", TrackJsonBody.Text(opening.FromMs));
        _json.WriteString("to", TrackJsonBody.Text(opening.ToMs));
        _json.WriteStartArray("features");
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
            TrackCodec.Decode(body.Span, _fixes);
            WriteLines();
        }

        if (chunk.End is { } end)
        {
            _json.WriteEndArray();
            _json.WriteString("complete", TrackJsonBody.Text(end.Complete));
            _json.WriteNumber("fixes", end.Fixes);
            _json.WriteNumber("outside", end.Outside);
            _json.WriteEndObject();
        }

        _json.Flush();
    }

    private void WriteLines()
    {
        var worker = _fixes[0].WorkerId;
        if (_last.TryGetValue(worker, out var before) && _fixes[0].FixTimeMs - before.FixTimeMs <= GapMs)
        {
            _fixes.Insert(0, before);
        }

        _last[worker] = _fixes[^1];
        var fixes = CollectionsMarshal.AsSpan(_fixes);
        for (int from = 0, i = 1; i <= fixes.Length; i++)
        {
            if (i == fixes.Length || fixes[i].FixTimeMs - fixes[i - 1].FixTimeMs > GapMs)
            {
                WriteFeature(_names[worker], fixes[from..i]);
                from = i;
            }
        }
    }

    private void WriteFeature(WallName name, ReadOnlySpan<Fix> fixes)
    {
        _json.WriteStartObject();
        _json.WriteString("type", "Feature");
        _json.WriteStartObject("properties");
        _json.WriteString("worker", name.Worker);
        _json.WriteString("name", name.Name);
        _json.WriteStartArray("times");
        foreach (ref readonly var fix in fixes)
        {
            _json.WriteStringValue(TrackJsonBody.Text(fix.FixTimeMs));
        }

        _json.WriteEndArray();
        _json.WriteEndObject();
        _json.WriteStartObject("geometry");
        _json.WriteString("type", fixes.Length == 1 ? "Point" : "LineString");
        _json.WritePropertyName("coordinates");
        if (fixes.Length == 1)
        {
            WritePosition(fixes[0]);
        }
        else
        {
            _json.WriteStartArray();
            foreach (ref readonly var fix in fixes)
            {
                WritePosition(fix);
            }

            _json.WriteEndArray();
        }

        _json.WriteEndObject();
        _json.WriteEndObject();
    }

    private void WritePosition(in Fix fix)
    {
        _json.WriteStartArray();
        _json.WriteNumberValue(fix.LongitudeE7 / 1e7m);
        _json.WriteNumberValue(fix.LatitudeE7 / 1e7m);
        _json.WriteEndArray();
    }
}
