using System.Globalization;
using System.Security.Claims;
using CommandCenter.Access;
using CommandCenter.Areas;
using CommandCenter.Contracts;
using CommandCenter.Contracts.Access;
using CommandCenter.Contracts.Tracks;
using CommandCenter.Http;
using CommandCenter.Workers;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CommandCenter.Tracks.Notes;

/// <summary>
/// Notes at moments of a worker's track. Reading them needs a reason, as tracks do; a note says itself why it was written, so that writing and deleting
/// take a reason when there is one and need none.
/// </summary>
internal static class NoteEndpoints
{
    private const int MostOnAPage = 500;

    public static void Map(IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/tracks/notes").WithTags("Tracks").RequireAuthorization(Permissions.Dispatch);
        group.MapGet("", ListAsync).Produces<Page<TrackNote>>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(428)
            .WithSummary($"Notes on workers= (codes, at most {NoteRules.MostWorkers}) from= until before to=, in order of their moments. Needs a reason; on the audit trail of each worker of whom there are some.");
        group.MapPost("", AddAsync).Produces<TrackNote>(201).Produces<TrackNote>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(409)
            .WithSummary("Writes a note; 200 with the same note when it is there already, 409 when its id is another one's.");
        group.MapDelete("{id}", DeleteAsync).Produces(204).ProducesProblem(400).ProducesProblem(403)
            .WithSummary("Deletes a note: for who wrote it, and for administrators of the worker's area.");
    }

    private static async Task<IResult> ListAsync(
        string? workers,
        string? from,
        string? to,
        string? limit,
        string? cursor,
        HttpRequest request,
        ClaimsPrincipal user,
        AreaDirectory areas,
        WorkerRegister register,
        NoteStore store,
        AuditStore audit,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var arguments = new Arguments();
        var (codes, fromMs, toMs) = NoteRules.Asked(workers, from, to, time.GetUtcNow(), arguments);
        var size = arguments.Limit(limit, MostOnAPage, MostOnAPage);
        var after = NoteRules.PlaceOf(arguments.Cursor(cursor), arguments);
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
        var found = (await register.FindInAsync(scope, codes, cancellationToken)).OfType<Worker>().DistinctBy(worker => worker.Id).ToDictionary(worker => worker.Id);
        if (found.Count < codes.Length)
        {
            return Problems.OutOfScope("worker");
        }

        var notes = await store.PageAsync([.. found.Keys], fromMs, toMs, after, size + 1, cancellationToken);
        var detail = string.Create(
            CultureInfo.InvariantCulture, $"notes {DateTimeOffset.FromUnixTimeMilliseconds(fromMs):O}/{DateTimeOffset.FromUnixTimeMilliseconds(toMs):O}");
        var told = notes.Take(size).Select(note => found[note.WorkerId]).Distinct();
        await audit.WriteManyAsync(viewer, reason.OnTrail, told.Select(worker => new AuditAct(AuditActions.ReadNotes, worker.HomeAreaId, worker.Id, detail)), cancellationToken);
        return TypedResults.Ok(Pages.Of(
            notes, size, note => Arguments.CursorOf(NoteRules.CursorOf(note.AtMs, note.Id)), note => Info(note, found[note.WorkerId], viewer)));
    }

    private static async Task<IResult> AddAsync(
        NewTrackNote body,
        HttpContext context,
        AreaDirectory areas,
        WorkerRegister register,
        NoteStore store,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var arguments = new Arguments();
        var now = time.GetUtcNow();
        if (NoteRules.Check(body, now, arguments) is not { } note)
        {
            return arguments.Problem!;
        }

        if (!TryReason(context.Request, out var reason, out var unreasoned))
        {
            return unreasoned!;
        }

        var viewer = context.User.ToViewer();
        if (await register.FindInAsync(viewer.ScopeIn(areas.Current), body.Worker, cancellationToken) is not { } worker)
        {
            return Problems.OutOfScope("worker");
        }

        var (result, row) = await store.AddAsync(viewer, worker, note, reason, now, cancellationToken);
        return result switch
        {
            NoteAdding.Added => TypedResults.Created($"/api/tracks/notes/{note.Id:D}", Info(row!, worker, viewer)),
            NoteAdding.Full => Problems.Conflict("too-many-notes", $"There are {NoteRules.MostADay} notes on this worker's day already, which is as many as are kept."),
            _ when row is not null && row.WorkerId == worker.Id && row.AtMs == note.AtMs && row.Text == note.Text && row.AccountId == viewer.AccountId =>
                TypedResults.Ok(Info(row, worker, viewer)),
            _ => Problems.Conflict("note-exists", "There is another note of this id."),
        };
    }

    private static async Task<IResult> DeleteAsync(
        string id, HttpContext context, AreaDirectory areas, WorkerRegister register, NoteStore store, CancellationToken cancellationToken)
    {
        if (!TryReason(context.Request, out var reason, out var unreasoned))
        {
            return unreasoned!;
        }

        // The same answer for what lies elsewhere, is another's and does not exist, so that ids cannot be probed; whoever deletes twice is told so, too.
        var viewer = context.User.ToViewer();
        if (!Guid.TryParseExact(id, "D", out var key)
            || await store.FindAsync(key, cancellationToken) is not { } note
            || (await register.OfAsync([note.WorkerId], cancellationToken)).GetValueOrDefault(note.WorkerId) is not { } worker
            || !viewer.ScopeIn(areas.Current).Contains(worker.HomeAreaId))
        {
            return Problems.OutOfScope("note");
        }

        if (!MayDelete(note, viewer))
        {
            return Problems.Forbidden("note-of-another", "Who wrote it may delete it, or an administrator.");
        }

        await store.DeleteAsync(viewer, worker, note, reason, cancellationToken);
        return TypedResults.NoContent();
    }

    /// <summary>A reason that is there must be one that can be shown.</summary>
    private static bool TryReason(HttpRequest request, out string? reason, out ProblemHttpResult? problem)
    {
        var found = AuditReason.From(request, out problem);
        reason = found?.OnTrail;
        return found is not null || problem!.StatusCode == StatusCodes.Status428PreconditionRequired;
    }

    private static bool MayDelete(NoteRow note, Viewer viewer) => note.AccountId == viewer.AccountId || viewer.Role == AccountRole.Administrator;

    private static TrackNote Info(NoteRow note, Worker worker, Viewer viewer) => new(
        note.Id.ToString("D"),
        worker.Code,
        DateTimeOffset.FromUnixTimeMilliseconds(note.AtMs),
        note.Text,
        note.Author,
        MayDelete(note, viewer),
        new DateTimeOffset(note.CreatedAt, TimeSpan.Zero));
}
