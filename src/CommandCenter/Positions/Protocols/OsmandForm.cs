namespace CommandCenter.Positions.Protocols;

/// <summary>
/// Reads <c>application/x-www-form-urlencoded</c> text, in a query or a body, straight into <see cref="OsmandFields"/>. By hand because
/// this is what most phones send at every fix: a third of what the framework's form reader takes, and nothing allocated but the texts kept.
/// </summary>
public static class OsmandForm
{
    /// <summary>Longest key and longest value that are looked at, encoded; longer ones are no fields of ours.</summary>
    private const int MaxPart = 512;

    public static void Read(ReadOnlySpan<byte> text, ref OsmandFields fields)
    {
        Span<byte> buffer = stackalloc byte[2 * MaxPart];
        while (!text.IsEmpty)
        {
            var end = text.IndexOf((byte)'&');
            var pair = end < 0 ? text : text[..end];
            text = end < 0 ? [] : text[(end + 1)..];

            var equals = pair.IndexOf((byte)'=');
            var key = equals < 0 ? pair : pair[..equals];
            var value = equals < 0 ? [] : pair[(equals + 1)..];
            if (key.Length is > 0 and <= MaxPart && value.Length <= MaxPart)
            {
                fields.Set(Decode(key, buffer[..MaxPart]), Decode(value, buffer[MaxPart..]));
            }
        }
    }

    /// <summary>Undoes plus and percent; a percent that two hex digits do not follow stands for itself.</summary>
    private static ReadOnlySpan<byte> Decode(ReadOnlySpan<byte> text, Span<byte> to)
    {
        if (text.IndexOfAny((byte)'%', (byte)'+') < 0)
        {
            return text;
        }

        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '+')
            {
                c = (byte)' ';
            }
            else if (c == '%' && i + 2 < text.Length && char.IsAsciiHexDigit((char)text[i + 1]) && char.IsAsciiHexDigit((char)text[i + 2]))
            {
                c = (byte)((HexValue(text[i + 1]) << 4) | HexValue(text[i + 2]));
                i += 2;
            }

            to[length++] = c;
        }

        return to[..length];
    }

    private static int HexValue(byte digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
