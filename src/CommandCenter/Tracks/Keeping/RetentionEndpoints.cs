using System.Globalization;
using System.Security.Claims;
using CommandCenter.Access;
using CommandCenter.Areas;
using CommandCenter.Contracts.Tracks;
using CommandCenter.Http;
using CommandCenter.Workers;
using Microsoft.Extensions.Options;

namespace CommandCenter.Tracks.Keeping;

/// <summary>How long raw tracks are kept, area by area, for administrators.</summary>
internal static class RetentionEndpoints
{
    private const int MostDays = 3_650;

    public static void Map(IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/tracks/retention").WithTags("Tracks").RequireAuthorization(Permissions.Administer);
        group.MapGet("", ListAsync).Produces<TrackRetention>()
            .WithSummary("How long raw tracks are kept, and the areas in the viewer's that have a rule of their own.");
        group.MapGet("{area}/preview", PreviewAsync).Produces<TrackRetentionPreview>().ProducesProblem(400).ProducesProblem(403)
            .WithSummary("What keeping raw tracks of an area days= would let go, or, without days=, taking its rule away.");
        group.MapPut("{area}", SetAsync).Produces<TrackRetention>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(428)
            .WithSummary("Keeps raw tracks of people at home in an area so many days (1 to 3,650). Shorter lets go at the next round.");
        group.MapDelete("{area}", ClearAsync).Produces<TrackRetention>().ProducesProblem(403).ProducesProblem(428)
            .WithSummary("Keeps them as long as the area above says, or the server.");
    }

    private static async Task<IResult> ListAsync(
        ClaimsPrincipal user, AreaDirectory areas, RetentionStore store, IEnumerable<IKeptBeside> beside, IOptions<TrackKeepingOptions> options, CancellationToken cancellationToken) =>
        TypedResults.Ok(await InfoAsync(user.ToViewer().ScopeIn(areas.Current), store, beside, options.Value, cancellationToken));

    private static async Task<IResult> PreviewAsync(
        string area,
        string? days,
        ClaimsPrincipal user,
        AreaDirectory areas,
        WorkerDirectory workers,
        RetentionStore store,
        IOptions<TrackKeepingOptions> options,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var arguments = new Arguments();
        var asked = 0;
        if (!string.IsNullOrEmpty(days) && (!int.TryParse(days, NumberStyles.None, CultureInfo.InvariantCulture, out asked) || asked is < 1 or > MostDays))
        {
            arguments.Refuse("days", $"a whole number from 1 to {MostDays}");
        }

        if (arguments.Problem is { } problem)
        {
            return problem;
        }

        if (user.ToViewer().ScopeIn(areas.Current).Resolve(area) is not { } node)
        {
            return Problems.OutOfScope("area");
        }

        var rules = (await store.ListAsync(cancellationToken)).ToDictionary(rule => rule.AreaId, rule => rule.Days);
        var usual = options.Value.RawDays;
        var then = asked > 0 ? asked : RetentionRules.DaysOf(node.Parent, rules) ?? usual;
        var governed = RetentionRules.Governed(node, rules);
        var at = governed.ToHashSet();
        var now = time.GetUtcNow();
        var cutoffMs = TrackPiece.HourOf(now.AddDays(-then).ToUnixTimeMilliseconds());
        var past = await store.PastAsync(governed, cutoffMs, now, cancellationToken);
        return TypedResults.Ok(new TrackRetentionPreview(
            node.Area.Code,
            RetentionRules.DaysOf(node, rules) ?? usual,
            then,
            workers.Current.All.Count(worker => at.Contains(worker.HomeAreaId)),
            DateTimeOffset.FromUnixTimeMilliseconds(cutoffMs),
            past?.Rows,
            past?.Fixes,
            past?.Held,
            past?.OldestMs is { } oldest ? DateTimeOffset.FromUnixTimeMilliseconds(oldest) : null,
            options.Value.EveryMinutes));
    }

    private static Task<IResult> SetAsync(
        string area,
        TrackRetentionChange body,
        HttpContext context,
        AreaDirectory areas,
        RetentionStore store,
        IEnumerable<IKeptBeside> beside,
        IOptions<TrackKeepingOptions> options,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var arguments = new Arguments();
        if (body.Days is < 1 or > MostDays)
        {
            arguments.Refuse("days", $"a whole number from 1 to {MostDays}");
        }

        return arguments.Problem is { } problem
            ? Task.FromResult<IResult>(problem)
            : ChangeAsync(area, body.Days, body.Reason, context, areas, store, beside, options, time, cancellationToken);
    }

    private static Task<IResult> ClearAsync(
        string area,
        HttpContext context,
        AreaDirectory areas,
        RetentionStore store,
        IEnumerable<IKeptBeside> beside,
        IOptions<TrackKeepingOptions> options,
        TimeProvider time,
        CancellationToken cancellationToken) =>
        ChangeAsync(area, null, null, context, areas, store, beside, options, time, cancellationToken);

    private static async Task<IResult> ChangeAsync(
        string area,
        int? days,
        string? why,
        HttpContext context,
        AreaDirectory areas,
        RetentionStore store,
        IEnumerable<IKeptBeside> beside,
        IOptions<TrackKeepingOptions> options,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (KeepingReason.From(context.Request, why, null, out var without) is not { } reason)
        {
            return without!;
        }

        var viewer = context.User.ToViewer();
        var scope = viewer.ScopeIn(areas.Current);
        if (scope.Resolve(area) is not { } node)
        {
            return Problems.OutOfScope("area");
        }

        await store.SetAsync(viewer, node.Area.Id, days, reason, time.GetUtcNow(), cancellationToken);
        return TypedResults.Ok(await InfoAsync(scope, store, beside, options.Value, cancellationToken));
    }

    private static async Task<TrackRetention> InfoAsync(
        AreaScope scope, RetentionStore store, IEnumerable<IKeptBeside> beside, TrackKeepingOptions options, CancellationToken cancellationToken)
    {
        var rules = await store.ListAsync(cancellationToken);
        return new TrackRetention(
            options.RawDays,
            [.. rules.Where(rule => scope.Contains(rule.AreaId)).Select(rule => new TrackRetentionRule(
                scope.Tree.Find(rule.AreaId)!.Area.Code, rule.Days, rule.Reason, new DateTimeOffset(rule.SetAt, TimeSpan.Zero), rule.SetBy))],
            RetentionRules.DaysOf(scope.Root?.Parent, rules.ToDictionary(rule => rule.AreaId, rule => rule.Days)),
            [.. beside.SelectMany(one => one.Figures)]);
    }
}
