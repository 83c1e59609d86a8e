using System.Globalization;
using System.Security.Claims;
using CommandCenter.Access;
using CommandCenter.Areas;
using CommandCenter.Contracts;
using CommandCenter.Contracts.Tracks;
using CommandCenter.Http;
using CommandCenter.Workers;

namespace CommandCenter.Tracks.Meaning;

/// <summary><c>GET /api/tracks/days</c>: the summaries of days as they are kept, longer than tracks. Each worker on a page is a row on the audit trail.</summary>
internal static class TrackDayEndpoints
{
    private const int MostWorkers = 1_000;
    private const string DayFormat = "yyyy-MM-dd";

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/api/tracks/days", GetAsync)
        .WithTags("Tracks").RequireAuthorization(Permissions.Dispatch)
        .Produces<Page<TrackDay>>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(428)
        .WithSummary($"What the days from= to= (both included, days of the center's zone) of workers= (codes, at most {MostWorkers}) or of all at home under area= amounted to, as it is kept. Needs a reason.");

    private static async Task<IResult> GetAsync(
        string? workers,
        string? area,
        string? from,
        string? to,
        string? limit,
        string? cursor,
        HttpRequest request,
        ClaimsPrincipal user,
        AreaDirectory areas,
        WorkerRegister register,
        TrackDayPages days,
        AuditStore audit,
        CancellationToken cancellationToken)
    {
        var arguments = new Arguments();
        var codes = Arguments.CodesOf(workers);
        if (codes.Length > MostWorkers || codes.Length > 0 != string.IsNullOrEmpty(area))
        {
            arguments.Refuse("workers", $"codes of 1 to {MostWorkers} workers, separated by commas, or missing where 'area' is given");
        }

        var first = DayOf(arguments, "from", from);
        var last = DayOf(arguments, "to", to);
        if (last < first)
        {
            arguments.Refuse("to", "not before 'from'");
        }

        var size = arguments.Limit(limit);
        var after = AfterOf(arguments, cursor);
        if (arguments.Problem is { } problem)
        {
            return problem;
        }

        if (AuditReason.From(request, out var unreasoned) is not { } reason)
        {
            return unreasoned!;
        }

        var viewer = user.ToViewer();
        var scope = viewer.ScopeIn(areas.Current);
        int[] ids;
        if (codes.Length == 0)
        {
            if (scope.Resolve(area) is not { } root)
            {
                return Problems.OutOfScope("area");
            }

            ids = scope.IdsUnder(root);
        }
        else
        {
            var found = await register.FindInAsync(scope, codes, cancellationToken);
            if (found.Contains(null))
            {
                return Problems.OutOfScope("worker");
            }

            ids = [.. found.Select(worker => worker!.Id)];
        }

        var rows = await days.ReadAsync(ids, codes.Length == 0, first, last, after, size + 1, cancellationToken);

        // The home may have changed since the ids were found; and only whom this page tells of was looked at.
        var told = rows.Take(size).Where(row => scope.Contains(row.HomeAreaId)).ToList();
        var detail = string.Create(CultureInfo.InvariantCulture, $"days {first:O}/{last:O}");
        await audit.WriteManyAsync(
            viewer,
            reason.OnTrail,
            told.DistinctBy(row => row.WorkerId).Select(row => new AuditAct(AuditActions.OpenTrack, row.HomeAreaId, row.WorkerId, detail)),
            cancellationToken);
        return TypedResults.Ok(new Page<TrackDay>(
            told.ConvertAll(Info), rows.Count > size ? Arguments.CursorOf($"{rows[size - 1].WorkerId}/{rows[size - 1].DayNumber}") : null));
    }

    private static DateOnly DayOf(Arguments arguments, string name, string? value)
    {
        if (DateOnly.TryParseExact(value, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return day;
        }

        arguments.Refuse(name, "a day such as 2026-01-31");
        return default;
    }

    private static WorkerDay AfterOf(Arguments arguments, string? cursor)
    {
        if (arguments.Cursor(cursor) is not { } key)
        {
            return default;
        }

        var parts = key.Split('/');
        if (parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var worker)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var day)
            && day <= DateOnly.MaxValue.DayNumber)
        {
            return new WorkerDay(worker, DateOnly.FromDayNumber(day));
        }

        arguments.Refuse("cursor", "the 'next' of an earlier page");
        return default;
    }

    private static TrackDay Info(TrackDayRow row) => new(
        row.Worker,
        row.Name,
        row.Day.ToString(DayFormat, CultureInfo.InvariantCulture),
        row.Fixes,
        row.Dropped,
        At(row.FirstMs),
        At(row.LastMs),
        Math.Round(row.LengthMeters, 1),
        Math.Round(row.MovingSeconds, 1),
        row.Trips == 0 ? null : Math.Round(row.TopSpeedMps, 2),
        row.Trips,
        row.Stops,
        Math.Round(row.StoppedSeconds, 1),
        new DateTimeOffset(row.SummedAt, TimeSpan.Zero),
        row.CorrectedAt is { } corrected ? new DateTimeOffset(corrected, TimeSpan.Zero) : null,
        row.Due,
        row.Complete);

    private static DateTimeOffset? At(long? ms) => ms is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;
}
