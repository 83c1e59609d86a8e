using CommandCenter.Alarms;
using CommandCenter.Contracts.Alarms;
using CommandCenter.Http;

namespace CommandCenter.Dispatch.Notes;

/// <summary><c>POST /api/alarms/{id}/notes</c>: by dispatchers, and by the phones of those whom the alarm is about or who were sent to it.</summary>
internal static class NoteEndpoints
{
    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/api/alarms/{id}/notes", AddAsync)
        .WithTags("Dispatch").AllowAnonymous()
        .Produces<AlarmNoteReceipt>().Produces<AlarmNoteReceipt>(201)
        .ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(409).ProducesProblem(429).ProducesProblem(503)
        .WithSummary("Adds a note to an alarm's ledger. Session of a dispatcher, or Basic of a device of its worker or of one who was sent to it; the same id again is the same note.");

    private static async Task<IResult> AddAsync(
        string id, NewAlarmNote body, HttpContext context, NoteDoor door, AlarmLife alarms, TimeProvider time, CancellationToken cancellationToken)
    {
        var (who, alarm, refusal) = await door.EnterAsync(context, id, cancellationToken);
        if (refusal is not null)
        {
            return refusal;
        }

        var arguments = new Arguments();
        var given = NoteRules.IdOf(body.Id, arguments);
        var text = NoteRules.TextOf(body.Text, arguments);
        if (arguments.Problem is { } problem)
        {
            return problem;
        }

        var step = AlarmIds.Note(alarm!.Id, who!.Key, given);
        var receipt = new AlarmNoteReceipt(given.ToString("D"), !alarm.IsOpen);
        if (alarm.Seen.Contains(step))
        {
            return TypedResults.Ok(receipt);
        }

        if (alarms.RefusalOfNotes(alarm) is { } reason)
        {
            return NoteDoor.Refused(reason);
        }

        var note = new AlarmEvent
        {
            Id = step,
            Alarm = alarm.Id,
            Step = AlarmStep.Note,
            AtMs = time.GetUtcNow().ToUnixTimeMilliseconds(),
            By = who.IsPhone ? null : who.Name,
            SpokenBy = who.IsPhone ? who.Name : null,
            Text = text,
            Speaker = who.Key,
            AfterEnd = !alarm.IsOpen,
        };

        // Not to be called back: who hangs up after sending it has still said it.
        await alarms.PutBesideAsync(alarm, note, CancellationToken.None);
        return TypedResults.Created((string?)null, receipt);
    }
}
