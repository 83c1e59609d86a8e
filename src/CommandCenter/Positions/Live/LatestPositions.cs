using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using CommandCenter.Access;
using CommandCenter.Contracts.Wall;
using CommandCenter.Http;
using CommandCenter.Tracks;
using CommandCenter.Workers;

namespace CommandCenter.Positions.Live;

/// <summary>The picture of one area as a GeoJSON FeatureCollection; a stranger has role and code only.</summary>
public sealed class LatestPositions(LivePicture picture, DeviceDirectory devices)
{
    private static readonly (FixFlags Flag, string Name)[] FlagNames =
    [
        (FixFlags.Mock, "mock"), (FixFlags.Inaccurate, "inaccurate"), (FixFlags.ImplausibleSpeed, "implausible-speed"), (FixFlags.Late, "late"),
    ];

    /// <summary>Names of the quality flags that are set.</summary>
    public static IEnumerable<string> NamesOf(FixFlags flags) => FlagNames.Where(flag => (flags & flag.Flag) != 0).Select(flag => flag.Name);

    /// <summary>Features of workers with numbers above <paramref name="after"/>, at most <paramref name="limit"/>; <c>next</c> continues.</summary>
    public byte[] Write(int areaId, Viewer viewer, int after, int limit)
    {
        var buffer = new ArrayBufferWriter<byte>(64 * 1024);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("type", "FeatureCollection");
        json.WriteStartArray("features");
        var next = WriteFeatures(json, areaId, viewer, after, limit);
        json.WriteEndArray();
        json.WriteString("next", next);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private string? WriteFeatures(Utf8JsonWriter json, int areaId, Viewer viewer, int after, int limit)
    {
        var (seen, next) = Copy(areaId, viewer, after, limit);
        foreach (ref readonly var one in CollectionsMarshal.AsSpan(seen))
        {
            WriteFeature(json, one);
        }

        return next;
    }

    /// <summary>Copies what is asked for, so that nothing waits for the writing: while the picture is read nothing is applied to it.</summary>
    private (List<Seen> Seen, string? Next) Copy(int areaId, Viewer viewer, int after, int limit)
    {
        using var reading = picture.Read();
        var seen = new List<Seen>();
        if (reading.Tree.Find(areaId) is not { } watched || reading.Tree.Find(viewer.AreaId) is not { } home)
        {
            return (seen, null);
        }

        for (var slot = after + 1; slot < reading.Rows.Length; slot++)
        {
            var sight = reading.Rows.SightOf(slot);
            if (!sight.IsIn(watched) || reading.Roster[slot] is not { } worker)
            {
                continue;
            }

            if (seen.Count == limit)
            {
                return (seen, Arguments.CursorOf(slot - 1));
            }

            var isStranger = !Sight.Holds(home, sight.Home);
            var area = isStranger ? null : reading.Tree.Find(worker.HomeAreaId)?.Area.Code;
            seen.Add(new Seen(worker, reading.Rows.MarkerOf(slot), reading.Rows.PresenceOf(slot), isStranger, area));
        }

        return (seen, null);
    }

    private void WriteFeature(Utf8JsonWriter json, in Seen seen)
    {
        var (worker, fix, presence, isStranger, area) = seen;
        json.WriteStartObject();
        json.WriteString("type", "Feature");
        json.WriteStartObject("geometry");
        json.WriteString("type", "Point");
        json.WriteStartArray("coordinates");
        json.WriteNumberValue(fix.LongitudeE7 / 1e7m);
        json.WriteNumberValue(fix.LatitudeE7 / 1e7m);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteStartObject("properties");
        json.WriteString("worker", worker.Code);
        json.WriteString("role", worker.Role.Name());
        json.WriteString("name", isStranger ? null : worker.Name);
        json.WriteString("area", area);
        json.WriteString("device", isStranger ? null : devices.Find(fix.DeviceId)?.User);
        json.WriteString("fixTime", DateTimeOffset.FromUnixTimeMilliseconds(fix.FixTimeMs));
        Number(json, "speedMps", fix.SpeedMps);
        Number(json, "headingDegrees", fix.HeadingDegrees);
        Number(json, "accuracyMeters", fix.AccuracyMeters);
        Number(json, "battery", isStranger || fix.BatteryPercent == Fix.UnknownBattery ? null : fix.BatteryPercent);
        json.WriteString("state", StateName(presence));
        json.WriteStartArray("flags");
        foreach (var name in NamesOf(fix.Flags))
        {
            json.WriteStringValue(name);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>The word on the wire.</summary>
    public static string StateName(Presence presence) => presence switch
    {
        Presence.Moving => "moving",
        Presence.Still => "still",
        Presence.Stale => "stale",
        Presence.Lost => "lost",
        _ => "offDuty",
    };

    private static void Number(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } known)
        {
            json.WriteNumber(name, known);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    /// <summary>One worker as he was seen; <paramref name="Area"/> is the code of the home area, null for a stranger.</summary>
    private readonly record struct Seen(Worker Worker, Fix Fix, Presence Presence, bool IsStranger, string? Area);
}
