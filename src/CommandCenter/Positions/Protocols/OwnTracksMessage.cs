using System.Text.Json;

namespace CommandCenter.Positions.Protocols;

/// <summary>
/// What an OwnTracks message says about where the phone is. Of its types only <c>location</c> and <c>transition</c> do: a waypoint's
/// coordinates are a region's, a card's are nobody's. All others are taken and answered, because the app repeats what is refused.
/// </summary>
public static class OwnTracksMessage
{
    private const double KmhPerMps = 3.6;

    /// <summary>The reports in a body; none for types that carry no position and for the empty body of a friend removed.</summary>
    public static List<PositionReport> Read(ReadOnlyMemory<byte> body)
    {
        var reports = new List<PositionReport>(1);
        if (body.Span.Trim(" \t\r\n"u8).IsEmpty)
        {
            return reports;
        }

        try
        {
            using var document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind == JsonValueKind.Array)
            {
                foreach (var message in document.RootElement.EnumerateArray())
                {
                    ReadMessage(message, reports);
                }
            }
            else
            {
                ReadMessage(document.RootElement, reports);
            }
        }
        catch (JsonException error)
        {
            reports.Clear();
            reports.Add(Malformed($"the JSON breaks off in line {error.LineNumber + 1}, byte {error.BytePositionInLine + 1}"));
        }

        return reports;
    }

    private static void ReadMessage(JsonElement message, List<PositionReport> reports)
    {
        if (message.ValueKind != JsonValueKind.Object)
        {
            reports.Add(Malformed("a message is not a JSON object"));
            return;
        }

        if (JsonFields.Is(message, "_type"u8, "location"u8))
        {
            reports.Add(ReadPlace(message));
            return;
        }

        switch (JsonFields.Text(message, "_type"u8))
        {
            case "transition" when JsonFields.TryGet(message, "lat"u8, out _) || JsonFields.TryGet(message, "lon"u8, out _):
                reports.Add(ReadPlace(message));
                break;
            case "transition":
                reports.Add(ReadPlace(message) with { Heartbeat = true });
                break;
            case "encrypted":
                reports.Add(Malformed("the payload is encrypted; remove the encryption key in the app, HTTPS protects it already"));
                break;
            case null:
                reports.Add(Malformed("the message has no _type"));
                break;
            default:
                break;
        }
    }

    private static PositionReport ReadPlace(JsonElement message)
    {
        if (!JsonFields.TryTime(message, "tst"u8, out var time) || time is null)
        {
            return Malformed("tst is missing or is no time");
        }

        return new PositionReport
        {
            FixTimeMs = time,
            Longitude = JsonFields.Number(message, "lon"u8),
            Latitude = JsonFields.Number(message, "lat"u8),
            SpeedMps = JsonFields.Number(message, "vel"u8) / KmhPerMps,
            HeadingDegrees = JsonFields.Number(message, "cog"u8),
            AccuracyMeters = JsonFields.Number(message, "acc"u8),
            AltitudeMeters = JsonFields.Number(message, "alt"u8),
            BatteryPercent = JsonFields.Number(message, "batt"u8),
            Charging = IsOnPower(JsonFields.Number(message, "bs"u8)),
        };
    }

    /// <summary>Battery status 2 is charging, 3 is full, which it says only while plugged in.</summary>
    private static bool IsOnPower(double? status) => status is 2 or 3;

    private static PositionReport Malformed(string why) => new() { Malformed = why };
}
