using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace CommandCenter.Positions.Protocols;

/// <summary>The ways phones write a time.</summary>
public static class ReportTime
{
    /// <summary>
    /// Numbers below are seconds since 1970, numbers above are milliseconds: as seconds it is the year 5138, as milliseconds March 1973.
    /// </summary>
    private const double SecondsBelow = 1e11;

    /// <summary>The year 9999: nothing later is a time.</summary>
    private const double LastMs = 253_402_300_799_999;

    /// <summary>
    /// Seconds or milliseconds since 1970, ISO 8601, or <c>yyyy-MM-dd HH:mm:ss</c>; without a zone it is UTC.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out long unixMs)
    {
        text = text.Trim((byte)' ');
        if (Utf8Parser.TryParse(text, out double number, out var used) && used == text.Length)
        {
            return TryRead(number, out unixMs);
        }

        return TryParseDate(text, out unixMs);
    }

    public static bool TryRead(double number, out long unixMs)
    {
        unixMs = 0;
        var ms = Math.Abs(number) < SecondsBelow ? number * 1_000 : number;
        if (!(Math.Abs(ms) <= LastMs))
        {
            return false;
        }

        unixMs = (long)Math.Round(ms);
        return true;
    }

    public static bool TryParseDate(ReadOnlySpan<byte> text, out long unixMs)
    {
        unixMs = 0;
        const int shortest = 16;
        const int longest = 40;
        if (text.Length is < shortest or > longest || text[4] != '-' || text[7] != '-' || text[10] is not ((byte)'T' or (byte)'t' or (byte)' '))
        {
            return false;
        }

        Span<char> chars = stackalloc char[longest];
        chars = chars[..Encoding.ASCII.GetChars(text, chars)];
        MendPlus(chars);
        if (!DateTimeOffset.TryParse(
            chars,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var time))
        {
            return false;
        }

        unixMs = time.ToUnixTimeMilliseconds();
        return true;
    }

    /// <summary>A zone's plus that was not percent-encoded arrives as a space: <c>2026-05-01T08:00:00 08:00</c>.</summary>
    private static void MendPlus(Span<char> chars)
    {
        const int timeStart = 11;
        var space = chars[timeStart..].IndexOf(' ');
        if (space > 0 && chars.Length - timeStart - space == " 08:00".Length && chars[^3] == ':')
        {
            chars[timeStart + space] = '+';
        }
    }
}
