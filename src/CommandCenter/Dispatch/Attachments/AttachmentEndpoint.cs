using System.Security.Claims;
using CommandCenter.Access;
using CommandCenter.Alarms;
using CommandCenter.Areas;
using CommandCenter.Http;
using Microsoft.Net.Http.Headers;

namespace CommandCenter.Dispatch.Attachments;

/// <summary><c>GET /api/alarms/{id}/attachments/{attachment}</c>: the file as it came, for dispatchers who may know who the alarm's worker is. Each look is on the audit trail.</summary>
internal static class AttachmentEndpoint
{
    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/api/alarms/{id}/attachments/{attachment}", GetAsync)
        .WithTags("Dispatch").RequireAuthorization(Permissions.Dispatch)
        .Produces(200, contentType: "application/octet-stream").Produces(206).ProducesProblem(403).ProducesProblem(503)
        .WithSummary("A file beside an alarm, to be saved or drawn, never run; ranges are answered. The look is on the audit trail.");

    private static async Task<IResult> GetAsync(
        string id,
        string attachment,
        HttpContext context,
        ClaimsPrincipal user,
        AlarmPlaces alarms,
        AreaDirectory areas,
        AttachmentStore store,
        AuditStore audit,
        CancellationToken cancellationToken)
    {
        var viewer = user.ToViewer();
        if (await alarms.FindAsync(viewer, id, cancellationToken) is not { } alarm)
        {
            return Problems.OutOfScope("alarm");
        }

        // As with all words said of a stranger.
        if (AlarmViews.IsStranger(viewer.ScopeIn(areas.Current), alarm)
            || !Guid.TryParseExact(attachment, "D", out var key)
            || await store.FindAsync(alarm.Id, key, cancellationToken) is not { } row)
        {
            return Problems.OutOfScope("attachment");
        }

        await audit.WriteAsync(
            viewer, AuditActions.ReadAlarm, alarm.Press.HomeAreaId, alarm.Press.WorkerId, detail: $"attachment {key:D} of alarm {alarm.Id:D}", cancellationToken: cancellationToken);
        if (await store.ContentAsync(alarm.Id, key, cancellationToken) is not { } content)
        {
            return Problems.OutOfScope("attachment");
        }

        // Somebody else's bytes under our own address: whatever they are, they run nothing and are kept nowhere.
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.CacheControl = "private, no-store";
        return TypedResults.Bytes(content, row.Type, row.Name, enableRangeProcessing: true, entityTag: new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(row.Sha256)}\""));
    }
}
