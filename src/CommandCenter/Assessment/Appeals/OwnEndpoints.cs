using CommandCenter.Areas;
using CommandCenter.Assessment.Scores;
using CommandCenter.Contracts.Assessment;
using CommandCenter.Http;
using CommandCenter.Workers;

namespace CommandCenter.Assessment.Appeals;

/// <summary>
/// <c>/api/assessed</c>: a worker's own scores and appeals, opened with the user and password of one of the worker's devices, as <c>GET /api/watched</c>. It says nothing of anybody else.
/// </summary>
internal static class OwnEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/assessed").WithTags("Assessment").AllowAnonymous();
        group.MapGet("", GetAsync).Produces<OwnScores>().ProducesProblem(401).ProducesProblem(403).ProducesProblem(429).ProducesProblem(503)
            .WithSummary("The newest closed week, month and quarter of the worker whose device asks (Basic).");
        group.MapGet("{id:long}/evidence/{indicator}", EvidenceAsync).Produces<ScoreEvidence>().ProducesProblem(401).ProducesProblem(403).ProducesProblem(404).ProducesProblem(429)
            .WithSummary("What stands behind a number of one's own.");
        group.MapPost("{id:long}/appeals", AppealAsync).Produces<AppealInfo>(201).ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(409).ProducesProblem(429)
            .WithSummary("Appeals against a score of one's own.");
    }

    private static async Task<IResult> GetAsync(
        HttpContext context, WatchedDoor door, DeviceDirectory devices, ScoreStore store, ScoreDetails details, CancellationToken cancellationToken)
    {
        var (worker, refusal) = await WhoAsync(context, door, devices, cancellationToken);
        if (worker is null)
        {
            return refusal!;
        }

        var scores = new List<ScoreDetail>();
        foreach (var row in await store.NewestOfWorkerAsync(worker.Value, cancellationToken))
        {
            scores.Add(await details.OfAsync(row, (appeal, names) => AppealViews.Of(appeal, names, null), cancellationToken));
        }

        return TypedResults.Ok(new OwnScores(scores));
    }

    private static async Task<IResult> EvidenceAsync(
        long id, string indicator, HttpContext context, WatchedDoor door, DeviceDirectory devices, ScoreStore store, EvidenceReader reader, CancellationToken cancellationToken)
    {
        var (worker, refusal) = await WhoAsync(context, door, devices, cancellationToken);
        if (worker is null)
        {
            return refusal!;
        }

        if (await store.FindAsync(id, cancellationToken) is not { ErasedAt: null } row || row.WorkerId != worker)
        {
            return Problems.OutOfScope("score");
        }

        return await store.FindSnapshotAsync(row.SnapshotId, cancellationToken) is { } snapshot && await reader.ReadAsync(row, snapshot, indicator, cancellationToken) is { } evidence
            ? TypedResults.Ok(evidence)
            : Problems.NotFound("no-evidence", "Nothing was kept behind this number, or it was let go.");
    }

    private static async Task<IResult> AppealAsync(
        long id,
        NewAppeal? body,
        HttpContext context,
        WatchedDoor door,
        DeviceDirectory devices,
        AreaDirectory areas,
        WorkerRegister register,
        ScoreStore store,
        AppealStore appeals,
        CancellationToken cancellationToken)
    {
        var (worker, refused) = await WhoAsync(context, door, devices, cancellationToken);
        if (worker is null)
        {
            return refused!;
        }

        if (await store.FindAsync(id, cancellationToken) is not { ErasedAt: null } score || score.WorkerId != worker)
        {
            return Problems.OutOfScope("score");
        }

        var arguments = new Arguments();
        var (indicator, words) = AppealEndpoints.Read(body, score, arguments);
        if (arguments.Problem is { } problem)
        {
            return problem;
        }

        var refusal = await AppealEndpoints.RefusalAsync(score, store, cancellationToken);
        var added = refusal is null ? await appeals.AddAsync(score, indicator, words, null, cancellationToken) : null;
        if (added is null)
        {
            return AppealViews.Of(refusal ?? AppealRefusal.AppealOpen);
        }

        var row = await appeals.FindAsync(added.Value, cancellationToken) ?? throw new InvalidOperationException("An appeal went while it was read.");
        return TypedResults.Created((string?)null, AppealViews.Of(row, await ScoreNames.OfAsync(areas.Current, register, [row.WorkerId], cancellationToken), null));
    }

    private static async Task<(int? Worker, IResult? Refusal)> WhoAsync(HttpContext context, WatchedDoor door, DeviceDirectory devices, CancellationToken cancellationToken)
    {
        var sender = BasicCredentials.TryRead(context.Request, out var who)
            ? await devices.FindByCredentialsAsync(who.User, who.Password, cancellationToken)
            : DeviceLookup.Unknown;
        context.Response.Headers.CacheControl = "no-store";
        return door.Refuse(context, sender) is { } refusal ? (null, refusal) : (sender.Device!.WorkerId, null);
    }
}
