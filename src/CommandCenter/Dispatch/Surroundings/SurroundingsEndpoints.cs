using System.Security.Claims;
using CommandCenter.Access;
using CommandCenter.Alarms;
using CommandCenter.Alarms.Ledger;
using CommandCenter.Areas;
using CommandCenter.Contracts.Dispatch;
using CommandCenter.Contracts.Wall;
using CommandCenter.Http;
using CommandCenter.Positions.Live;
using CommandCenter.Streets;
using CommandCenter.Tracks;
using Microsoft.Extensions.Options;

namespace CommandCenter.Dispatch.Surroundings;

/// <summary>What a dispatcher asks first of an alarm: by which street, with what battery, and whether it happened before.</summary>
internal static class SurroundingsEndpoints
{
    private const int MostEarlier = 10;

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/api/alarms/{id}/surroundings", GetAsync)
        .WithTags("Dispatch").RequireAuthorization(Permissions.Dispatch).Produces<AlarmSurroundings>().ProducesProblem(403)
        .WithSummary("The nearest street, the worker's phone and earlier alarms of the same worker; the look is on the audit trail.");

    private static async Task<IResult> GetAsync(
        string id,
        ClaimsPrincipal user,
        AlarmPlaces alarms,
        AreaDirectory areas,
        LivePicture picture,
        StreetDirectory streets,
        AlarmReads reads,
        AlarmViews views,
        AuditStore audit,
        IOptions<DispatchOptions> options,
        CancellationToken cancellationToken)
    {
        var viewer = user.ToViewer();
        var scope = viewer.ScopeIn(areas.Current);
        if (await alarms.FindAsync(viewer, id, cancellationToken) is not { } alarm)
        {
            return Problems.OutOfScope("alarm");
        }

        // A stranger's whereabouts and past are not this viewer's to know: the alarm's own place is.
        var known = alarm.Press.WorkerId is not null && !AlarmViews.IsStranger(scope, alarm);
        (int LongitudeE7, int LatitudeE7)? place = known || alarm.Press.Longitude is not null ? AlarmPosition.Of(alarm, picture) : null;
        var street = place is { } at ? streets.Current.NearestNamed(at.LongitudeE7 / 1e7, at.LatitudeE7 / 1e7, options.Value.StreetWithinMeters) : null;
        var (presence, fix) = known ? Newest(picture, alarm.Press.WorkerId!.Value) : (Presence.Gone, null);
        var earlier = known
            ? await reads.PageAsync(
                new AlarmQuery(scope.IdsUnder(scope.Root!), alarm.ArrivedMs, alarm.Id, MostEarlier, false, null, null, alarm.Press.WorkerId), cancellationToken)
            : [];
        await audit.WriteAsync(viewer, AuditActions.ReadAlarm, alarm.Press.HomeAreaId, alarm.Press.WorkerId, detail: $"surroundings of alarm {alarm.Id:D}", cancellationToken: cancellationToken);
        return TypedResults.Ok(new AlarmSurroundings(
            street?.Street.Name,
            street?.Street.NameEn,
            street is { } named ? (int)Math.Round(named.AwayMeters) : null,
            place?.LongitudeE7 / 1e7,
            place?.LatitudeE7 / 1e7,
            known ? LatestPositions.StateName(presence) : null,
            fix is { } newest ? DateTimeOffset.FromUnixTimeMilliseconds(newest.FixTimeMs) : null,
            fix is { BatteryPercent: not Fix.UnknownBattery } charged ? charged.BatteryPercent : null,
            [.. earlier.Select(one => views.Info(scope, one))]));
    }

    private static (Presence Presence, Fix? Fix) Newest(LivePicture picture, int slot)
    {
        using var reading = picture.Read();
        return slot >= reading.Rows.Length ? (Presence.OffDuty, null) : (reading.Rows.PresenceOf(slot), reading.Rows.HasMarker(slot) ? reading.Rows.MarkerOf(slot) : null);
    }
}
