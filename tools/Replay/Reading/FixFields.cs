using System.Globalization;

namespace CommandCenter.Replay.Reading;

/// <summary>Reads the text of a fix's fields; what does not fit is described as "expected …, found …".</summary>
internal static class FixFields
{
    public static bool TryPlace(string? longitude, string? latitude, out double lon, out double lat, out string why)
    {
        lon = 0;
        why = !TryNumber(latitude, out lat) || lat is < -90 or > 90 ? $"expected a latitude from -90 to 90, found {Quote(latitude)}"
            : !TryNumber(longitude, out lon) || lon is < -180 or > 180 ? $"expected a longitude from -180 to 180, found {Quote(longitude)}"
            : "";
        return why.Length == 0;
    }

    public static bool TryTime(string? text, out long timeMs, out string why)
    {
        why = TimeText.TryParse(text, out timeMs)
            ? "" : $"expected a time such as 2026-11-22T08:30:00Z, 2026-11-22 08:30:00+00 or unix seconds, found {Quote(text)}";
        return why.Length == 0;
    }

    /// <summary>Not-a-number when absent or no number: such extras never cost a fix.</summary>
    public static float Extra(string? text, float least = 0) =>
        TryNumber(text, out var value) && value >= least && value < 1e6 ? (float)value : float.NaN;

    public static bool TryNumber(string? text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);

    public static string Quote(string? text) => text switch
    {
        null or "" => "nothing",
        { Length: > 40 } => $"'{text[..40]}…'",
        _ => $"'{text}'",
    };
}
