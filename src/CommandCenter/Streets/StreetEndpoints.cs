using System.Security.Claims;
using System.Text.Json;
using CommandCenter.Access;
using CommandCenter.Areas;
using CommandCenter.Contracts.Streets;
using CommandCenter.Geo;
using CommandCenter.Http;
using Microsoft.AspNetCore.Http.Features;
using Npgsql;

namespace CommandCenter.Streets;

/// <summary>The streets of the whole center: looked at by dispatchers, replaced by administrators of all of it.</summary>
internal static class StreetEndpoints
{
    private const int MostBytes = 64 * 1_024 * 1_024;

    public static void Map(IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/streets").WithTags("Streets");
        group.MapGet("", (StreetDirectory streets) => TypedResults.Ok(StreetRules.Report(streets.Current, [], 0)))
            .RequireAuthorization(Permissions.Dispatch).Produces<StreetReport>()
            .WithSummary("How many streets there are; none: travel times are the straight line's times a factor.");
        group.MapPut("", ReplaceAsync).RequireAuthorization(Permissions.Administer)
            .Produces<StreetReport>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(413)
            .WithSummary("Replaces all streets by those of a GeoJSON FeatureCollection; datum=wgs84|gcj02|bd09 says what its degrees mean. What is no street is passed over and told.");
    }

    private static async Task<IResult> ReplaceAsync(
        string? datum,
        HttpRequest request,
        ClaimsPrincipal user,
        AreaDirectory areas,
        StreetDirectory streets,
        StreetLoading loading,
        AuditStore audit,
        NpgsqlDataSource dataSource,
        CancellationToken cancellationToken)
    {
        var viewer = user.ToViewer();
        if (viewer.ScopeIn(areas.Current).Root is not { Parent: null })
        {
            return Problems.Forbidden("not-all-areas", "The streets are those of the whole center: an administrator of all of it may replace them.");
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

        if (await StreetBody.ReadAsync(request, cancellationToken) is not { } json)
        {
            return Problems.BadArgument("body", "JSON: a GeoJSON FeatureCollection of lines");
        }

        using (json)
        {
            if (StreetFile.Read(json.RootElement, from, out var fault) is not var (read, refused, refusedCount))
            {
                return Problems.BadArgument("body", fault!);
            }

            if (read.Count == 0)
            {
                return Problems.BadArgument("body", $"a file with at least one street: {(refused.Count > 0 ? refused[0].Reason : "it has no features")}");
            }

            await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await StreetStore.ReplaceAsync(connection, transaction, read, cancellationToken);
            await audit.WriteWithinAsync(
                connection, transaction, viewer, [new AuditAct(AuditActions.ImportStreets, viewer.AreaId, Detail: $"{read.Count} streets")], cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            await loading.RefreshAsync(CancellationToken.None);
            return TypedResults.Ok(StreetRules.Report(streets.Current, refused, refusedCount));
        }
    }
}
