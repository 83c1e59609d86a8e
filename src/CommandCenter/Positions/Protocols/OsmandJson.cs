using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace CommandCenter.Positions.Protocols;

/// <summary>
/// The JSON forms of the OsmAnd protocol: Traccar Client 9's nested one (<c>{location:{coords…}, device_id}</c>, SI units, its location
/// possibly an array), and Traccar Client 10's flat one (the query's keys, speed in knots), alone or as an array.
/// </summary>
public static class OsmandJson
{
    /// <summary>All reports of a body. <paramref name="id"/> becomes the first identifier found, unless one is known already.</summary>
    public static List<PositionReport> Read(JsonElement root, ref string? id)
    {
        var reports = new List<PositionReport>();
        if (root.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in root.EnumerateArray())
            {
                ReadItem(item, ref id, reports);
            }
        }
        else
        {
            ReadItem(root, ref id, reports);
        }

        return reports;
    }

    private static void ReadItem(JsonElement item, ref string? id, List<PositionReport> reports)
    {
        if (item.ValueKind != JsonValueKind.Object)
        {
            reports.Add(new PositionReport { Malformed = "an item is not a JSON object" });
            return;
        }

        var first = reports.Count;
        var nested = JsonFields.TryGet(item, "location"u8, out var location) && location.ValueKind is JsonValueKind.Object or JsonValueKind.Array;
        var itemId = nested ? ReadNested(item, location, reports) : ReadFlat(item, reports);
        if (itemId is not null && id is not null && itemId != id)
        {
            CollectionsMarshal.SetCount(reports, first);
            reports.Add(new PositionReport { Malformed = "an item names another device than the request" });
            return;
        }

        id ??= itemId;
    }

    private static string? ReadFlat(JsonElement item, List<PositionReport> reports)
    {
        var fields = default(OsmandFields);
        foreach (var member in item.EnumerateObject())
        {
            SetFlat(member, ref fields);
        }

        reports.Add(fields.ToReport());
        return fields.Id;
    }

    private static void SetFlat(JsonProperty member, ref OsmandFields fields)
    {
        try
        {
            ReadOnlySpan<byte> value = member.Value.ValueKind switch
            {
                JsonValueKind.String => Encoding.UTF8.GetBytes(member.Value.GetString()!),
                JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => JsonMarshal.GetRawUtf8Value(member.Value),
                _ => default,
            };
            fields.Set(Encoding.UTF8.GetBytes(member.Name), value);
        }
        catch (InvalidOperationException)
        {
            fields.SetMalformed("a text holds half a surrogate pair");
        }
    }

    private static string? ReadNested(JsonElement item, JsonElement location, List<PositionReport> reports)
    {
        if (location.ValueKind == JsonValueKind.Array)
        {
            foreach (var each in location.EnumerateArray())
            {
                reports.Add(ReadLocation(each));
            }
        }
        else
        {
            reports.Add(ReadLocation(location));
        }

        return JsonFields.Text(item, "device_id"u8) ?? JsonFields.Text(item, "deviceid"u8) ?? JsonFields.Text(item, "id"u8);
    }

    private static PositionReport ReadLocation(JsonElement location)
    {
        if (location.ValueKind != JsonValueKind.Object)
        {
            return new PositionReport { Malformed = "a location is not a JSON object" };
        }

        if (!JsonFields.TryTime(location, "timestamp"u8, out var time))
        {
            return new PositionReport { Malformed = "the timestamp is neither ISO 8601 nor a number", Alarm = ReadAlarm(location), Drill = IsDrill(location) };
        }

        var saysPlace = JsonFields.TryGet(location, "coords"u8, out var coords);
        JsonFields.TryGet(location, "battery"u8, out var battery);
        return new PositionReport
        {
            FixTimeMs = time,
            Longitude = JsonFields.Number(coords, "longitude"u8),
            Latitude = JsonFields.Number(coords, "latitude"u8),
            SpeedMps = JsonFields.Number(coords, "speed"u8),
            HeadingDegrees = JsonFields.Number(coords, "heading"u8),
            AccuracyMeters = JsonFields.Number(coords, "accuracy"u8),
            AltitudeMeters = JsonFields.Number(coords, "altitude"u8),
            BatteryPercent = JsonFields.Number(battery, "level"u8) * 100,
            Charging = JsonFields.IsTrue(battery, "is_charging"u8),
            Mock = JsonFields.IsTrue(location, "mock"u8),
            Alarm = ReadAlarm(location),
            Drill = IsDrill(location),
            Heartbeat = !saysPlace,
        };
    }

    private static string? ReadAlarm(JsonElement location) =>
        JsonFields.Text(location, "alarm"u8)
        ?? (JsonFields.TryGet(location, "extras"u8, out var extras) ? JsonFields.Text(extras, "alarm"u8) : null);

    private static bool IsDrill(JsonElement location) =>
        JsonFields.IsTrue(location, "drill"u8) || (JsonFields.TryGet(location, "extras"u8, out var extras) && JsonFields.IsTrue(extras, "drill"u8));
}
