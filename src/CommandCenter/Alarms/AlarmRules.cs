using System.Globalization;
using System.Text.Json;
using CommandCenter.Contracts.Alarms;
using CommandCenter.Http;

namespace CommandCenter.Alarms;

/// <summary>Judges what is asked of alarms; the first thing that is wrong is named in the arguments' problem.</summary>
internal static class AlarmRules
{
    public const int MaxReasonLength = 500;
    public const int Megabyte = 1_048_576;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>A body as JSON; null, with the problem, when it is none or a field is of another type.</summary>
    public static T? Read<T>(ReadOnlySpan<byte> body, Arguments arguments)
        where T : class
    {
        try
        {
            if (JsonSerializer.Deserialize<T>(body, Json) is { } read)
            {
                return read;
            }
        }
        catch (JsonException e)
        {
            var field = e.Path is { Length: > 2 } path ? path[2..] : "body";
            arguments.Refuse(field, field == "body" ? "a JSON object" : "of the type that the field has");
            return null;
        }

        arguments.Refuse("body", "a JSON object");
        return null;
    }

    /// <summary>A press, of a device or a desk; the id is empty where it is refused.</summary>
    public static (Guid Id, AlarmClaim Claim) Check(NewAlarm body, bool ofDevice, DateTimeOffset now, Arguments arguments)
    {
        if (!Guid.TryParse(body.Id, CultureInfo.InvariantCulture, out var id) || id == Guid.Empty)
        {
            arguments.Refuse("id", "a UUID that the sender makes once for each press");
        }

        var kinds = AlarmWords.Kinds.Where(word => !ofDevice || word.Value.IsOfDevices()).ToDictionary(StringComparer.Ordinal);
        var kind = arguments.OneOf("kind", body.Kind, kinds);
        if (kind is null)
        {
            arguments.Refuse("kind", "one of " + string.Join(", ", kinds.Keys));
        }

        // A phone in distress is not sent away for what lies beside its call: a place or a radius that is none is left out, a missing moment is that of its arrival.
        if (ofDevice)
        {
            return (id, new AlarmClaim(
                kind ?? default, (body.OccurredAt ?? now).ToUnixTimeMilliseconds(), body.Longitude, body.Latitude, body.AccuracyMeters, body.Note, body.Exercise));
        }

        if (body.Longitude is not null != body.Latitude is not null)
        {
            arguments.Refuse(body.Longitude is null ? "longitude" : "latitude", "there when the other one is");
        }

        Degrees("longitude", body.Longitude, 180, arguments);
        Degrees("latitude", body.Latitude, 90, arguments);
        if (body.AccuracyMeters is < 0 or > 1e7)
        {
            arguments.Refuse("accuracyMeters", "a radius of 0 m or more");
        }

        if (body.OccurredAt is null)
        {
            arguments.Refuse("occurredAt", "a moment such as 2026-01-31T08:00:00Z");
        }

        return (id, new AlarmClaim(
            kind ?? default, body.OccurredAt?.ToUnixTimeMilliseconds() ?? 0, body.Longitude, body.Latitude, body.AccuracyMeters, body.Note, body.Exercise));
    }

    public static NewAlarm AsPress(RaisedAlarm body) =>
        new(body.Id, body.Kind, body.Longitude, body.Latitude, body.AccuracyMeters, body.OccurredAt, body.Note, body.Exercise);

    public static AlarmStage? Outcome(AlarmResolution? body, Arguments arguments)
    {
        switch (body?.Outcome)
        {
            case "resolved":
                return AlarmStage.Resolved;
            case "falseAlarm":
                return AlarmStage.FalseAlarm;
            default:
                arguments.Refuse("outcome", "one of resolved, falseAlarm");
                return null;
        }
    }

    /// <summary>The place in the list after which a page starts: arrival and id of the last alarm of the page before.</summary>
    public static (long BeforeMs, Guid BeforeId) Place(string? cursor, Arguments arguments)
    {
        if (arguments.Cursor(cursor) is not { } key)
        {
            return (long.MaxValue, Guid.Empty);
        }

        var slash = key.IndexOf('/', StringComparison.Ordinal);
        if (slash > 0
            && long.TryParse(key.AsSpan(0, slash), NumberStyles.None, CultureInfo.InvariantCulture, out var ms)
            && Guid.TryParseExact(key.AsSpan(slash + 1), "N", out var id))
        {
            return (ms, id);
        }

        arguments.Refuse("cursor", "the 'next' of an earlier page");
        return default;
    }

    public static string CursorOf(long arrivedMs, Guid id) => Arguments.CursorOf(string.Create(CultureInfo.InvariantCulture, $"{arrivedMs}/{id:N}"));

    private static void Degrees(string name, double? value, double most, Arguments arguments)
    {
        if (value is { } degrees && !(Math.Abs(degrees) <= most))
        {
            arguments.Refuse(name, string.Create(CultureInfo.InvariantCulture, $"degrees from -{most} to {most}"));
        }
    }
}
