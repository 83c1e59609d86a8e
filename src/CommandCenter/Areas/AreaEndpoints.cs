using System.Security.Claims;
using CommandCenter.Contracts;
using CommandCenter.Contracts.Areas;
using CommandCenter.Geo;
using CommandCenter.Http;

namespace CommandCenter.Areas;

/// <summary>The area tree as far as the viewer may see it.</summary>
public static class AreaEndpoints
{
    /// <summary>The policy of those who change areas; Access says who they are.</summary>
    public const string ManagePolicy = "manage-areas";

    public static void Map(IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/areas").WithTags("Areas").RequireAuthorization();
        group.MapGet("", List).Produces<Page<AreaInfo>>().ProducesProblem(400).ProducesProblem(403)
            .WithSummary("Areas in the viewer's scope by code; parent= gives the direct children of one.");
        group.MapGet("{code}", Get).Produces<AreaInfo>().ProducesProblem(403).WithSummary("One area with its polygon.");
        group.MapPost("", AddAsync).RequireAuthorization(ManagePolicy).Produces<AreaInfo>(201).ProducesProblem(400).ProducesProblem(403).ProducesProblem(409)
            .WithSummary("Adds an area under one of the administrator's.");
        group.MapPut("{code}", RenameAsync).RequireAuthorization(ManagePolicy).Produces<AreaInfo>().ProducesProblem(400).ProducesProblem(403)
            .WithSummary("Changes an area's names; code, level, parent and polygon stay.");
    }

    private static IResult List(
        string? parent, string? kind, string? limit, string? cursor, string? geometry, ClaimsPrincipal user, IAreaViewers viewers)
    {
        var arguments = new Arguments();
        var onlyKind = arguments.OneOf("kind", kind, AreaNames.Kinds);
        var size = arguments.Limit(limit);
        var after = arguments.Cursor(cursor);
        var withGeometry = arguments.Flag("geometry", geometry) ?? false;
        if (arguments.Problem is { } problem)
        {
            return problem;
        }

        var scope = viewers.ScopeOf(user);
        AreaNode? onlyParent = null;
        if (!string.IsNullOrEmpty(parent) && (onlyParent = scope.Resolve(parent)) is null)
        {
            return Problems.OutOfScope("area");
        }

        var found = scope.Tree.AfterCode(after)
            .Where(node => scope.Contains(node)
                && (onlyKind is null || node.Area.Kind == onlyKind)
                && (onlyParent is null || node.Parent == onlyParent))
            .Take(size + 1)
            .ToList();
        return TypedResults.Ok(Pages.Of(found, size, node => Arguments.CursorOf(node.Area.Code), node => Info(node, scope, withGeometry)));
    }

    private static IResult Get(string code, ClaimsPrincipal user, IAreaViewers viewers)
    {
        var scope = viewers.ScopeOf(user);
        return scope.Resolve(code) is { } node ? TypedResults.Ok(Info(node, scope, withGeometry: true)) : Problems.OutOfScope("area");
    }

    private static async Task<IResult> AddAsync(
        NewArea body, ClaimsPrincipal user, IAreaViewers viewers, AreaStore store, AreaLoading loading, CancellationToken cancellationToken)
    {
        var arguments = new Arguments();
        var parentCode = AreaRules.CheckCode(body.Parent, arguments, "parent");
        if (arguments.Problem is { } noParent)
        {
            return noParent;
        }

        var scope = viewers.ScopeOf(user);
        if (scope.Resolve(parentCode) is not { } parent)
        {
            return Problems.OutOfScope("area");
        }

        var draft = AreaRules.Check(body, parent, arguments);
        if (arguments.Problem is { } problem)
        {
            return problem;
        }

        if (await store.AddAsync(draft, cancellationToken) is not { } id)
        {
            return Problems.Conflict("code-taken", $"There is an area {draft.Code} already.");
        }

        await viewers.RecordAddedAsync(user, id, draft.Code, CancellationToken.None);
        await loading.RefreshAsync(cancellationToken);
        scope = viewers.ScopeOf(user);
        return scope.Tree.Find(id) is { } node
            ? TypedResults.Created($"/api/areas/{draft.Code}", Info(node, scope, withGeometry: true))
            : throw new InvalidOperationException("The area is not in the tree after loading it.");
    }

    private static async Task<IResult> RenameAsync(
        string code,
        AreaNamesChange body,
        ClaimsPrincipal user,
        IAreaViewers viewers,
        AreaStore store,
        AreaLoading loading,
        CancellationToken cancellationToken)
    {
        var arguments = new Arguments();
        var name = arguments.Required("name", body.Name, AreaRules.MaxNameLength);
        var nameEn = arguments.Optional("nameEn", body.NameEn, AreaRules.MaxNameLength);
        if (arguments.Problem is { } problem)
        {
            return problem;
        }

        if (viewers.ScopeOf(user).Resolve(code) is not { } node)
        {
            return Problems.OutOfScope("area");
        }

        await store.RenameAsync(node.Area.Id, name, nameEn, cancellationToken);
        await viewers.RecordRenamedAsync(user, node.Area.Id, $"{node.Area.Name} to {name}", CancellationToken.None);
        await loading.RefreshAsync(CancellationToken.None);
        var scope = viewers.ScopeOf(user);
        return scope.Resolve(code) is { } renamed ? TypedResults.Ok(Info(renamed, scope, withGeometry: true)) : Problems.OutOfScope("area");
    }

    // The scope's root hides its parent: a code outside the viewer's area is none of its business.
    private static AreaInfo Info(AreaNode node, AreaScope scope, bool withGeometry)
    {
        var area = node.Area;
        var box = area.Geometry is { IsEmpty: false } shape ? shape.EnvelopeInternal : null;
        return new AreaInfo(
            area.Id,
            area.Code,
            area.Name,
            area.NameEn,
            area.Kind.Name(),
            area.GridType?.Name(),
            scope.Contains(node.Parent) ? node.Parent!.Area.Code : null,
            box is null ? null : [box.MinX, box.MinY, box.MaxX, box.MaxY],
            node.Center is { } center ? [Math.Round(center.X, 7), Math.Round(center.Y, 7)] : null,
            withGeometry && area.Geometry is not null ? GeoJsonWriter.ToElement(area.Geometry) : null);
    }
}
