using System.Security.Claims;
using CommandCenter.Access;
using CommandCenter.Alarms.Board;
using CommandCenter.Alarms.Ledger;
using CommandCenter.Areas;
using CommandCenter.Contracts;
using CommandCenter.Contracts.Alarms;
using CommandCenter.Http;
using CommandCenter.Storage;
using CommandCenter.Workers;
using Microsoft.Extensions.Options;

namespace CommandCenter.Alarms;

/// <summary><c>/api/alarms</c>: the list, one alarm with its ledger, and what people do with it.</summary>
internal static class AlarmEndpoints
{
    private const int UsualOnAPage = 100;
    private const int MostOnAPage = 1_000;

    public static void Map(IEndpointRouteBuilder app)
    {
        var alarms = app.MapGroup("/api/alarms").WithTags("Alarms");
        alarms.MapGet("", ListAsync).RequireAuthorization(Permissions.Watch)
            .Produces<Page<AlarmInfo>>().ProducesProblem(400).ProducesProblem(403)
            .WithSummary("Alarms of workers at home in the area and of places in it, newest arrival first; state= is one of the states or open.");
        alarms.MapGet("{id}", GetAsync).RequireAuthorization(Permissions.Watch)
            .Produces<AlarmDetail>().ProducesProblem(403)
            .WithSummary("One alarm with its ledger; the look is on the audit trail.");
        alarms.MapPost("{id}/acknowledge", AcknowledgeAsync).RequireAuthorization(Permissions.Dispatch)
            .Produces<AlarmInfo>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(409)
            .WithSummary("Acknowledges; who did so first stands.");
        alarms.MapPost("{id}/resolve", ResolveAsync).RequireAuthorization(Permissions.Dispatch)
            .Produces<AlarmInfo>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(409)
            .WithSummary("Ends it as resolved or as a false alarm, with a reason; 409 when it ended otherwise.");
        alarms.MapPost("{id}/reopen", ReopenAsync).RequireAuthorization(Permissions.Dispatch)
            .Produces<AlarmInfo>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(409)
            .WithSummary("Opens it again, within a day of its end: it counts as unanswered from then on.");
    }

    private static async Task<IResult> ListAsync(
        string? area,
        string? state,
        string? worker,
        string? kind,
        string? limit,
        string? cursor,
        ClaimsPrincipal user,
        AreaDirectory areas,
        WorkerRegister register,
        AlarmListing listing,
        AlarmViews views,
        CancellationToken cancellationToken)
    {
        var arguments = new Arguments();
        var size = arguments.Limit(limit, UsualOnAPage, MostOnAPage);
        var (beforeMs, beforeId) = AlarmRules.Place(cursor, arguments);
        var open = state == "open";
        if (!open && !string.IsNullOrEmpty(state) && !AlarmWords.Stages.ContainsKey(state))
        {
            arguments.Refuse("state", "one of open, " + string.Join(", ", AlarmWords.Stages.Keys));
        }

        var what = arguments.OneOf("kind", kind, AlarmWords.Kinds);
        if (arguments.Problem is { } problem)
        {
            return problem;
        }

        var scope = user.ToViewer().ScopeIn(areas.Current);
        if (scope.Resolve(area) is not { } node)
        {
            return Problems.OutOfScope("area");
        }

        var one = string.IsNullOrEmpty(worker) ? null : await register.FindInAsync(scope, worker, cancellationToken);
        if (one is null && !string.IsNullOrEmpty(worker))
        {
            return Problems.OutOfScope("worker");
        }

        var query = new AlarmQuery(scope.IdsUnder(node), beforeMs, beforeId, size, open, open || string.IsNullOrEmpty(state) ? null : state, what?.Word(), one?.Id);
        var (alarms, next) = await listing.PageAsync(query, scope, node, cancellationToken);
        return TypedResults.Ok(new Page<AlarmInfo>([.. alarms.Select(alarm => views.Info(scope, alarm))], next));
    }

