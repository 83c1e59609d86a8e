using System.Globalization;
using System.Security.Claims;
using CommandCenter.Access;
using CommandCenter.Areas;
using CommandCenter.Contracts.Coverage;
using CommandCenter.Http;
using CommandCenter.Tracks;
using CommandCenter.Web;
using Microsoft.Extensions.Options;

namespace CommandCenter.Coverage.Answers;

/// <summary>From the picture to one square, and from it to who earned it.</summary>
internal static class CellEndpoints
{
    /// <summary>All workers' days are looked through.</summary>
    private const int MostTrackDays = 31;

    public static void Map(IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/coverage/cells/{key}").WithTags("Coverage").RequireAuthorization(Permissions.Dispatch);
        group.MapGet("", GetAsync).Produces<CoverageCellInfo>().ProducesProblem(400).ProducesProblem(403)
            .WithSummary("One square of 25 m: where it is, whose, how old its last visit is, and what was earned in it on each day.");
        group.MapGet("tracks", TracksAsync).Produces<CoverageCellTracks>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(428)
            .WithSummary("Who earned it on which day, and which moments of whose track to replay; needs X-Audit-Reason or reason=, and is on the audit trail of each worker.");
    }

    private static async Task<IResult> GetAsync(
        string key,
        string? from,
        string? to,
        ClaimsPrincipal user,
        AreaDirectory areas,
        CoverageDesk desk,
        CellDesk cells,
        IOptions<CenterOptions> center,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var arguments = new Arguments();
        var cell = CellOf(key, arguments);
        var window = CoverageWindow.Read(from, to, CoverageEndpoints.MostDays, time.GetUtcNow(), center.Value, arguments);
        if (arguments.Problem is { } problem)
        {
            return problem;
        }

        var scope = user.ToViewer().ScopeIn(areas.Current);
        var days = await desk.DaysAsync(window!, cancellationToken);
        return scope.Root is { } root && days.Plan.SquaresOf(root).IsPatrolled(cell) is { } patrolled && days.Plan.UnitOf(cell) is { } grid
            ? TypedResults.Ok(await cells.InfoAsync(days, cell, scope.Contains(grid) ? grid : root, patrolled, cancellationToken))
            : Problems.OutOfScope("square");
    }

    private static async Task<IResult> TracksAsync(
        string key,
        string? from,
        string? to,
        HttpRequest request,
        ClaimsPrincipal user,
        AreaDirectory areas,
        CoverageDesk desk,
        CellDesk cells,
        IOptions<CenterOptions> center,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var arguments = new Arguments();
        var cell = CellOf(key, arguments);
        var window = CoverageWindow.Read(from, to, MostTrackDays, time.GetUtcNow(), center.Value, arguments);
        if (arguments.Problem is { } problem)
        {
            return problem;
        }

        if (AuditReason.From(request, out var unreasoned) is not { } why)
        {
            return unreasoned!;
        }

        var viewer = user.ToViewer();
        var scope = viewer.ScopeIn(areas.Current);
        var days = await desk.DaysAsync(window!, cancellationToken);
        return scope.Root is { } root && days.Plan.SquaresOf(root).IsPatrolled(cell) is not null
            ? TypedResults.Ok(await cells.TracksAsync(viewer, scope, cell, days, why, cancellationToken))
            : Problems.OutOfScope("square");
    }

    private static CoverageCell CellOf(string key, Arguments arguments)
    {
        if (long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return CoverageCell.FromKey(number);
        }

        arguments.Refuse("key", "a square's number, row × 2³² + column");
        return default;
    }
}
