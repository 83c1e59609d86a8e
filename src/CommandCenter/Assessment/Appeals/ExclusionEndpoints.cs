using System.Security.Claims;
using CommandCenter.Access;
using CommandCenter.Areas;
using CommandCenter.Assessment.Periods;
using CommandCenter.Assessment.Scores;
using CommandCenter.Assessment.Scoring;
using CommandCenter.Assessment.Sources;
using CommandCenter.Contracts;
using CommandCenter.Contracts.Assessment;
using CommandCenter.Http;
using CommandCenter.Workers;

namespace CommandCenter.Assessment.Appeals;

/// <summary>Leave, rest days, places without signal: days that count for nobody, of a worker or of an area and all below it.</summary>
internal static class ExclusionEndpoints
{
    private const int UsualOnAPage = 100;

    public static void Map(IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/assessment/exclusions").WithTags("Assessment").RequireAuthorization(Permissions.Supervise);
        group.MapGet("", PageAsync).Produces<Page<ExclusionInfo>>().ProducesProblem(400).ProducesProblem(403).WithSummary("Exclusions of people and areas in the area, newest first.");
        group.MapPost("", AddAsync).Produces<ExclusionInfo>(201).ProducesProblem(400).ProducesProblem(403).ProducesProblem(409)
            .WithSummary("Excludes days; periods that they touch are reckoned again.");
        group.MapDelete("{id:int}", WithdrawAsync).Produces(204).ProducesProblem(403).ProducesProblem(409).WithSummary("Withdraws an exclusion; the row stays.");
    }

    private static async Task<IResult> PageAsync(
        string? area,
        string? subject,
        string? from,
        string? to,
        string? limit,
        string? cursor,
        ClaimsPrincipal user,
        AreaDirectory areas,
        WorkerRegister register,
        ExclusionStore store,
        CancellationToken cancellationToken)
    {
        var arguments = new Arguments();
        var first = ScoreArguments.Day("from", from, arguments);
        var end = ScoreArguments.Day("to", to, arguments);
        var size = arguments.Limit(limit, UsualOnAPage, Arguments.DefaultLimit);
        var before = arguments.IdCursor(cursor);
        if (arguments.Problem is { } problem)
        {
            return problem;
        }

        var scope = user.ToViewer().ScopeIn(areas.Current);
        if (scope.Resolve(area) is not { } node)
        {
            return Problems.OutOfScope("area");
        }

        var (worker, place) = await SubjectAsync(subject, scope, register, cancellationToken);
        if (worker is null && place is null && !string.IsNullOrEmpty(subject))
        {
            return Problems.OutOfScope("subject");
        }

        var rows = await store.PageAsync(
            new ExclusionQuery(before == 0 ? int.MaxValue : before, scope.IdsUnder(node), worker?.Id, place?.Area.Id, first, end, size + 1), cancellationToken);
        var names = await ScoreNames.OfAsync(scope.Tree, register, rows.Select(row => row.WorkerId), cancellationToken);
        return TypedResults.Ok(Pages.Of(rows, size, row => row.Id, row => Info(row, names)));
    }

    private static async Task<IResult> AddAsync(
        NewExclusion? body,
        ClaimsPrincipal user,
        AreaDirectory areas,
        WorkerRegister register,
        ExclusionStore store,
        Reckoning reckoning,
        CancellationToken cancellationToken)
    {
        var arguments = new Arguments();
        var kind = arguments.OneOf("subjectKind", arguments.Required("subjectKind", body?.SubjectKind, 20), SubjectKinds.Words);
        var subject = arguments.Required("subject", body?.Subject, AreaRules.MaxCodeLength);
        var input = ExclusionInput.Read("", body?.Kind, body?.From, body?.To, body?.Note, arguments);
        if (kind == SubjectKind.Department)
        {
            arguments.Refuse("subjectKind", "one of worker, grid, community, subdistrict");
        }

        if (arguments.Problem is { } problem)
        {
            return problem;
        }

        var viewer = user.ToViewer();
        var scope = viewer.ScopeIn(areas.Current);
        var (worker, place) = await SubjectAsync(subject, scope, register, cancellationToken);
        NewExclusionRow? row = kind == SubjectKind.Worker
            ? worker is null ? null : new NewExclusionRow(SubjectKind.Worker, worker.Id, worker.HomeAreaId, input!.Kind, input.From, input.To, input.Note)
            : place is null || AreaIndicators.KindOf(place) != kind ? null : new NewExclusionRow(kind!.Value, null, place.Area.Id, input!.Kind, input.From, input.To, input.Note);
        if (row is null)
        {
            return Problems.OutOfScope("subject");
        }

        var id = await store.AddAsync(row, viewer, cancellationToken);
        await reckoning.AskAsync(row.From, row.To, viewer.User, CancellationToken.None);
        var stored = await store.FindAsync(id, cancellationToken) ?? throw new InvalidOperationException("An exclusion went while it was read.");
        return TypedResults.Created($"/api/assessment/exclusions/{id}", Info(stored, await ScoreNames.OfAsync(scope.Tree, register, [row.WorkerId], cancellationToken)));
    }

    private static async Task<IResult> WithdrawAsync(
        int id, ClaimsPrincipal user, AreaDirectory areas, ExclusionStore store, Reckoning reckoning, CancellationToken cancellationToken)
    {
        var viewer = user.ToViewer();
        if (await store.FindAsync(id, cancellationToken) is not { } row || !viewer.ScopeIn(areas.Current).Contains(row.AreaId))
        {
            return Problems.OutOfScope("exclusion");
        }

        if (!await store.WithdrawAsync(row, viewer, cancellationToken))
        {
            return Problems.Conflict("withdrawn", "This exclusion was withdrawn before.");
        }

        await reckoning.AskAsync(row.From, row.To, viewer.User, CancellationToken.None);
        return TypedResults.NoContent();
    }

    /// <summary>A worker's code or an area's, in the scope; codes of both may be alike.</summary>
    private static async Task<(Worker? Worker, AreaNode? Area)> SubjectAsync(string? code, AreaScope scope, WorkerRegister register, CancellationToken cancellationToken) =>
        string.IsNullOrEmpty(code) ? (null, null) : (await register.FindInAsync(scope, code, cancellationToken), scope.Resolve(code));

    private static ExclusionInfo Info(ExclusionRow row, ScoreNames names)
    {
        var person = row.SubjectKind == SubjectKind.Worker;
        return new ExclusionInfo(
            row.Id,
            row.SubjectKind.Word(),
            names.CodeOf(row.WorkerId, row.AreaId, person, ""),
            names.Of(row.WorkerId, row.AreaId, person),
            row.Kind,
            SnapshotViews.Day(row.From),
            SnapshotViews.Day(row.To),
            row.Note,
            row.SetBy,
            SnapshotViews.Utc(row.SetAt),
            row.WithdrawnBy,
            row.WithdrawnAt is { } at ? SnapshotViews.Utc(at) : null);
    }
}