    private static async Task<IResult> GetAsync(
        string id,
        ClaimsPrincipal user,
        AreaDirectory areas,
        AlarmLife life,
        AlarmViews views,
        AlarmLedgers ledgers,
        AuditStore audit,
        IOptions<AlarmOptions> options,
        CancellationToken cancellationToken)
    {
        var viewer = user.ToViewer();
        var scope = viewer.ScopeIn(areas.Current);
        if (await life.FindAsync(scope, id, cancellationToken) is not { } alarm)
        {
            return Problems.OutOfScope("alarm");
        }

        await audit.WriteAsync(viewer, AuditActions.ReadAlarm, alarm.Press.HomeAreaId, alarm.Press.WorkerId, detail: $"alarm {alarm.Id:D}", cancellationToken: cancellationToken);
        var (entries, intact, stored) = await ledgers.ReadAsync(alarm, AlarmViews.IsStranger(scope, alarm), cancellationToken);
        return TypedResults.Ok(new AlarmDetail(views.Info(scope, alarm))
        {
            Note = AlarmViews.IsStranger(scope, alarm) ? null : alarm.Press.Note,
            Phone = viewer.MaySeePhones ? views.WorkerOf(scope, alarm)?.Phone : null,
            Ledger = entries,
            Intact = intact,
            Stored = stored,
            NotesUntil = AlarmTimes.Of(life.NotesUntilMs(alarm)),
            MostAttachmentBytes = options.Value.AttachmentMegabytes * AlarmRules.Megabyte,
            MostAttachments = options.Value.MostAttachments,
        });
    }

    private static Task<IResult> AcknowledgeAsync(
        string id, AlarmAcknowledgement? body, ClaimsPrincipal user, AreaDirectory areas, AlarmLife life, AlarmViews views, CancellationToken cancellationToken)
    {
        var arguments = new Arguments();
        var note = arguments.Optional("note", body?.Note, AlarmRules.MaxReasonLength);
        return ActAsync(id, arguments, user, areas, life, views, (alarm, viewer) => life.AcknowledgeAsync(alarm, viewer, note, CancellationToken.None), cancellationToken);
    }

    private static Task<IResult> ResolveAsync(
        string id, AlarmResolution? body, ClaimsPrincipal user, AreaDirectory areas, AlarmLife life, AlarmViews views, CancellationToken cancellationToken)
    {
        var arguments = new Arguments();
        var outcome = AlarmRules.Outcome(body, arguments);
        var reason = arguments.Required("reason", body?.Reason, AlarmRules.MaxReasonLength);
        return ActAsync(id, arguments, user, areas, life, views, (alarm, viewer) => life.CloseAsync(alarm, viewer, outcome!.Value, reason, CancellationToken.None), cancellationToken);
    }

    private static Task<IResult> ReopenAsync(
        string id, AlarmReopening? body, ClaimsPrincipal user, AreaDirectory areas, AlarmLife life, AlarmViews views, CancellationToken cancellationToken)
    {
        var arguments = new Arguments();
        var reason = arguments.Required("reason", body?.Reason, AlarmRules.MaxReasonLength);
        return ActAsync(id, arguments, user, areas, life, views, (alarm, viewer) => life.ReopenAsync(alarm, viewer, reason, CancellationToken.None), cancellationToken);
    }

    /// <summary>Acts are not called back by whoever asks for them and leaves: they are either done or refused.</summary>
    private static async Task<IResult> ActAsync(
        string id,
        Arguments arguments,
        ClaimsPrincipal user,
        AreaDirectory areas,
        AlarmLife life,
        AlarmViews views,
        Func<AlarmState, Viewer, Task<AlarmAct>> act,
        CancellationToken cancellationToken)
    {
        if (arguments.Problem is { } problem)
        {
            return problem;
        }

        var viewer = user.ToViewer();
        var scope = viewer.ScopeIn(areas.Current);
        if (await life.FindAsync(scope, id, cancellationToken) is not { } alarm)
        {
            return Problems.OutOfScope("alarm");
        }

        var done = await act(alarm, viewer);
        return done.Refusal switch
        {
            AlarmRefusal.Closed => Problems.Conflict("alarm-closed", "This alarm is over."),
            AlarmRefusal.ClosedOtherwise => Problems.Conflict("alarm-closed-otherwise", "This alarm has ended with the other outcome; open it again to change that."),
            AlarmRefusal.TooLate => Problems.Conflict("alarm-too-old", "This alarm ended too long ago to be opened again."),
            AlarmRefusal.Erased => Problems.Conflict("alarm-erased", "What this alarm said of people was deleted; it cannot be opened again."),
            _ => TypedResults.Ok(views.Info(scope, done.Alarm)),
        };
    }
}
