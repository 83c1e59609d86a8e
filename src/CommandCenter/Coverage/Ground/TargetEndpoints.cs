using System.Globalization;
using System.Security.Claims;
using CommandCenter.Access;
using CommandCenter.Areas;
using CommandCenter.Contracts.Access;
using CommandCenter.Contracts.Coverage;
using CommandCenter.Http;
using Microsoft.Extensions.Options;
using Npgsql;

namespace CommandCenter.Coverage.Ground;

/// <summary>After how many days without a visit a square is blind: of an area and everything below it that has no target of its own.</summary>
internal static class TargetEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/coverage/targets").WithTags("Coverage");
        group.MapGet("", List).RequireAuthorization(Permissions.Dispatch).Produces<CoverageTargets>()
            .WithSummary("Targets that were set in the viewer's area, and what may be set.");
        group.MapGet("{area}", Get).RequireAuthorization(Permissions.Dispatch).Produces<CoverageTargetInfo>().ProducesProblem(403)
            .WithSummary("The target that holds in an area, and where it comes from.");
        group.MapPut("{area}", PutAsync).RequireAuthorization(Permissions.Administer).Produces<CoverageTargetInfo>().ProducesProblem(400).ProducesProblem(403)
            .WithSummary("Sets an area's own target: days, or choice (hot-spot 1, normal 7, remote 30).");
        group.MapDelete("{area}", DeleteAsync).RequireAuthorization(Permissions.Administer).Produces<CoverageTargetInfo>().ProducesProblem(403)
            .WithSummary("Takes an area's own target away: it inherits again.");
    }

    private static IResult List(ClaimsPrincipal user, AreaDirectory areas, GroundDirectory ground, IOptions<CoverageOptions> options)
    {
        var viewer = user.ToViewer();
        var scope = viewer.ScopeIn(areas.Current);
        return TypedResults.Ok(new CoverageTargets(
            GroundRules.UsualDays,
            MostDays(options.Value),
            GroundRules.Choices,
            [.. ground.Current.Targets.Values
                .Select(target => (Target: target, Area: scope.Tree.Find(target.AreaId)))
                .Where(one => scope.Contains(one.Area))
                .OrderBy(one => one.Area!.Area.Code, StringComparer.Ordinal)
                .Select(one => new CoverageTargetSet(
                    one.Area!.Area.Code, one.Area.Area.Name, one.Target.Days, viewer.Role == AccountRole.Administrator ? one.Target.SetBy : null, one.Target.SetAt))]));
    }

    private static IResult Get(string area, ClaimsPrincipal user, AreaDirectory areas, GroundDirectory ground)
    {
        var scope = user.ToViewer().ScopeIn(areas.Current);
        return scope.Resolve(area) is { } node ? TypedResults.Ok(InfoOf(node, scope, ground.Current)) : Problems.OutOfScope("area");
    }

    private static Task<IResult> PutAsync(
        string area,
        NewCoverageTarget body,
        ClaimsPrincipal user,
        AreaDirectory areas,
        GroundDirectory ground,
        CoverageTargetStore store,
        GroundLoading loading,
        AuditStore audit,
        NpgsqlDataSource dataSource,
        IOptions<CoverageOptions> options,
        CancellationToken cancellationToken)
    {
        var arguments = new Arguments();
        var chosen = arguments.OneOf("choice", body.Choice, GroundRules.Choices);
        var most = MostDays(options.Value);
        if (body.Days is { } days && (chosen is not null || days < 1 || days > most))
        {
            arguments.Refuse("days", string.Create(CultureInfo.InvariantCulture, $"a whole number from 1 to {most}, without 'choice' beside it"));
        }
        else if (body.Days is null && chosen is null)
        {
            arguments.Refuse("days", string.Create(CultureInfo.InvariantCulture, $"a whole number from 1 to {most}, or 'choice' one of {string.Join(", ", GroundRules.Choices.Keys)}"));
        }

        return arguments.Problem is { } problem
            ? Task.FromResult<IResult>(problem)
            : SetAsync(area, body.Days ?? chosen, user.ToViewer(), areas, ground, store, loading, audit, dataSource, cancellationToken);
    }

    private static Task<IResult> DeleteAsync(
        string area,
        ClaimsPrincipal user,
        AreaDirectory areas,
        GroundDirectory ground,
        CoverageTargetStore store,
        GroundLoading loading,
        AuditStore audit,
        NpgsqlDataSource dataSource,
        CancellationToken cancellationToken) =>
        SetAsync(area, null, user.ToViewer(), areas, ground, store, loading, audit, dataSource, cancellationToken);

    private static async Task<IResult> SetAsync(
        string area,
        int? days,
        Viewer viewer,
        AreaDirectory areas,
        GroundDirectory ground,
        CoverageTargetStore store,
        GroundLoading loading,
        AuditStore audit,
        NpgsqlDataSource dataSource,
        CancellationToken cancellationToken)
    {
        var scope = viewer.ScopeIn(areas.Current);
        if (scope.Resolve(area) is not { } node)
        {
            return Problems.OutOfScope("area");
        }

        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await store.SetAsync(connection, transaction, node.Area.Id, days, viewer.User, cancellationToken);
        var detail = days is null ? $"{node.Area.Code}: inherited" : string.Create(CultureInfo.InvariantCulture, $"{node.Area.Code}: {days} days");
        await audit.WriteWithinAsync(connection, transaction, viewer, [new AuditAct(AuditActions.SetTarget, node.Area.Id, Detail: detail)], cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        await loading.RefreshAsync(CancellationToken.None);
        return TypedResults.Ok(InfoOf(node, scope, ground.Current));
    }

    /// <summary>One day more without a visit must still be seen.</summary>
    private static int MostDays(CoverageOptions options) => Math.Min(365, options.LookBackDays - 1);

    private static CoverageTargetInfo InfoOf(AreaNode node, AreaScope scope, GroundRules rules)
    {
        var target = rules.TargetOf(node);
        var days = target?.Days ?? GroundRules.UsualDays;
        return new CoverageTargetInfo(
            node.Area.Code, days, GroundRules.ChoiceOf(days), target is not null && scope.Tree.Find(target.AreaId) is { } from && scope.Contains(from) ? from.Area.Code : null);
    }
}
