using System.Globalization;
using CommandCenter.Geo;
using CommandCenter.Http;

namespace CommandCenter.Tracks.Reading;

/// <summary>A circle on the ground and an interval: who had a fix in both was near. Pure.</summary>
public sealed record TrackNearPlace(double Longitude, double Latitude, double Meters, long FromMs, long ToMs)
{
    public const int MaxMeters = 2_000;
    public const int MaxHours = 3;
    private const double E7 = 1e7;

    /// <summary>Beyond it a metre is too many degrees for a box; nobody patrols there.</summary>
    private const double MaxLatitude = 85;

    /// <summary>Longer than tracks are kept.</summary>
    private static readonly TimeSpan LongestBack = TimeSpan.FromDays(800);

    private int LongitudeE7 => (int)Math.Round(Longitude * E7);

    private int LatitudeE7 => (int)Math.Round(Latitude * E7);

    /// <summary>Null when one of them is missing or beyond what is allowed: <paramref name="arguments"/> has the reason.</summary>
    public static TrackNearPlace? From(Arguments arguments, string? near, DateTimeOffset? from, DateTimeOffset? to, DateTimeOffset now)
    {
        var parts = (near ?? "").Split(',');
        var numbers = parts.Select(part => double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN).ToArray();
        if (numbers.Length != 3 || !(Math.Abs(numbers[0]) <= 180) || !(Math.Abs(numbers[1]) <= MaxLatitude) || !(numbers[2] is >= 1 and <= MaxMeters))
        {
            arguments.Refuse("near", $"longitude,latitude,metres in degrees WGS-84 and from 1 to {MaxMeters} m, such as 112.5626,37.8571,200");
        }

        if (from is null || from < now - LongestBack)
        {
            arguments.Refuse("from", $"a moment of the last {LongestBack.TotalDays:0} days, such as 2026-01-31T08:00:00Z");
        }
        else if (to is null || to <= from || to > from.Value.AddHours(MaxHours) || to > now + TimeSpan.FromDays(1))
        {
            arguments.Refuse("to", $"a moment after 'from', by at most {MaxHours} hours: ask in parts for more");
        }

        return arguments.Problem is null
            ? new TrackNearPlace(numbers[0], numbers[1], numbers[2], from!.Value.ToUnixTimeMilliseconds(), to!.Value.ToUnixTimeMilliseconds())
            : null;
    }

    /// <summary>A box around the circle and the interval, for the store's question.</summary>
    public TrackPlace Box()
    {
        var high = Meters / (Distance.EarthRadiusMeters * Math.PI / 180);
        var wide = high / Math.Cos(Math.Min(MaxLatitude, Math.Abs(Latitude) + high) * Math.PI / 180);
        return new TrackPlace(0, 0, FromMs, ToMs, E7Of(Longitude - wide, Math.Floor), E7Of(Latitude - high, Math.Floor), E7Of(Longitude + wide, Math.Ceiling), E7Of(Latitude + high, Math.Ceiling));
    }

    /// <summary>How far the fix is; null when it is out of the circle or of the interval.</summary>
    public double? MetersTo(in Fix fix)
    {
        if (fix.FixTimeMs < FromMs || fix.FixTimeMs >= ToMs)
        {
            return null;
        }

        var meters = Distance.Meters(LongitudeE7, LatitudeE7, fix.LongitudeE7, fix.LatitudeE7);
        return meters <= Meters ? meters : null;
    }

    /// <summary>As on the audit trail.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{DateTimeOffset.FromUnixTimeMilliseconds(FromMs):O}/{DateTimeOffset.FromUnixTimeMilliseconds(ToMs):O} near={Longitude:0.#####},{Latitude:0.#####},{Meters:0}");

    private static int E7Of(double degrees, Func<double, double> round) => (int)Math.Clamp(round(degrees * E7), -180 * E7, 180 * E7);
}
