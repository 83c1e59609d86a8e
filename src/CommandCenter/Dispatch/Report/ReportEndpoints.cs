using System.Security.Claims;
using CommandCenter.Access;
using CommandCenter.Alarms;
using CommandCenter.Alarms.Ledger;
using CommandCenter.Areas;
using CommandCenter.Dispatch.Assignments;
using CommandCenter.Dispatch.Attachments;
using CommandCenter.Http;
using CommandCenter.Web;
using CommandCenter.Workers;
using Microsoft.Extensions.Options;

namespace CommandCenter.Dispatch.Report;

/// <summary>An alarm as a page to print: what its ledger holds, word for word.</summary>
internal static class ReportEndpoints
{
    private const int MostAssignments = 500;

    private static readonly Dictionary<string, ReportWords> Languages = new(StringComparer.Ordinal) { ["zh-CN"] = ReportWords.InChinese, ["en"] = ReportWords.InEnglish };

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/api/alarms/{id}/report", GetAsync)
        .WithTags("Dispatch").RequireAuthorization(Permissions.Dispatch).Produces(200, contentType: "text/html").ProducesProblem(400).ProducesProblem(403)
        .WithSummary("A page to print (A4): the alarm, who was sent, and the ledger with its hashes; lang=zh-CN or en. The look is on the audit trail.");

    private static async Task<IResult> GetAsync(
        string id,
        string? lang,
        HttpContext context,
        ClaimsPrincipal user,
        AlarmPlaces alarms,
        AreaDirectory areas,
        WorkerRegister workers,
        AlarmLedgers ledgers,
        AssignmentStore store,
        AssignmentViews views,
        AttachmentStore attachments,
        AuditStore audit,
        TimeProvider time,
        IOptions<CenterOptions> center,
        CancellationToken cancellationToken)
    {
        if (!Languages.TryGetValue(string.IsNullOrEmpty(lang) ? "zh-CN" : lang, out var words))
        {
            return Problems.BadArgument("lang", "one of " + string.Join(", ", Languages.Keys));
        }

        var viewer = user.ToViewer();
        var scope = viewer.ScopeIn(areas.Current);
        if (await alarms.FindAsync(viewer, id, cancellationToken) is not { } alarm)
        {
            return Problems.OutOfScope("alarm");
        }

        var isStranger = AlarmViews.IsStranger(scope, alarm);
        await audit.WriteAsync(viewer, AuditActions.ReadAlarm, alarm.Press.HomeAreaId, alarm.Press.WorkerId, detail: $"report of alarm {alarm.Id:D}", cancellationToken: cancellationToken);
        var (entries, intact, stored) = await ledgers.ReadAsync(alarm, isStranger, cancellationToken);
        var sent = await views.OfAsync(await store.OfAlarmAsync(alarm.Id, MostAssignments, cancellationToken), alarm, viewer, cancellationToken);
        var hashes = entries.Any(entry => entry.Attachment is not null)
            ? (await attachments.HashesAsync(alarm.Id, cancellationToken)).ToDictionary(file => file.Key.ToString("D"), file => file.Value, StringComparer.Ordinal)
            : [];
        var person = alarm.Press.WorkerId is { } slot && !isStranger ? (await workers.OfAsync([slot], cancellationToken)).GetValueOrDefault(slot) : null;
        var report = new AlarmReport(
            alarm,
            person,
            isStranger,
            PathOf(scope, alarm.Press.HomeAreaId, words.English),
            alarm.Press.PlaceAreaId is { } place ? PathOf(scope, place, words.English) : null,
            entries,
            intact,
            stored,
            sent,
            hashes,
            viewer.User,
            time.GetUtcNow());
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Content(new ReportPage(words.Word, words.English, center.Value.Zone).Write(report), "text/html; charset=utf-8");
    }

    /// <summary>Names from the widest area to the smallest, those above the viewer's own left out.</summary>
    private static string PathOf(AreaScope scope, int areaId, bool english)
    {
        var names = new List<string>();
        for (var node = scope.Tree.Find(areaId); scope.Contains(node); node = node!.Parent)
        {
            names.Insert(0, english ? node!.Area.NameEn ?? node.Area.Name : node!.Area.Name);
        }

        return string.Join(" · ", names);
    }
}
