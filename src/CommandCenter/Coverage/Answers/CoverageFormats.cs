using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace CommandCenter.Coverage.Answers;

/// <summary>How <c>GET /api/coverage</c> answers: what <c>Accept</c> ranks highest of the two, GeoJSON when it says nothing.</summary>
internal static class CoverageFormats
{
    public const string GeoJson = "application/geo+json";

    private static readonly (string Known, string Answer)[] Types =
        [(GeoJson, GeoJson), (PackedPicture.MediaType, PackedPicture.MediaType), ("application/json", GeoJson)];

    public static IResult NotAcceptable { get; } = TypedResults.Problem(
        $"'Accept' must allow {GeoJson} or {PackedPicture.MediaType}.",
        statusCode: StatusCodes.Status406NotAcceptable,
        title: "Not acceptable",
        type: "/problems/not-acceptable",
        extensions: new Dictionary<string, object?> { ["reason"] = "not-acceptable" });

    /// <summary>Null when neither is acceptable.</summary>
    public static string? Choose(StringValues accept)
    {
        if (StringValues.IsNullOrEmpty(accept))
        {
            return GeoJson;
        }

        return !MediaTypeHeaderValue.TryParseList(accept, out var wanted) ? null : wanted
            .Where(type => (type.Quality ?? 1) > 0)
            .OrderByDescending(type => type.Quality ?? 1)
            .Select(type => Types.FirstOrDefault(one => new MediaTypeHeaderValue(one.Known).IsSubsetOf(type)).Answer)
            .FirstOrDefault(answer => answer is not null);
    }
}
