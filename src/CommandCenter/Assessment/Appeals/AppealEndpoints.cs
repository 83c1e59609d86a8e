using System.Globalization;
using System.Security.Claims;
using CommandCenter.Access;
using CommandCenter.Areas;
using CommandCenter.Assessment.Periods;
using CommandCenter.Assessment.Scores;
using CommandCenter.Contracts;
using CommandCenter.Contracts.Assessment;
using CommandCenter.Http;
using CommandCenter.Workers;

namespace CommandCenter.Assessment.Appeals;

/// <summary>Appeals: a worker states, somebody else than who wrote it down decides, and what is upheld is reckoned again.</summary>
internal static class AppealEndpoints
{
    private const int MaxWordsLength = 2_000;
    private const int UsualOnAPage = 100;

    public static void Map(IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/assessment").WithTags("Assessment").RequireAuthorization(Permissions.Supervise);
        group.MapPost("scores/{id:long}/appeals", AddAsync).Produces<AppealInfo>(201).ProducesProblem(400).ProducesProblem(403).ProducesProblem(409)
            .WithSummary("Records what a worker states against a closed score.");
        group.MapGet("appeals", PageAsync).Produces<Page<AppealInfo>>().ProducesProblem(400).ProducesProblem(403).WithSummary("Appeals against scores in the area, newest first.");
        group.MapPost("appeals/{id}/decision", DecideAsync).Produces<AppealInfo>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(409)
            .WithSummary("Upholds or rejects, once; days that are excluded by it are reckoned again.");
    }

    /// <summary>Null after a refusal.</summary>
    public static (string? Indicator, string Words) Read(NewAppeal? body, ScoreRow score, Arguments arguments)
    {
        var indicator = arguments.Optional("indicator", body?.Indicator, 60);
        var words = body?.Words?.Trim() ?? "";
        if (words.Length is 0 or > MaxWordsLength)
        {
            arguments.Refuse("words", $"a text of 1 to {MaxWordsLength} characters");
        }

        if (indicator is not null && (score.Body is null || !ScoreBody.Read(score.Body).Indicators.Any(one => one.Indicator == indicator)))
        {
            arguments.Refuse("indicator", "one of the score's");
        }

        return (indicator, words);
    }

    /// <summary>Null: it can be appealed against.</summary>
    public static async Task<AppealRefusal?> RefusalAsync(ScoreRow score, ScoreStore store, CancellationToken cancellationToken)
    {
        if (score.ErasedAt is not null)
        {
            return AppealRefusal.Erased;
        }

        var snapshot = await store.FindSnapshotAsync(score.SnapshotId, cancellationToken);
        return snapshot is null or { Latest: false } ? AppealRefusal.NewerVersion : snapshot.ClosedAt is null ? AppealRefusal.PeriodOpen : null;
    }

    private static async Task<IResult> AddAsync(
        long id,
        NewAppeal? body,
        ClaimsPrincipal user,
        AreaDirectory areas,
        WorkerRegister register,
        ScoreStore store,
        AppealStore appeals,
        CancellationToken cancellationToken)
    {
        var viewer = user.ToViewer();
        if (await store.FindAsync(id, cancellationToken) is not { } score || !viewer.ScopeIn(areas.Current).Contains(score.AreaId))
        {
            return Problems.OutOfScope("score");
        }

        var arguments = new Arguments();
        var (indicator, words) = Read(body, score, arguments);
        if (await RefusalAsync(score, store, cancellationToken) is { } refusal)
        {
            return AppealViews.Of(refusal);
        }

        if (arguments.Problem is { } problem)
        {
            return problem;
        }

        if (await appeals.AddAsync(score, indicator, words, viewer, cancellationToken) is not { } added)
        {
            return AppealViews.Of(AppealRefusal.AppealOpen);
        }

        return TypedResults.Created($"/api/assessment/appeals/{added:D}", await InfoAsync(added, viewer, areas, register, appeals, cancellationToken));
    }

