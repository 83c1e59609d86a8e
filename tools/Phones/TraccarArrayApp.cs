using System.Text.Json;

namespace CommandCenter.Phones;

/// <summary>Traccar Client 10's SDK told to upload JSON: an array of flat objects with the form's names and units.</summary>
public sealed class TraccarArrayApp(string id) : IPhoneApp
{
    public int MaxPerUpload => 50;

    public bool SendsHeartbeats => true;

    public bool SendsSos => true;

    public HttpRequestMessage Compose(ReadOnlySpan<PhoneFix> fixes)
    {
        using var body = new JsonBody();
        var json = body.Writer;
        json.WriteStartArray();
        foreach (ref readonly var fix in fixes)
        {
            Write(json, fix);
        }

        json.WriteEndArray();
        return new HttpRequestMessage(HttpMethod.Post, "osmand") { Content = body.ToContent() };
    }

    public ValueTask<IReadOnlyList<FixVerdict>> ReadAsync(HttpResponseMessage answer, int count, CancellationToken cancellationToken) =>
        ValueTask.FromResult(FixVerdict.AllAccepted(count));

    private void Write(Utf8JsonWriter json, in PhoneFix fix)
    {
        json.WriteStartObject();
        json.WriteString("id", id);
        if (!fix.IsHeartbeat)
        {
            json.WriteNumber("lat", Math.Round(fix.Latitude!.Value, 7));
            json.WriteNumber("lon", Math.Round(fix.Longitude!.Value, 7));
        }

        json.WriteNumber("timestamp", fix.FixTimeMs / 1000);
        json.WriteIfKnown("accuracy", fix.AccuracyMeters, 1);
        json.WriteIfKnown("altitude", fix.AltitudeMeters, 1);
        json.WriteIfKnown("speed", OsmandFields.Knots(fix.SpeedMps), 2);
        json.WriteIfKnown("bearing", fix.HeadingDegrees, 1);
        if (fix.BatteryPercent is { } battery)
        {
            json.WriteNumber("batt", battery);
            json.WriteBoolean("charge", fix.Charging);
        }

        if (fix.Mock)
        {
            json.WriteBoolean("mock", true);
        }

        if (fix.SosDrill)
        {
            json.WriteString("alarm", "sos");
            json.WriteBoolean("drill", true);
        }

        json.WriteEndObject();
    }
}
