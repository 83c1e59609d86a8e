using System.Globalization;
using System.Text;
using System.Text.Json;

namespace CommandCenter.Positions.Protocols;

/// <summary>Tolerant readings of one JSON value, as phones write them. None of them throws.</summary>
internal static class JsonFields
{
    private const int MaxTextLength = 64;

    /// <summary>A member of an object; of a repeated one the last.</summary>
    public static bool TryGet(JsonElement from, ReadOnlySpan<byte> name, out JsonElement value)
    {
        value = default;
        try
        {
            return from.ValueKind == JsonValueKind.Object && from.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;
        }
        catch (InvalidOperationException)
        {
            // Another member's name holds half a surrogate pair.
            return false;
        }
    }

    /// <summary>Null when absent, not-a-number when it is there and no number; numbers in quotes count.</summary>
    public static double? Number(JsonElement from, ReadOnlySpan<byte> name)
    {
        if (!TryGet(from, name, out var value))
        {
            return null;
        }

        return value.ValueKind switch
        {
            JsonValueKind.Number when value.TryGetDouble(out var number) => number,
            JsonValueKind.String when double.TryParse(Text(value), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
            _ => double.NaN,
        };
    }

    public static bool IsTrue(JsonElement from, ReadOnlySpan<byte> name) => TryGet(from, name, out var value) && value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.String => Text(value) is "true" or "1",
        JsonValueKind.Number => value.TryGetDouble(out var number) && number == 1,
        _ => false,
    };

    /// <summary>Is the member this text?</summary>
    public static bool Is(JsonElement from, ReadOnlySpan<byte> name, ReadOnlySpan<byte> text)
    {
        try
        {
            return TryGet(from, name, out var value) && value.ValueKind == JsonValueKind.String && value.ValueEquals(text);
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair is no text.
            return false;
        }
    }

    public static string? Text(JsonElement from, ReadOnlySpan<byte> name) => TryGet(from, name, out var value) ? Text(value) : null;

    /// <summary>A string or number as text, at most 64 characters; null for anything else.</summary>
    public static string? Text(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Number)
        {
            var raw = value.GetRawText();
            return raw.Length <= MaxTextLength ? raw : null;
        }

        if (value.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        try
        {
            var text = value.GetString();
            return text is { Length: > 0 and <= MaxTextLength } ? text : null;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair is no text.
            return null;
        }
    }

    /// <summary>A time as a number or text. False and a null time when it is there and unreadable.</summary>
    public static bool TryTime(JsonElement from, ReadOnlySpan<byte> name, out long? unixMs)
    {
        unixMs = null;
        if (!TryGet(from, name, out var value))
        {
            return true;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number))
        {
            unixMs = ReportTime.TryRead(number, out var moment) ? moment : null;
            return unixMs is not null;
        }

        if (Text(value) is not { } text || !ReportTime.TryParse(Encoding.UTF8.GetBytes(text), out var time))
        {
            return false;
        }

        unixMs = time;
        return true;
    }
}