    private static async Task<IResult> PageAsync(
        string? state,
        string? area,
        string? limit,
        string? cursor,
        ClaimsPrincipal user,
        AreaDirectory areas,
        WorkerRegister register,
        AppealStore appeals,
        CancellationToken cancellationToken)
    {
        var arguments = new Arguments();
        arguments.OneOf("state", state, AppealRow.States);
        var size = arguments.Limit(limit, UsualOnAPage, Arguments.DefaultLimit);
        var before = Place(cursor, arguments);
        if (arguments.Problem is { } problem)
        {
            return problem;
        }

        var viewer = user.ToViewer();
        var scope = viewer.ScopeIn(areas.Current);
        if (scope.Resolve(area) is not { } node)
        {
            return Problems.OutOfScope("area");
        }

        var rows = await appeals.PageAsync(scope.IdsUnder(node), string.IsNullOrEmpty(state) ? null : state, before, size + 1, cancellationToken);
        var names = await ScoreNames.OfAsync(scope.Tree, register, rows.Select(row => row.WorkerId), cancellationToken);
        return TypedResults.Ok(Pages.Of(
            rows, size, row => Arguments.CursorOf(string.Create(CultureInfo.InvariantCulture, $"{row.MadeAt.Ticks}/{row.Id:N}")), row => AppealViews.Of(row, names, viewer)));
    }

    private static async Task<IResult> DecideAsync(
        string id,
        AppealDecision? body,
        ClaimsPrincipal user,
        AreaDirectory areas,
        WorkerRegister register,
        AppealStore appeals,
        Reckoning reckoning,
        CancellationToken cancellationToken)
    {
        var viewer = user.ToViewer();
        if (!Guid.TryParseExact(id, "D", out var key)
            || await appeals.FindAsync(key, cancellationToken) is not { } appeal
            || !viewer.ScopeIn(areas.Current).Contains(appeal.AreaId))
        {
            return Problems.OutOfScope("appeal");
        }

        var arguments = new Arguments();
        var words = body?.Words?.Trim() ?? "";
        if (body?.Upheld is null)
        {
            arguments.Refuse("upheld", "true or false");
        }

        if (words.Length is 0 or > MaxWordsLength)
        {
            arguments.Refuse("words", $"a text of 1 to {MaxWordsLength} characters");
        }

        var exclusion = body?.Exclusion is { } some ? ExclusionInput.Read("exclusion.", some.Kind, some.From, some.To, some.Note, arguments) : null;
        if (body is { Upheld: false, Exclusion: not null })
        {
            arguments.Refuse("exclusion", "missing where an appeal is rejected");
        }

        if (exclusion is not null && (exclusion.From >= appeal.Ends || exclusion.To <= appeal.Starts))
        {
            arguments.Refuse("exclusion.from", "days that touch the appealed period");
        }

        if (arguments.Problem is { } problem)
        {
            return problem;
        }

        if (appeal.State != AppealRow.Open)
        {
            return AppealViews.Of(AppealRefusal.Decided);
        }

        if (exclusion is not null && await reckoning.IsGoneAsync(exclusion.From < appeal.Starts ? exclusion.From : appeal.Starts, cancellationToken))
        {
            return Problems.Conflict("sources-gone", "What this period was reckoned from was let go: it cannot be reckoned again.");
        }

        var row = exclusion is null ? null
            : new NewExclusionRow(appeal.Kind, appeal.WorkerId, appeal.AreaId, exclusion.Kind, exclusion.From, exclusion.To, exclusion.Note);
        if (await appeals.DecideAsync(appeal, body!.Upheld!.Value, words, row, viewer, cancellationToken) is { } refusal)
        {
            return AppealViews.Of(refusal);
        }

        if (exclusion is not null)
        {
            await reckoning.AskAsync(exclusion.From, exclusion.To, viewer.User, CancellationToken.None);
        }

        return TypedResults.Ok(await InfoAsync(key, viewer, areas, register, appeals, cancellationToken));
    }

    private static async Task<AppealInfo> InfoAsync(Guid id, Viewer viewer, AreaDirectory areas, WorkerRegister register, AppealStore appeals, CancellationToken cancellationToken)
    {
        var row = await appeals.FindAsync(id, cancellationToken) ?? throw new InvalidOperationException("An appeal went while it was read.");
        return AppealViews.Of(row, await ScoreNames.OfAsync(areas.Current, register, [row.WorkerId], cancellationToken), viewer);
    }

    private static (DateTimeOffset At, Guid Id)? Place(string? cursor, Arguments arguments)
    {
        if (arguments.Cursor(cursor) is not { } place)
        {
            return null;
        }

        if (place.Split('/') is [var ticks, var id]
            && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at)
            && at <= DateTime.MaxValue.Ticks
            && Guid.TryParseExact(id, "N", out var key))
        {
            return (new DateTimeOffset(at, TimeSpan.Zero), key);
        }

        arguments.Refuse("cursor", "the 'next' of an earlier page");
        return null;
    }
}
