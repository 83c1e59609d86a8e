using System.Globalization;

namespace CommandCenter.Phones;

/// <summary>
/// Traccar Client 9: the background location SDK's nested JSON, ISO time, m/s, battery from 0 to 1; unknown speed and
/// heading are −1. It cannot send a heartbeat without a place.
/// </summary>
public sealed class TraccarNestedApp(string id) : IPhoneApp
{
    public int MaxPerUpload => 1;

    public bool SendsHeartbeats => false;

    public bool SendsSos => true;

    public HttpRequestMessage Compose(ReadOnlySpan<PhoneFix> fixes)
    {
        ref readonly var fix = ref fixes[0];
        var moving = fix.SpeedMps > 0.3;
        using var body = new JsonBody();
        var json = body.Writer;
        json.WriteStartObject();
        json.WriteStartObject("location");
        json.WriteString("timestamp", DateTimeOffset.FromUnixTimeMilliseconds(fix.FixTimeMs)
            .ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        json.WriteStartObject("coords");
        json.WriteIfKnown("latitude", fix.Latitude, 7);
        json.WriteIfKnown("longitude", fix.Longitude, 7);
        json.WriteIfKnown("accuracy", fix.AccuracyMeters, 1);
        json.WriteNumber("speed", Math.Round(fix.SpeedMps ?? -1, 2));
        json.WriteNumber("heading", Math.Round(fix.HeadingDegrees ?? -1, 1));
        json.WriteIfKnown("altitude", fix.AltitudeMeters, 1);
        json.WriteEndObject();
        json.WriteBoolean("is_moving", moving);
        if (fix.Mock)
        {
            json.WriteBoolean("mock", true);
        }

        json.WriteNumber("odometer", 0);
        if (fix.BatteryPercent is { } battery)
        {
            json.WriteStartObject("battery");
            json.WriteNumber("level", battery / 100.0);
            json.WriteBoolean("is_charging", fix.Charging);
            json.WriteEndObject();
        }

        json.WriteStartObject("activity");
        json.WriteString("type", !moving ? "still" : fix.SpeedMps > 2.5 ? "on_bicycle" : "walking");
        json.WriteEndObject();
        json.WriteStartObject("extras");
        if (fix.SosDrill)
        {
            json.WriteString("alarm", "sos");
            json.WriteBoolean("drill", true);
        }

        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteString("device_id", id);
        json.WriteEndObject();
        return new HttpRequestMessage(HttpMethod.Post, "osmand") { Content = body.ToContent() };
    }

    public ValueTask<IReadOnlyList<FixVerdict>> ReadAsync(HttpResponseMessage answer, int count, CancellationToken cancellationToken) =>
        ValueTask.FromResult(FixVerdict.AllAccepted(count));
}
