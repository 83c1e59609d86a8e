using System.Globalization;
using System.Security.Claims;
using CommandCenter.Access;
using CommandCenter.Areas;
using CommandCenter.Assessment.Periods;
using CommandCenter.Contracts.Assessment;
using CommandCenter.Http;
using CommandCenter.Workers;

namespace CommandCenter.Assessment.Scores;

/// <summary><c>/api/assessment</c>: which periods there are, and their scores.</summary>
internal static class PeriodEndpoints
{
    private const int UsualScores = 100;
    private const int MostScores = 1_000;
    private const int MostOffset = 10_000_000;

    public static void Map(IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/assessment").WithTags("Assessment").RequireAuthorization(Permissions.Supervise);
        group.MapGet("periods", PeriodsAsync).Produces<AssessmentPeriods>().ProducesProblem(400)
            .WithSummary("All versions of weeks, months and quarters, newest first.");
        group.MapGet("{period}/scores", ScoresAsync).Produces<AssessmentScores>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(404)
            .WithSummary("Scores of people at home in the area or of areas in it, by total, with their distribution; starts= is any day of the period.");
    }

    public static IResult NoPeriod() => Problems.NotFound("no-period", "This period has not been reckoned: the job 'assessment' does so, by itself or by hand.");

    private static async Task<IResult> PeriodsAsync(string? period, string? limit, ScoreStore store, CancellationToken cancellationToken)
    {
        var arguments = new Arguments();
        var kind = arguments.OneOf("period", period, PeriodRules.Words);
        var most = arguments.Limit(limit, UsualScores, Arguments.DefaultLimit);
        return arguments.Problem is { } problem
            ? problem
            : TypedResults.Ok(new AssessmentPeriods([.. (await store.PeriodsAsync(kind, most, cancellationToken)).Select(SnapshotViews.Of)]));
    }

    private static async Task<IResult> ScoresAsync(
        string period,
        string? area,
        string? subject,
        string? starts,
        string? version,
        string? sort,
        string? limit,
        string? cursor,
        ClaimsPrincipal user,
        AreaDirectory areas,
        WorkerRegister register,
        ScoreStore store,
        CancellationToken cancellationToken)
    {
        var arguments = new Arguments();
        var asked = ScoreArguments.Read(period, subject, starts, version, arguments);
        var size = arguments.Limit(limit, UsualScores, MostScores);
        var order = string.IsNullOrEmpty(sort) ? "-total" : sort;
        arguments.OneOf("sort", order, ScoreStore.Sorts);
        var (of, offset) = Place(cursor, arguments);
        if (arguments.Problem is { } problem)
        {
            return problem;
        }

        var tree = areas.Current;
        var scope = user.ToViewer().ScopeIn(tree);
        if (scope.Resolve(area) is not { } node)
        {
            return Problems.OutOfScope("area");
        }

        // A later page is of the version that the first one was of.
        if ((of is { } known ? await store.FindSnapshotAsync(known, cancellationToken) : await store.FindSnapshotAsync(asked!.Period, asked.Starts, asked.Version, cancellationToken))
            is not { } snapshot)
        {
            return NoPeriod();
        }

        var (before, earlier) = await BesideAsync(store, snapshot, cancellationToken);
        var query = new ScoreQuery(snapshot.Id, asked!.Subject, scope.IdsUnder(node), order, before?.Id, earlier?.Id, offset, size + 1);
        var rows = await store.PageAsync(query, cancellationToken);
        var names = await ScoreNames.OfAsync(tree, register, rows.Select(row => row.WorkerId), cancellationToken);
        var next = rows.Count > size ? Arguments.CursorOf(string.Create(CultureInfo.InvariantCulture, $"{snapshot.Id:N}{offset + size}")) : null;
        return TypedResults.Ok(new AssessmentScores(
            SnapshotViews.Of(snapshot), [.. rows.Take(size).Select(row => Item(row, names))], next, DistributionRules.Of(await store.TotalsAsync(query, cancellationToken))));
    }

    /// <summary>The newest version of the period before, and the version before this one.</summary>
    public static async Task<(SnapshotRow? Before, SnapshotRow? Earlier)> BesideAsync(ScoreStore store, SnapshotRow snapshot, CancellationToken cancellationToken) => (
        await store.FindSnapshotAsync(snapshot.Period.Kind, PeriodRules.Before(snapshot.Period).Starts, null, cancellationToken),
        snapshot.Version == 1 ? null : await store.FindSnapshotAsync(snapshot.Period.Kind, snapshot.Starts, snapshot.Version - 1, cancellationToken));

    public static ScoreItem Item(ScoreRow row, ScoreNames names) => new(
        row.Id,
        names.CodeOf(row.WorkerId, row.AreaId, row.IsOfPerson, row.Subject),
        names.Of(row.WorkerId, row.AreaId, row.IsOfPerson),
        names.AreaCode(row.AreaId),
        names.AreaName(row.AreaId),
        row.Total,
        row.Band,
        row.CoveredWeight,
        row.Before,
        row.Earlier,
        row.Rank);

    /// <summary>The version and how many of its scores went before.</summary>
    private static (Guid? Snapshot, int Offset) Place(string? cursor, Arguments arguments)
    {
        const int IdLength = 32;
        if (arguments.Cursor(cursor) is not { } place)
        {
            return (null, 0);
        }

        if (place.Length > IdLength
            && Guid.TryParseExact(place[..IdLength], "N", out var id)
            && int.TryParse(place.AsSpan(IdLength), NumberStyles.None, CultureInfo.InvariantCulture, out var offset)
            && offset is > 0 and <= MostOffset)
        {
            return (id, offset);
        }

        arguments.Refuse("cursor", "the 'next' of an earlier page");
        return (null, 0);
    }
}
