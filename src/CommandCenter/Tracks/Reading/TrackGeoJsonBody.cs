using System.IO.Pipelines;
using System.Runtime.InteropServices;
using System.Text.Json;
using CommandCenter.Contracts.Tracks;
using CommandCenter.Contracts.Wall;
using CommandCenter.Tracks.Meaning;

namespace CommandCenter.Tracks.Reading;

/// <summary>
/// <c>application/geo+json</c>: a FeatureCollection of lines without gaps, a single fix as a point. <c>properties.times</c> has the moment of each position. A line
/// that goes on in the next hour begins there again with the last position before. Nothing is drawn across a gap, which each worker has a threshold for: as
/// <see cref="GapRules"/> says for the whole track, so it is read once for its intervals and once for its places.
/// </summary>
internal sealed class TrackGeoJsonBody : ITrackBody
{
    private readonly Utf8JsonWriter _json;
    private readonly Dictionary<int, WallName> _names = [];
    private readonly Dictionary<int, Fix> _last = [];
    private readonly List<Fix> _fixes = [];
    private readonly IReadOnlyDictionary<int, long> _gaps;
    private readonly long _leastMs;
    private int _unreadable;

    /// <param name="opening">What is answered.</param>
    /// <param name="gaps">From when on a silence of each worker is a gap, ms: <see cref="GapsAsync"/>.</param>
    /// <param name="options">The rule's thresholds.</param>
    /// <param name="to">Takes the bytes.</param>
    public TrackGeoJsonBody(TrackOpening opening, IReadOnlyDictionary<int, long> gaps, TrackMeaningOptions options, PipeWriter to)
    {
        _gaps = gaps;
        _leastMs = GapRules.ThresholdMs([], options);
        _json = new Utf8JsonWriter(to);
        _json.WriteStartObject();
        _json.WriteString("type", "FeatureCollection");
        _json.WriteString("from", TrackJsonBody.Text(opening.FromMs));
        _json.WriteString("to", TrackJsonBody.Text(opening.ToMs));
        _json.WriteStartArray("features");
    }

    /// <summary>The first reading: from when on a silence of each worker is a gap, ms.</summary>
    public static async Task<IReadOnlyDictionary<int, long>> GapsAsync(TrackOpening opening, TrackMeaningOptions options, CancellationToken cancellationToken)
    {
        var intervals = new Dictionary<int, ReportingIntervals>();
        var fixes = new List<Fix>();
        await foreach (var chunk in opening.LookAheadAsync(cancellationToken))
        {
            foreach (var body in TrackSegments.Of(chunk))
            {
                fixes.Clear();
                if (TrackCodec.TryDecode(body.Span, fixes))
                {
                    var worker = fixes[0].WorkerId;
                    var own = intervals.TryGetValue(worker, out var known) ? known : intervals[worker] = new ReportingIntervals(options);
                    own.Add(CollectionsMarshal.AsSpan(fixes));
                }
            }
        }

        return intervals.ToDictionary(worker => worker.Key, worker => worker.Value.ThresholdMs);
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

            WriteLines();
        }

        if (chunk.End is { } end)
        {
            _json.WriteEndArray();
            _json.WriteString("complete", TrackJsonBody.Text(end.Complete));
            _json.WriteNumber("fixes", end.Fixes);
            _json.WriteNumber("outside", end.Outside);
            _json.WriteNumber("unreadable", end.Unreadable + _unreadable);
            _json.WriteEndObject();
        }

        _json.Flush();
    }

    private void WriteLines()
    {
        var worker = _fixes[0].WorkerId;

        // Whoever was not heard of at the first reading was stored since: the rule's own least.
        var gapMs = _gaps.TryGetValue(worker, out var known) ? known : _leastMs;
        if (_last.TryGetValue(worker, out var before) && _fixes[0].FixTimeMs - before.FixTimeMs <= gapMs)
        {
            _fixes.Insert(0, before);
        }

        _last[worker] = _fixes[^1];
        var fixes = CollectionsMarshal.AsSpan(_fixes);
        for (int from = 0, i = 1; i <= fixes.Length; i++)
        {
            if (i == fixes.Length || fixes[i].FixTimeMs - fixes[i - 1].FixTimeMs > gapMs)
            {
                WriteFeature(_names[worker], fixes[from..i], gapMs);
                from = i;
            }
        }
    }

    private void WriteFeature(WallName name, ReadOnlySpan<Fix> fixes, long gapMs)
    {
        _json.WriteStartObject();
        _json.WriteString("type", "Feature");
        _json.WriteStartObject("properties");
        _json.WriteString("worker", name.Worker);
        _json.WriteString("name", name.Name);
        _json.WriteNumber("gapSeconds", gapMs / 1_000m);
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
