using System.Globalization;
using System.Security.Claims;
using CommandCenter.Geo;
using CommandCenter.Http;
using Microsoft.Net.Http.Headers;

namespace CommandCenter.Areas;

/// <summary>The borders and names of the viewer's areas as vector tiles, for the map to draw: thousands of polygons need not be sent as GeoJSON.</summary>
public static class AreaTileEndpoints
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/api/areas/tiles/{z}/{x}/{y}", Get).WithTags("Areas").RequireAuthorization()
            .Produces(200, contentType: "application/vnd.mapbox-vector-tile").Produces(204).Produces(304).ProducesProblem(400)
            .WithSummary("A Mapbox Vector Tile of the areas in the viewer's scope, layers areas and names; 204 when none is there.");

    private static IResult Get(string z, string x, string y, ClaimsPrincipal user, IAreaViewers viewers, AreaTiles tiles, HttpContext context)
    {
        if (!Number(z, out var zoom) || zoom > AreaTileRules.MaxZoom)
        {
            return Problems.BadArgument("z", $"a whole number from 0 to {AreaTileRules.MaxZoom}");
        }

        var last = (1 << zoom) - 1;
        if (!Number(x, out var column) || column > last)
        {
            return Problems.BadArgument("x", $"a whole number from 0 to {last} at this zoom");
        }

        if (!Number(y, out var row) || row > last)
        {
            return Problems.BadArgument("y", $"a whole number from 0 to {last} at this zoom");
        }

        var tile = tiles.Get(viewers.ScopeOf(user), new TileAddress(zoom, column, row));

        // Kept by the browser, but asked for anew each time: a moved border shows at once, and another account sees its own.
        context.Response.Headers.CacheControl = "private, no-cache";
        context.Response.Headers.ETag = tile.Tag;
        if (context.Request.GetTypedHeaders().IfNoneMatch.Any(tag => tag == EntityTagHeaderValue.Any || tag.Tag == tile.Tag))
        {
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        }

        return tile.Bytes.Length == 0 ? TypedResults.NoContent() : TypedResults.Bytes(tile.Bytes, "application/vnd.mapbox-vector-tile");
    }

    private static bool Number(string text, out int value) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
