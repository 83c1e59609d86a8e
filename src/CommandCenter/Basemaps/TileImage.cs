namespace CommandCenter.Basemaps;

/// <summary>Tells by the first bytes what an image is: what a server says of it decides nothing, so that no page or script is ever passed on.</summary>
internal static class TileImage
{
    /// <summary>Null: none of the kinds that tiles come in.</summary>
    public static string? TypeOf(ReadOnlySpan<byte> body) =>
        body is [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] ? "image/png"
        : body is [0xFF, 0xD8, 0xFF, ..] ? "image/jpeg"
        : body.Length > 12 && body.StartsWith("RIFF"u8) && body[8..].StartsWith("WEBP"u8) ? "image/webp"
        : body.StartsWith("GIF87a"u8) || body.StartsWith("GIF89a"u8) ? "image/gif"
        : null;
}
