using System.Security.Claims;
using CommandCenter.Access;
using CommandCenter.Areas;
using CommandCenter.Assessment.Periods;
using CommandCenter.Assessment.Scores;
using CommandCenter.Assessment.Scoring;
using CommandCenter.Contracts.Assessment;
using CommandCenter.Http;
using CommandCenter.Workers;
using Microsoft.Extensions.Options;

namespace CommandCenter.Assessment.Boards;

/// <summary>The best of a closed month, quarter or year, where the center wants that.</summary>
internal static class BoardEndpoints
{
    private const string Year = "year";

    private static readonly IReadOnlyDictionary<string, int> Places = new Dictionary<string, int>
    {
        ["month"] = BoardRules.MonthPlaces,
        ["quarter"] = BoardRules.QuarterPlaces,
        [Year] = BoardRules.YearPlaces,
    };

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/api/assessment/{period}/boards", GetAsync)
        .WithTags("Assessment").RequireAuthorization(Permissions.Supervise)
        .Produces<AssessmentBoard>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(404)
        .WithSummary("Month top 10, quarter top 5, year top 3 of any subject; 404 unless boards are switched on.");

    private static async Task<IResult> GetAsync(
        string period,
        string? area,
        string? subject,
        string? starts,
        ClaimsPrincipal user,
        AreaDirectory areas,
        WorkerRegister register,
        BoardStore store,
        IOptions<AssessmentOptions> options,
        CancellationToken cancellationToken)
    {
        if (!options.Value.Boards)
        {
            return Problems.NotFound("boards-off", "This center keeps no boards: the option Assessment:Boards switches them on.");
        }

        var arguments = new Arguments();
        var places = arguments.OneOf("period", period, Places);
        var kind = arguments.OneOf("subject", subject, SubjectKinds.Words) ?? SubjectKind.Worker;
        var day = ScoreArguments.Day("starts", starts, arguments);
        if (arguments.Problem is { } problem)
        {
            return problem;
        }

        var scope = user.ToViewer().ScopeIn(areas.Current);
        if (scope.Resolve(area) is not { } node)
        {
            return Problems.OutOfScope("area");
        }

        var counted = period == Year ? "month" : period;
        if ((day ?? await store.LastAsync(counted, cancellationToken)) is not { } asked)
        {
            return PeriodEndpoints.NoPeriod();
        }

        var span = period == Year ? (From: new DateOnly(asked.Year, 1, 1), To: new DateOnly(asked.Year + 1, 1, 1)) : Span(PeriodRules.Words[period], asked);
        var snapshots = await store.SnapshotsAsync(counted, span.From, span.To, cancellationToken);
        if (snapshots.Count == 0)
        {
            return PeriodEndpoints.NoPeriod();
        }

        var totals = await store.TotalsAsync([.. snapshots.Select(one => one.Id)], kind, scope.IdsUnder(node), cancellationToken);
        var best = BoardRules.Of(Candidates(totals, snapshots.Count), one => one.Total, places!.Value);
        var names = await ScoreNames.OfAsync(scope.Tree, register, best.Select(one => one.Item.Last.WorkerId), cancellationToken);
        return TypedResults.Ok(new AssessmentBoard(
            period,
            SnapshotViews.Day(span.From),
            SnapshotViews.Day(period == Year ? snapshots[^1].Ends : span.To),
            snapshots.Count,
            [.. best.Select(one => Item(one.Rank, one.Item, period != Year, kind == SubjectKind.Worker, names))]));
    }

    private static IEnumerable<Candidate> Candidates(IReadOnlyList<BoardTotal> totals, int months)
    {
        foreach (var subject in totals.GroupBy(one => one.Key))
        {
            if (BoardRules.Year([.. subject.Select(one => one.Total)], months) is { } total)
            {
                yield return new Candidate(subject.Last(), total, subject.Count());
            }
        }
    }

    private static BoardItem Item(int rank, Candidate one, bool single, bool person, ScoreNames names) => new(
        rank,
        names.CodeOf(one.Last.WorkerId, one.Last.AreaId, person, one.Last.Subject)!,
        names.Of(one.Last.WorkerId, one.Last.AreaId, person),
        names.AreaCode(one.Last.AreaId),
        names.AreaName(one.Last.AreaId),
        one.Total,
        single ? one.Last.Band : null,
        one.Months,
        single ? one.Last.Id : null);

    private static (DateOnly From, DateOnly To) Span(PeriodKind kind, DateOnly day)
    {
        var period = PeriodRules.Of(kind, day);
        return (period.Starts, period.Ends);
    }

    private sealed record Candidate(BoardTotal Last, double Total, int Months);
}
