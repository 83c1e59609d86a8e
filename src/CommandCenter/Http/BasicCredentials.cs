using System.Text;

namespace CommandCenter.Http;

/// <summary>User and password of an <c>Authorization: Basic</c> header (RFC 7617, UTF-8).</summary>
public readonly record struct BasicCredentials(string User, string Password)
{
    private const int MaxHeaderLength = 1_024;
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>False when there is no such header or it cannot be read.</summary>
    public static bool TryRead(HttpRequest request, out BasicCredentials credentials)
    {
        credentials = default;
        var header = request.Headers.Authorization;
        return header.Count == 1 && TryParse(header[0], out credentials);
    }

    internal static bool TryParse(string? header, out BasicCredentials credentials)
    {
        credentials = default;
        if (header is null || header.Length > MaxHeaderLength || !header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[MaxHeaderLength];
        if (!Convert.TryFromBase64Chars(header.AsSpan("Basic ".Length).Trim(), bytes, out var length))
        {
            return false;
        }

        var colon = bytes[..length].IndexOf((byte)':');
        if (colon < 1)
        {
            return false;
        }

        try
        {
            credentials = new(Strict.GetString(bytes[..colon]), Strict.GetString(bytes[(colon + 1)..length]));
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    /// <summary>Credentials never appear in a log by accident.</summary>
    public override string ToString() => nameof(BasicCredentials);
}
