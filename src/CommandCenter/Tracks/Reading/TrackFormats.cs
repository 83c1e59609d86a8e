using CommandCenter.Contracts.Tracks;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace CommandCenter.Tracks.Reading;

/// <summary>How <c>GET /api/tracks</c> answers: what <c>Accept</c> ranks highest of the three, JSON when it says nothing.</summary>
internal static class TrackFormats
{
    public const string Json = "application/json";
    public const string GeoJson = "application/geo+json";

    private static readonly string[] Known = [Json, GeoJson, TrackChunk.PackedType];

    public static IResult NotAcceptable { get; } = TypedResults.Problem(
        $"'Accept' must allow one of {string.Join(", ", Known)}.",
        statusCode: StatusCodes.Status406NotAcceptable,
        title: "Not acceptable",
        type: "/problems/not-acceptable",
        extensions: new Dictionary<string, object?> { ["reason"] = "not-acceptable" });

    /// <summary>Null when none of the three is acceptable.</summary>
    public static string? Choose(StringValues accept)
    {
        if (StringValues.IsNullOrEmpty(accept))
        {
            return Json;
        }

        if (!MediaTypeHeaderValue.TryParseList(accept, out var wanted))
        {
            return null;
        }

        return wanted.Where(type => (type.Quality ?? 1) > 0)
            .OrderByDescending(type => type.Quality ?? 1)
            .Select(type => Known.FirstOrDefault(known => new MediaTypeHeaderValue(known).IsSubsetOf(type)))
            .FirstOrDefault(known => known is not null);
    }

    /// <summary>A header holds Latin-1 alone; a reason in Chinese comes percent-encoded.</summary>
    public static string? TextOf(string? header)
    {
        try
        {
            return header is null || !header.Contains('%', StringComparison.Ordinal) ? header : Uri.UnescapeDataString(header);
        }
        catch (UriFormatException)
        {
            return header;
        }
    }
}
