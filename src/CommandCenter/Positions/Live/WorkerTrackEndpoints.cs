using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Claims;
using CommandCenter.Access;
using CommandCenter.Areas;
using CommandCenter.Contracts.Tracks;
using CommandCenter.Http;
using CommandCenter.Tracks;
using CommandCenter.Tracks.Meaning;
using CommandCenter.Web;
using CommandCenter.Workers;
using Microsoft.Extensions.Options;

namespace CommandCenter.Positions.Live;

/// <summary>
/// <c>GET /api/workers/{code}/track</c>: one worker's day, for the card. Today's is for whoever may watch the worker now; what was before today is for dispatchers and
/// those above them, with a reason, as tracks are everywhere else. Each opening is a row on the audit trail.
/// </summary>
public static class WorkerTrackEndpoints
{
    /// <summary>Fixes in one answer; more are thinned evenly.</summary>
    private const int MostFixes = 5_000;

    private static readonly TimeSpan LongestInterval = TimeSpan.FromHours(25);

    /// <summary>Longer than tracks are kept.</summary>
    private static readonly TimeSpan LongestBack = TimeSpan.FromDays(800);

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/api/workers/{code}/track", GetAsync)
        .WithTags("Tracks").RequireAuthorization(Permissions.Watch)
        .Produces<WorkerTrack>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(428)
        .WithSummary("One worker's track, today's unless from= and to= say otherwise (at most 25 hours), with its gaps and the newest fix. What was before today needs the role of a dispatcher and a reason.");

    private static async Task<IResult> GetAsync(
        string code,
        string? from,
        string? to,
        HttpRequest request,
        ClaimsPrincipal user,
        AreaDirectory areas,
        WorkerDirectory workers,
        WorkerRegister register,
        TrackReader tracks,
        LivePicture picture,
        AuditStore audit,
        IOptions<CenterOptions> center,
        IOptions<TrackMeaningOptions> meaning,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var arguments = new Arguments();
        var now = time.GetUtcNow();
        var end = arguments.Moment("to", to) ?? now;
        if (end < now - LongestBack || end > now + LongestInterval)
        {
            arguments.Refuse("to", $"a moment in the last {LongestBack.TotalDays:0} days");
            end = now;
        }

        var start = arguments.Moment("from", from) ?? center.Value.StartOfDay(end);
        if (start >= end || end - start > LongestInterval)
        {
            arguments.Refuse("from", $"a time before 'to' and at most {LongestInterval.TotalHours:0} hours earlier");
        }

        if (arguments.Problem is { } problem)
        {
            return problem;
        }

        var viewer = user.ToViewer();
        var past = start < center.Value.StartOfDay(now);
        if (past && !Permissions.Allows(Permissions.Dispatch, viewer.Role))
        {
            return Problems.Forbidden("role", "A wall shows the present: what was before today is for dispatchers and those above them.");
        }

        // The card asks for today without words: who may see the worker now may see where the day led.
        var why = AuditReason.From(request, out var unreasoned);
        if (why is null && (past || unreasoned!.StatusCode != StatusCodes.Status428PreconditionRequired))
        {
            return unreasoned!;
        }

        var scope = viewer.ScopeIn(areas.Current);
        if ((past ? await register.FindInAsync(scope, code, cancellationToken) : workers.FindIn(scope, code)) is not { } worker)
        {
            return Problems.OutOfScope("worker");
        }

        await audit.WriteAsync(
            viewer,
            AuditActions.OpenTrack,
            worker.HomeAreaId,
            worker.Id,
            why?.OnTrail,
            string.Create(CultureInfo.InvariantCulture, $"{start.ToUniversalTime():O}/{end.ToUniversalTime():O}"),
            cancellationToken);
        var (fromMs, toMs) = (start.ToUnixTimeMilliseconds(), end.ToUnixTimeMilliseconds());
        var read = await tracks.ReadAsync(worker.Id, fromMs, toMs, cancellationToken);
        var latest = LatestOf(worker, picture, scope);
        return TypedResults.Ok(Track(worker, start, end, now, read, latest, GapRules.ThresholdMs(CollectionsMarshal.AsSpan(read.Fixes), meaning.Value)));
    }

    private static WorkerTrack Track(
        Worker worker, DateTimeOffset start, DateTimeOffset end, DateTimeOffset now, ReadTrack read, LatestFix? latest, long gapMs)
    {
        var fixes = read.Fixes;
        var times = fixes.ConvertAll(fix => fix.FixTimeMs);
        var until = Math.Min(end.ToUnixTimeMilliseconds(), now.ToUnixTimeMilliseconds());
        var gaps = TrackGaps.Of(times, worker.DutyPeriods, start.ToUnixTimeMilliseconds(), until, gapMs);
        var thin = (fixes.Count + MostFixes - 1) / MostFixes;
        var shown = thin <= 1 ? fixes : [.. fixes.Where((_, n) => n % thin == 0 || n == fixes.Count - 1)];
        return new WorkerTrack(
            worker.Code,
            start,
            end,
            fixes.Count == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(fixes[^1].FixTimeMs),
            fixes.Count,
            thin > 1,
            Math.Round(TrackDistance.Meters(CollectionsMarshal.AsSpan(fixes), gapMs)),
            shown.ConvertAll(fix => fix.FixTimeMs),
            shown.ConvertAll(fix => fix.LongitudeE7),
            shown.ConvertAll(fix => fix.LatitudeE7),
            gaps.ConvertAll(gap => new TrackGap(DateTimeOffset.FromUnixTimeMilliseconds(gap.StartMs), DateTimeOffset.FromUnixTimeMilliseconds(gap.EndMs))),
            latest,
            read.Unreadable > 0);
    }

    private static LatestFix? LatestOf(Worker worker, LivePicture picture, AreaScope scope)
    {
        using var reading = picture.Read();
        if (worker.Id >= reading.Rows.Length || !reading.Rows.HasMarker(worker.Id) || !reading.Rows.SightOf(worker.Id).Shown)
        {
            return null;
        }

        ref readonly var fix = ref reading.Rows.MarkerOf(worker.Id);
        var place = reading.Tree.Locate(fix.Longitude, fix.Latitude);
        return new LatestFix(
            DateTimeOffset.FromUnixTimeMilliseconds(fix.FixTimeMs),
            DateTimeOffset.FromUnixTimeMilliseconds(reading.Rows.HeardMsOf(worker.Id)),
            fix.Longitude,
            fix.Latitude,
            fix.AccuracyMeters,
            fix.SpeedMps,
            fix.HeadingDegrees,
            fix.BatteryPercent == Fix.UnknownBattery ? null : fix.BatteryPercent,
            (fix.Flags & FixFlags.Charging) != 0,
            scope.Contains(place) ? place!.Area.Code : null,
            [.. LatestPositions.NamesOf(fix.Flags)]);
    }
}
