using CommandCenter.Access;
using CommandCenter.Contracts.Tracks;
using CommandCenter.Tracks.Meaning;
using Microsoft.Extensions.Options;

namespace CommandCenter.Tracks.Reading;

/// <summary><c>GET /api/tracks/settings</c>: the thresholds and limits in force, so that a page hatches the gaps which a summary lists and asks for no more than is allowed.</summary>
public static class TrackSettingsEndpoints
{
    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/api/tracks/settings", Get)
        .WithTags("Tracks").RequireAuthorization(Permissions.Dispatch)
        .Produces<TrackSettings>()
        .WithSummary("From when on a silence is a gap, and how much one request for tracks may ask for; nothing of anybody.");

    private static IResult Get(IOptions<TrackMeaningOptions> meaning, IOptions<TrackReadingOptions> reading) => TypedResults.Ok(new TrackSettings(
        meaning.Value.GapSeconds, meaning.Value.GapIntervals, meaning.Value.TrackEndSeconds, reading.Value.MaxWorkerHours, reading.Value.MaxAreaHours));
}
