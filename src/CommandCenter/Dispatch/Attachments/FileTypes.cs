namespace CommandCenter.Dispatch.Attachments;

/// <summary>What a file is, by its first bytes alone; what its sender calls it decides nothing but sound or film in one container.</summary>
internal static class FileTypes
{
    public const string Jpeg = "image/jpeg";
    public const string Png = "image/png";
    public const string Webp = "image/webp";
    public const string Sound = "audio/mp4";
    public const string Mp3 = "audio/mpeg";
    public const string Film = "video/mp4";
    public const string Pdf = "application/pdf";

    /// <summary>Each with the extensions that names of it may have; the first is given to a name without one.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> Extensions = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        [Jpeg] = ["jpg", "jpeg"],
        [Png] = ["png"],
        [Webp] = ["webp"],
        [Sound] = ["m4a", "mp4"],
        [Mp3] = ["mp3"],
        [Film] = ["mp4", "m4v", "3gp"],
        [Pdf] = ["pdf"],
    };

    /// <summary>Brands of ISO 14496-12 files that hold sound or film as browsers play it; pictures (heic, avif) and QuickTime have others.</summary>
    private static readonly string[] Brands = ["isom", "iso2", "iso3", "iso4", "iso5", "iso6", "mp41", "mp42", "avc1", "M4V ", "3gp4", "3gp5", "3gp6", "dash", "MSNV"];

    /// <param name="bytes">Of the file, from its first.</param>
    /// <param name="declared">Content-Type of the sender.</param>
    /// <returns>Null: none of those that are taken.</returns>
    public static string? Of(ReadOnlySpan<byte> bytes, string? declared) =>
        bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? Jpeg
        : bytes.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]) ? Png
        : bytes.Length >= 12 && bytes.StartsWith("RIFF"u8) && bytes[8..12].SequenceEqual("WEBP"u8) ? Webp
        : bytes.StartsWith("%PDF-"u8) ? Pdf
        : bytes.Length >= 12 && bytes[4..8].SequenceEqual("ftyp"u8) ? OfBrand(System.Text.Encoding.Latin1.GetString(bytes[8..12]), declared)
        : bytes.StartsWith("ID3"u8) || IsMp3Frame(bytes) ? Mp3
        : null;

    private static string? OfBrand(string brand, string? declared) =>
        brand is "M4A " or "M4B " ? Sound
        : !Brands.Contains(brand) ? null
        : string.Equals(declared?.Split(';')[0].Trim(), Sound, StringComparison.OrdinalIgnoreCase) ? Sound
        : Film;

    /// <summary>A frame's header of MPEG audio, layer III: sync, and neither of bit rate and sampling rate a reserved one.</summary>
    private static bool IsMp3Frame(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= 4 && bytes[0] == 0xFF && (bytes[1] & 0xE6) == 0xE2 && (bytes[1] & 0x18) != 0x08 && (bytes[2] & 0xF0) is not (0xF0 or 0x00) && (bytes[2] & 0x0C) != 0x0C;
}
