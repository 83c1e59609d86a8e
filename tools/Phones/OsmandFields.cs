using System.Globalization;

namespace CommandCenter.Phones;

/// <summary>
/// The names and units of the OsmAnd protocol's query and form, as Traccar Client 10's uploader writes them
/// (traccar-client-sdk, HttpUploader.kt): whole seconds, knots to two places, battery in whole per cent.
/// </summary>
internal static class OsmandFields
{
    private const double KnotsPerMps = 1.94384;

    public static List<KeyValuePair<string, string>> Of(string id, in PhoneFix fix)
    {
        var fields = new List<KeyValuePair<string, string>>(10) { new("id", id) };
        if (!fix.IsHeartbeat)
        {
            fields.Add(new("lat", Degrees(fix.Latitude!.Value)));
            fields.Add(new("lon", Degrees(fix.Longitude!.Value)));
        }

        fields.Add(new("timestamp", (fix.FixTimeMs / 1000).ToString(CultureInfo.InvariantCulture)));
        Add(fields, "accuracy", fix.AccuracyMeters, 1);
        Add(fields, "altitude", fix.AltitudeMeters, 1);
        Add(fields, "speed", Knots(fix.SpeedMps), 2);
        Add(fields, "bearing", fix.HeadingDegrees, 1);
        if (fix.BatteryPercent is { } battery)
        {
            fields.Add(new("batt", battery.ToString(CultureInfo.InvariantCulture)));
            fields.Add(new("charge", fix.Charging ? "true" : "false"));
        }

        if (fix.Mock)
        {
            fields.Add(new("mock", "true"));
        }

        if (fix.SosDrill)
        {
            // Servers that do not know the second word see an SOS all the same: a drill must ring.
            fields.Add(new("alarm", "sos"));
            fields.Add(new("drill", "true"));
        }

        return fields;
    }

    public static double? Knots(double? mps) => mps is { } value ? Math.Round(value * KnotsPerMps, 2) : null;

    private static string Degrees(double value) => Math.Round(value, 7).ToString(CultureInfo.InvariantCulture);

    private static void Add(List<KeyValuePair<string, string>> fields, string name, double? value, int digits)
    {
        if (value is { } number)
        {
            fields.Add(new(name, Math.Round(number, digits).ToString(CultureInfo.InvariantCulture)));
        }
    }
}
