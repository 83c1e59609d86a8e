using System.Security.Cryptography;
using CommandCenter.Access;
using CommandCenter.Contracts.Basemaps;
using CommandCenter.Http;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace CommandCenter.Basemaps;

/// <summary>The list of maps, their PMTiles files in ranges, and the tiles of those that are fetched.</summary>
public static class BasemapEndpoints
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/api/basemaps", (BasemapList list) => TypedResults.Ok(list.All())).WithTags("Basemaps").RequireAuthorization(Permissions.Watch)
            .Produces<IReadOnlyList<BasemapInfo>>().WithSummary("The maps to draw under the markers; the first is the default.");
        var group = app.MapGroup("/basemaps").WithTags("Basemaps").RequireAuthorization(Permissions.Watch);
        group.MapMethods("{id}.pmtiles", Reading, SendFile).Produces(200).Produces(206).ProducesProblem(404).ProducesProblem(416);
        group.MapMethods("{id}/{z}/{x}/{y}", Reading, SendTileAsync).Produces(200).ProducesProblem(400).ProducesProblem(404)
            .ProducesProblem(429).ProducesProblem(502).ProducesProblem(503)
            .WithSummary("A tile of the operator's map, fetched by this server with its key and kept for a while.");
    }

    private static IResult SendFile(string id, BasemapList list, HttpResponse response)
    {
        if (list.FindFile(id) is not { } path)
        {
            return NoSuchMap();
        }

        var file = new FileInfo(path);
        var tag = new EntityTagHeaderValue($"\"{file.Length:x}-{file.LastWriteTimeUtc.Ticks:x}\"");

        // Readers of PMTiles compare the tag of every range and start anew when the file was replaced.
        response.Headers.CacheControl = "private, max-age=300";
        return TypedResults.PhysicalFile(path, "application/vnd.pmtiles", lastModified: file.LastWriteTimeUtc, entityTag: tag, enableRangeProcessing: true);
    }

    private static async Task<IResult> SendTileAsync(
        string id,
        string z,
        string x,
        string y,
        BasemapList list,
        TileProxy proxy,
        IOptions<BasemapOptions> options,
        TimeProvider time,
        HttpContext context,
        CancellationToken cancellationToken)
    {
        if (list.FindSource(id) is not { } source)
        {
            return NoSuchMap();
        }

        if (TileAddress.Parse(z, x, y, source.MinZoom, source.MaxZoom, out var wrong) is not { } tile)
        {
            return Problems.BadArgument(wrong.Argument, wrong.Allowed);
        }

        var answer = await proxy.GetAsync(source, tile, context.User.ToViewer().AccountId, cancellationToken);
        if (answer.Tile is not { } image || TileImage.TypeOf(image.Body) is not { } type)
        {
            return Refuse(answer, options.Value);
        }

        var left = TimeSpan.FromDays(options.Value.FreshDays) - (time.GetUtcNow() - image.FetchedAt);
        var seconds = answer.Stale ? (int)options.Value.RetrySeconds : (int)Math.Clamp(left.TotalSeconds, 0, 86_400);
        context.Response.Headers.CacheControl = $"private, max-age={seconds}";
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(image.Body).AsSpan(0, 8))}\"");
        return TypedResults.Bytes(image.Body, type, entityTag: tag, lastModified: image.FetchedAt);
    }

    private static IResult NoSuchMap() => Problems.NotFound("no-such-basemap", "There is no such map on this server.");

    private static IResult Refuse(ProxiedTile answer, BasemapOptions options) => answer.Outcome switch
    {
        TileOutcome.Absent => Problems.NotFound("no-such-tile", "The map's server has no such tile."),
        TileOutcome.Refused => Problems.TryLater(502, "basemap-refused", "The map's server does not accept this server's key.", TimeSpan.FromSeconds(options.RetrySeconds)),
        TileOutcome.Limited => Problems.TryLater(429, "basemap-limited", "Too many tiles are fetched for this account: wait a little.", answer.Wait),
        TileOutcome.Busy => Problems.TryLater(503, "basemap-busy", "Too many tiles are being fetched.", TimeSpan.FromSeconds(1)),
        TileOutcome.Away => Problems.TryLater(503, "basemap-away", "The map's server does not answer.", TimeSpan.FromSeconds(options.RetrySeconds)),
        _ => Problems.TryLater(502, "basemap-strange", "The map's server answers something that is no tile.", TimeSpan.FromSeconds(options.RetrySeconds)),
    };
}
