using CommandCenter.Access;
using CommandCenter.Areas;
using CommandCenter.Contracts.Alarms;
using CommandCenter.Http;
using CommandCenter.Positions;
using CommandCenter.Positions.Protocols;
using CommandCenter.Storage;
using CommandCenter.Workers;
using Microsoft.AspNetCore.Authorization;

namespace CommandCenter.Alarms;

/// <summary>
/// <c>POST /api/alarms</c>: by a device, which says so with its user and password, or by a dispatcher with a session. 201 when it is new, 200 when the same press came before.
/// </summary>
internal static class NewAlarmEndpoint
{
    private const string Challenge = "Basic realm=\"CommandCenter\", charset=\"UTF-8\"";
    private const int MaxBytes = 16 * 1024;
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/api/alarms", PostAsync)
        .WithTags("Alarms").AllowAnonymous().Accepts<NewAlarm>("application/json")
        .Produces<AlarmReceipt>().Produces<AlarmReceipt>(201).ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(503)
        .WithSummary("Raises an alarm, with a device's user and password (Basic) or a dispatcher's session; the same id again is the same alarm. Answered once it is durable.");

    private static async Task<IResult> PostAsync(
        HttpContext context,
        DeviceDirectory devices,
        PhoneDoor door,
        AlarmDesk desk,
        AlarmPresses presses,
        AreaDirectory areas,
        WorkerDirectory workers,
        TimeProvider time)
    {
        if (!BasicCredentials.TryRead(context.Request, out var who))
        {
            return context.User.TryToViewer() is { } viewer
                ? await ByPersonAsync(context, viewer, desk, presses, areas, workers, time)
                : door.Refuse(context, LookupStatus.Unknown, Challenge)!;
        }

        var sender = await devices.FindByCredentialsAsync(who.User, who.Password, context.RequestAborted);
        if (door.Refuse(context, sender.Status, Challenge) is { } refusal)
        {
            return refusal;
        }

        var (body, problem) = await ReadAsync<NewAlarm>(context);
        if (body is null)
        {
            return problem!;
        }

        var arguments = new Arguments();
        var (id, claim) = AlarmRules.Check(body, ofDevice: true, time.GetUtcNow(), arguments);
        return arguments.Problem ?? await RaiseAsync(desk, id, presses.Of(sender.Device!, id, claim, Now(time)), null);
    }

    private static async Task<IResult> ByPersonAsync(
        HttpContext context, Viewer viewer, AlarmDesk desk, AlarmPresses presses, AreaDirectory areas, WorkerDirectory workers, TimeProvider time)
    {
        if (!Permissions.Allows(Permissions.Dispatch, viewer.Role))
        {
            return Problems.Forbidden("role", "Your role does not allow this.");
        }

        var (body, problem) = await ReadAsync<RaisedAlarm>(context);
        if (body is null)
        {
            return problem!;
        }

        var arguments = new Arguments();
        var (id, claim) = AlarmRules.Check(AlarmRules.AsPress(body), ofDevice: false, time.GetUtcNow(), arguments);
        if (string.IsNullOrEmpty(body.Worker) && body.Longitude is null)
        {
            arguments.Refuse("worker", "there when there is no place");
        }

        if (arguments.Problem is { } wrong)
        {
            return wrong;
        }

        var scope = viewer.ScopeIn(areas.Current);
        var worker = workers.FindIn(scope, body.Worker);
        if (worker is null && !string.IsNullOrEmpty(body.Worker))
        {
            return Problems.OutOfScope("worker");
        }

        var press = presses.OfAccount(viewer.AccountId, id, worker, claim, Now(time));
        return worker is null && !scope.Contains(press.HomeAreaId) ? Problems.OutOfScope("place") : await RaiseAsync(desk, id, press, viewer.User);
    }

    private static async Task<IResult> RaiseAsync(AlarmDesk desk, Guid id, AlarmPress press, string? by)
    {
        try
        {
            var raised = await desk.RaiseAsync(press, by);
            var receipt = new AlarmReceipt(id.ToString("D"), raised.Joined?.ToString("D"), AlarmTimes.Of(raised.ArrivedMs));
            return raised.IsNew ? TypedResults.Created($"/api/alarms/{raised.Alarm:D}", receipt) : TypedResults.Ok(receipt);
        }
        catch (RedisAwayException)
        {
            return PositionProblems.Unavailable(RetryAfter);
        }
    }

    private static async Task<(T? Body, IResult? Problem)> ReadAsync<T>(HttpContext context)
        where T : class
    {
        if (await RequestBody.ReadAsync(context.Request, MaxBytes, context.RequestAborted) is not { } bytes)
        {
            return (null, PositionProblems.TooLarge("body", MaxBytes, "bytes"));
        }

        using (bytes)
        {
            var arguments = new Arguments();
            var body = AlarmRules.Read<T>(bytes.Memory.Span, arguments);
            return (body, arguments.Problem);
        }
    }

    private static long Now(TimeProvider time) => time.GetUtcNow().ToUnixTimeMilliseconds();
}
