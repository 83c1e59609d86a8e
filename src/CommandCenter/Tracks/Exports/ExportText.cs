using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Xml;

namespace CommandCenter.Tracks.Exports;

/// <summary>UTF-8 for files: whole numbers as decimals without going through floating point, moments, and each format's escapes.</summary>
internal sealed class ExportText(IBufferWriter<byte> to)
{
    public ExportText Raw(ReadOnlySpan<byte> utf8)
    {
        to.Write(utf8);
        return this;
    }

    public ExportText Number(long value)
    {
        var span = to.GetSpan(24);
        Utf8Formatter.TryFormat(value, span, out var length);
        to.Advance(length);
        return this;
    }

    /// <summary>A number of units of 10^-<paramref name="decimals"/>, such as 1e-7 degrees, exactly and with all its decimals.</summary>
    public ExportText Decimal(long value, int decimals)
    {
        var span = to.GetSpan(32);
        var at = 0;
        if (value < 0)
        {
            span[at++] = (byte)'-';
        }

        var power = 1L;
        for (var i = 0; i < decimals; i++)
        {
            power *= 10;
        }

        var magnitude = Math.Abs(value);
        Utf8Formatter.TryFormat(magnitude / power, span[at..], out var whole);
        at += whole;
        span[at++] = (byte)'.';
        Utf8Formatter.TryFormat(magnitude % power, span[at..], out _, new StandardFormat('D', (byte)decimals));
        to.Advance(at + decimals);
        return this;
    }

    /// <summary>Ms since 1970 as 2026-01-31T08:00:00.000Z.</summary>
    public ExportText Moment(long ms)
    {
        var span = to.GetSpan(32);
        DateTimeOffset.FromUnixTimeMilliseconds(ms).TryFormat(span, out var length, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        to.Advance(length);
        return this;
    }

    /// <summary>The same by the clock of a zone, as spreadsheets read it: 2026-01-31 16:00:00.000.</summary>
    public ExportText LocalMoment(long ms, TimeZoneInfo zone)
    {
        var span = to.GetSpan(32);
        TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(ms), zone).TryFormat(span, out var length, "yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);
        to.Advance(length);
        return this;
    }

    /// <summary>Text or attribute of XML 1.0; what XML cannot hold is left out.</summary>
    public ExportText Xml(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            switch (rune.Value)
            {
                case '&':
                    Raw("&amp;"u8);
                    break;
                case '<':
                    Raw("&lt;"u8);
                    break;
                case '>':
                    Raw("&gt;"u8);
                    break;
                case '"':
                    Raw("&quot;"u8);
                    break;
                default:
                    if (!rune.IsBmp || XmlConvert.IsXmlChar((char)rune.Value))
                    {
                        to.Advance(rune.EncodeToUtf8(to.GetSpan(4)));
                    }

                    break;
            }
        }

        return this;
    }

    /// <summary>A string of JSON with its quotes.</summary>
    public ExportText Json(string text) => Raw("\""u8).Raw(JsonEncodedText.Encode(text).EncodedUtf8Bytes).Raw("\""u8);

    /// <summary>
    /// A text cell of CSV, quoted. One that a spreadsheet would take for a formula gets an apostrophe before it, which the spreadsheet hides
    /// and a reader of the file takes off again.
    /// </summary>
    public ExportText Cell(string text)
    {
        var risky = text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '\'' or '＝' or '＋' or '－' or '＠';
        Raw("\""u8);
        if (risky)
        {
            Raw("'"u8);
        }

        to.Write(Encoding.UTF8.GetBytes(text.Replace("\"", "\"\"", StringComparison.Ordinal)));
        return Raw("\""u8);
    }
}
