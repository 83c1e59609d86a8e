using System.Globalization;
using System.Security.Claims;
using CommandCenter.Access;
using CommandCenter.Areas;
using CommandCenter.Contracts;
using CommandCenter.Contracts.Tracks;
using CommandCenter.Http;
using CommandCenter.Workers;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CommandCenter.Tracks.Meaning;

/// <summary><c>GET /api/tracks/summary</c>: trips, stops, gaps, visits and lengths. Each worker of it is a row on the audit trail.</summary>
public static class TrackSummaryEndpoints
{
    public const int MostWorkers = 50;
    public const int MostDays = 31;

    /// <summary>Workers by days of one answer: some two seconds of work.</summary>
    public const int MostWorkerDays = 200;

    /// <summary>Longer than tracks are kept.</summary>
    private static readonly TimeSpan LongestBack = TimeSpan.FromDays(800);

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/api/tracks/summary", GetAsync)
        .WithTags("Tracks").RequireAuthorization(Permissions.Dispatch)
        .Produces<Page<TrackSummary>>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(428)
        .WithSummary($"What the tracks of workers= (codes, at most {MostWorkers}) from= until before to= (at most {MostDays} days) amount to. Needs a reason.");

    private static async Task<IResult> GetAsync(
        string? workers,
        string? from,
        string? to,
        string? clean,
        HttpRequest request,
        ClaimsPrincipal user,
        AreaDirectory areas,
        WorkerRegister register,
        TrackSummaries summaries,
        AuditStore audit,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var arguments = new Arguments();
        var codes = Arguments.CodesOf(workers);
        if (codes.Length == 0)
        {
            arguments.Refuse("workers", $"codes of 1 to {MostWorkers} workers, separated by commas");
        }

        var (start, end) = IntervalOf(arguments, from, to, time.GetUtcNow());
        var cleaned = arguments.Flag("clean", clean) ?? true;
        if (arguments.Problem is { } problem)
        {
            return problem;
        }

        if (TooMuch(codes.Length, end - start) is { } tooMuch)
        {
            return tooMuch;
        }

        if (AuditReason.From(request, out var unreasoned) is not { } reason)
        {
            return unreasoned!;
        }

        var viewer = user.ToViewer();
        var scope = viewer.ScopeIn(areas.Current);
        var found = (await register.FindInAsync(scope, codes, cancellationToken)).OfType<Worker>().DistinctBy(worker => worker.Id).ToList();
        if (found.Count < codes.Length)
        {
            return Problems.OutOfScope("worker");
        }

        var detail = string.Create(CultureInfo.InvariantCulture, $"summary {start:O}/{end:O}{(cleaned ? "" : " raw")}");
        await audit.WriteManyAsync(
            viewer, reason.OnTrail, found.Select(worker => new AuditAct(AuditActions.OpenTrack, worker.HomeAreaId, worker.Id, detail)), cancellationToken);
        return TypedResults.Ok(new Page<TrackSummary>(await summaries.OfAsync(found, start, end, scope, cleaned, cancellationToken), null));
    }

    private static (DateTimeOffset Start, DateTimeOffset End) IntervalOf(Arguments arguments, string? from, string? to, DateTimeOffset now)
    {
        if (arguments.Moment("from", from) is not { } start || start < now - LongestBack)
        {
            arguments.Refuse("from", $"a moment of the last {LongestBack.TotalDays:0} days, such as 2026-01-31T08:00:00Z");
            return (now, now);
        }

        if (arguments.Moment("to", to) is not { } end || end <= start || end > now + TimeSpan.FromDays(1))
        {
            arguments.Refuse("to", "a moment after 'from', and not in the future by more than a day");
            return (now, now);
        }

        return (start, end);
    }

    /// <summary>400 that says how much is allowed, and how to ask for it in parts.</summary>
    private static ProblemHttpResult? TooMuch(int workers, TimeSpan span)
    {
        var days = Math.Max(1, (int)Math.Ceiling(span.TotalDays));
        if (workers <= MostWorkers && days <= MostDays && (long)workers * days <= MostWorkerDays)
        {
            return null;
        }

        var workersAtOnce = Math.Min(workers, MostWorkers);
        var daysAtOnce = Math.Min(days, Math.Min(MostDays, MostWorkerDays / workersAtOnce));
        return TypedResults.Problem(
            $"{workers} workers for {days} days are too much for one answer: at most {MostWorkers} workers, {MostDays} days and {MostWorkerDays} days of workers."
            + $" Ask for {workersAtOnce} workers and {daysAtOnce} days at a time.",
            statusCode: StatusCodes.Status400BadRequest,
            title: "Too much at once",
            type: "/problems/too-much",
            extensions: new Dictionary<string, object?> { ["reason"] = "too-much", ["workersAtOnce"] = workersAtOnce, ["daysAtOnce"] = daysAtOnce });
    }
}
