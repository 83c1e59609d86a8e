using System.Globalization;
using System.Security.Claims;
using System.Text.Json;
using CommandCenter.Access;
using CommandCenter.Areas;
using CommandCenter.Contracts.Access;
using CommandCenter.Contracts.Coverage;
using CommandCenter.Geo;
using CommandCenter.Http;
using Microsoft.AspNetCore.Http.Features;
using NetTopologySuite.Geometries;
using Npgsql;

namespace CommandCenter.Coverage.Ground;

/// <summary>Ground that nobody patrols: looked at by dispatchers, changed by administrators of the whole center, since a river runs through many areas.</summary>
internal static class MaskEndpoints
{
    private const int MostBytes = 32 * 1_024 * 1_024;

    public static void Map(IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/coverage/masks").WithTags("Coverage");
        group.MapGet("", List).RequireAuthorization(Permissions.Dispatch).Produces<CoverageMasks>()
            .WithSummary("Ground that nobody patrols, as far as it touches the viewer's area.");
        group.MapPut("", PutAsync).RequireAuthorization(Permissions.Administer).Produces<CoverageMaskReport>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(413)
            .WithSummary("Adds or redraws the masks of a GeoJSON FeatureCollection by their code; datum=wgs84|gcj02|bd09 says what its degrees mean. What is no mask is passed over and told.");
        group.MapDelete("{code}", DeleteAsync).RequireAuthorization(Permissions.Administer).Produces(204).ProducesProblem(403).ProducesProblem(404)
            .WithSummary("Ends a mask: its ground is patrolled again, and days before keep it.");
    }

    private static IResult List(ClaimsPrincipal user, AreaDirectory areas, GroundDirectory ground)
    {
        var viewer = user.ToViewer();
        var box = viewer.ScopeIn(areas.Current).Root?.Area.Geometry?.EnvelopeInternal;
        return TypedResults.Ok(new CoverageMasks([.. ground.Current.Masks
            .Where(mask => mask.To is null && box is not null && box.Intersects(mask.Geometry.EnvelopeInternal))
            .Select(mask => new CoverageMaskInfo(
                mask.Code, mask.Name, CoverageMask.NameOf(mask.Kind), mask.From, viewer.Role == AccountRole.Administrator ? mask.AddedBy : null, GeoJsonWriter.ToElement(mask.Geometry)))]));
    }

    private static async Task<IResult> PutAsync(
        string? datum,
        HttpRequest request,
        ClaimsPrincipal user,
        AreaDirectory areas,
        GroundDirectory ground,
        GroundLoading loading,
        AuditStore audit,
        NpgsqlDataSource dataSource,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var viewer = user.ToViewer();
        if (NotAllAreas(viewer, areas) is { } refused)
        {
            return refused;
        }

        var arguments = new Arguments();
        var from = arguments.OneOf("datum", datum, Datums.Words) ?? Datum.Wgs84;
        if (arguments.Problem is { } problem)
        {
            return problem;
        }

        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } bound)
        {
            bound.MaxRequestBodySize = MostBytes;
        }

        using var json = await ReadAsync(request, cancellationToken);
        if (json is null)
        {
            return Problems.BadArgument("body", "JSON: a GeoJSON FeatureCollection of polygons");
        }

        if (MaskFile.Read(json.RootElement, from, CenterBox(areas.Current), out var fault) is not var (masks, refusals, refusalCount))
        {
            return Problems.BadArgument("body", fault!);
        }

        // Its own node reads the newest first: two nodes that take the same file at once write it twice, which is the same ground.
        await loading.RefreshAsync(cancellationToken);
        var before = ground.Current.Masks.Where(mask => mask.To is null).ToDictionary(mask => mask.Code, StringComparer.Ordinal);
        var changed = masks.Where(mask => !before.TryGetValue(mask.Code, out var was) || !IsSame(mask, was)).ToList();
        var added = changed.Count(mask => !before.ContainsKey(mask.Code));
        if (changed.Count > 0)
        {
            await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await CoverageMaskStore.PutAsync(connection, transaction, changed, time.GetUtcNow(), viewer.User, cancellationToken);
            var detail = string.Create(CultureInfo.InvariantCulture, $"{added} added, {changed.Count - added} changed");
            await audit.WriteWithinAsync(connection, transaction, viewer, [new AuditAct(AuditActions.SetMasks, viewer.AreaId, Detail: detail)], cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            await loading.RefreshAsync(CancellationToken.None);
        }

        return TypedResults.Ok(new CoverageMaskReport(added, changed.Count - added, masks.Count - changed.Count, refusals, refusalCount));
    }

    private static async Task<IResult> DeleteAsync(
        string code,
        ClaimsPrincipal user,
        AreaDirectory areas,
        GroundLoading loading,
        AuditStore audit,
        NpgsqlDataSource dataSource,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var viewer = user.ToViewer();
        if (NotAllAreas(viewer, areas) is { } refused)
        {
            return refused;
        }

        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (await CoverageMaskStore.EndAsync(connection, transaction, [code], time.GetUtcNow(), cancellationToken) == 0)
        {
            return Problems.NotFound("no-mask", "There is no such mask.");
        }

        await audit.WriteWithinAsync(connection, transaction, viewer, [new AuditAct(AuditActions.EndMask, viewer.AreaId, Detail: code)], cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        await loading.RefreshAsync(CancellationToken.None);
        return TypedResults.NoContent();
    }

    private static IResult? NotAllAreas(Viewer viewer, AreaDirectory areas) => viewer.ScopeIn(areas.Current).Root is { Parent: null }
        ? null
        : Problems.Forbidden("not-all-areas", "Masks are those of the whole center: an administrator of all of it may change them.");

    private static bool IsSame(MaskDraft mask, CoverageMask was) => mask.Name == was.Name && mask.Kind == was.Kind && mask.Geometry.EqualsExact(was.Geometry);

    private static Envelope CenterBox(AreaTree tree)
    {
        var box = new Envelope();
        foreach (var node in tree.Nodes)
        {
            box.ExpandToInclude(node.Area.Geometry?.EnvelopeInternal ?? new Envelope());
        }

        return box;
    }

    private static async Task<JsonDocument?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await JsonDocument.ParseAsync(request.Body, cancellationToken: cancellationToken);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
