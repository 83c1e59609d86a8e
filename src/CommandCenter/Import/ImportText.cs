using System.Text;
using System.Text.Unicode;

namespace CommandCenter.Import;

/// <summary>
/// A file's text as UTF-8 without a byte order mark. Chinese Excel saves CSV as GB18030 and "Unicode text" as UTF-16, so these are known by
/// their bytes: what is valid UTF-8 is UTF-8, which no GB18030 text of more than a few characters happens to be.
/// </summary>
internal sealed record ImportText(ReadOnlyMemory<byte> Utf8Bytes, string Encoding)
{
    private static readonly Encoding Gb18030 =
        CodePagesEncodingProvider.Instance.GetEncoding("GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;

    private static readonly (byte[] Mark, Encoding Encoding)[] Utf16 =
    [
        ([0xFF, 0xFE], new UnicodeEncoding(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true)),
        ([0xFE, 0xFF], new UnicodeEncoding(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true)),
    ];

    /// <summary>Null and why when the bytes are no text in any of the three.</summary>
    public static ImportText? Read(ReadOnlyMemory<byte> body, out ImportRefusal? refusal)
    {
        var span = body.Span;
        var text = span.StartsWith(System.Text.Encoding.UTF8.Preamble) ? new ImportText(body[3..], "UTF-8")
            : Array.Find(Utf16, u => body.Span.StartsWith(u.Mark)) is { Encoding: { } utf16 } ? Transcode(span[2..], utf16, "UTF-16")
            : Utf8.IsValid(span) ? new ImportText(body, "UTF-8")
            : Transcode(span, Gb18030, "GB18030");
        if (text is null || !Utf8.IsValid(text.Utf8Bytes.Span))
        {
            refusal = ImportRefusals.Unreadable("bad-encoding", "The file is text in neither UTF-8 nor GB18030 nor UTF-16.");
            return null;
        }

        refusal = text.Utf8Bytes.Span.Trim(" \t\r\n"u8).IsEmpty ? ImportRefusals.Empty() : null;
        return refusal is null ? text : null;
    }

    private static ImportText? Transcode(ReadOnlySpan<byte> bytes, Encoding from, string name)
    {
        try
        {
            return new ImportText(System.Text.Encoding.UTF8.GetBytes(from.GetString(bytes)), name);
        }
        catch (DecoderFallbackException)
        {
            // Answered as bad-encoding.
            return null;
        }
    }
}
