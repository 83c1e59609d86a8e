using System.Security.Cryptography;
using CommandCenter.Alarms;
using CommandCenter.Contracts.Alarms;
using CommandCenter.Dispatch.Notes;
using CommandCenter.Http;
using CommandCenter.Positions;
using CommandCenter.Positions.Protocols;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace CommandCenter.Dispatch.Attachments;

/// <summary><c>POST /api/alarms/{alarmId}/attachments?id=&amp;name=</c>: the body is the file itself. Answered once the file is durable and the alarm's ledger names it.</summary>
internal static class NewAttachmentEndpoint
{
    /// <summary>What is over the limit is read so far, for a sender that reads the answer only after it has sent everything.</summary>
    private const int DrainedTimes = 2;

    /// <summary>A sender that is slower holds up others.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(3);

    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/api/alarms/{alarmId}/attachments", AddAsync)
        .WithTags("Dispatch").AllowAnonymous()
        .Accepts<byte[]>("*/*")
        .Produces<AlarmAttachment>().Produces<AlarmAttachment>(201)
        .ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(408).ProducesProblem(409).ProducesProblem(413).ProducesProblem(415).ProducesProblem(429).ProducesProblem(503)
        .WithSummary("Puts a file beside an alarm; the body is the file. Session of a dispatcher, or Basic of a device of its worker or of one who was sent to it; the same id= again is the same file.");

    private static async Task<IResult> AddAsync(
        string alarmId,
        string? id,
        string? name,
        HttpContext context,
        NoteDoor door,
        AlarmLife alarms,
        AttachmentStore store,
        AttachmentRoom room,
        AttachmentTelling telling,
        IOptions<AlarmOptions> options,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var (who, alarm, refusal) = await door.EnterAsync(context, alarmId, cancellationToken);
        if (refusal is not null)
        {
            return refusal;
        }

        var arguments = new Arguments();
        var given = NoteRules.IdOf(id, arguments);
        if (arguments.Problem is { } problem)
        {
            return problem;
        }

        if (await store.FindAsync(alarm!.Id, given, cancellationToken) is null && alarms.RefusalOfNotes(alarm) is { } reason)
        {
            return NoteDoor.Refused(reason);
        }

        var mostBytes = options.Value.AttachmentMegabytes * AlarmRules.Megabyte;
        using var taken = room.TryTake(context.Request.ContentLength is { } announced && announced < mostBytes ? announced : mostBytes);
        if (taken is null)
        {
            return Problems.TryLater(StatusCodes.Status503ServiceUnavailable, "busy", "Too many attachments are on their way in: send this again.", RetryAfter);
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } bound)
        {
            bound.MaxRequestBodySize = (long)mostBytes * DrainedTimes;
        }

        using var slow = new CancellationTokenSource(Longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(slow.Token, cancellationToken);
        RentedBody? read;
        try
        {
            read = await RequestBody.ReadAsync(context.Request, mostBytes, either.Token);
        }
        catch (OperationCanceledException) when (slow.IsCancellationRequested)
        {
            return Problems.TryLater(StatusCodes.Status408RequestTimeout, "too-slow", $"The attachment did not come within {Longest.TotalMinutes} minutes.", RetryAfter);
        }

        if (read is not { } body)
        {
            return PositionProblems.TooLarge("attachment", mostBytes, "bytes");
        }

        using (body)
        {
            if (FileTypes.Of(body.Memory.Span, context.Request.ContentType) is not { } type)
            {
                return body.Memory.IsEmpty
                    ? Problems.BadArgument("body", "the file")
                    : Problems.UnsupportedMedia("attachment-type", "By its first bytes this is none of " + string.Join(", ", FileTypes.Extensions.Keys) + ".");
            }

            var row = new AttachmentRow
            {
                AlarmId = alarm.Id,
                Id = given,
                Name = FileNames.Of(name, type),
                Type = type,
                Size = body.Memory.Length,
                Sha256 = SHA256.HashData(body.Memory.Span),
                Speaker = who!.Key,
                ByName = who.Name,
                AfterEnd = !alarm.IsOpen,
                AtMs = time.GetUtcNow().ToUnixTimeMilliseconds(),
            };
            return await StoreAsync(alarm, row, body.Memory, store, telling, options.Value.MostAttachments);
        }
    }

    /// <summary>Not to be called back: who hangs up after sending it has still sent it.</summary>
    private static async Task<IResult> StoreAsync(AlarmState alarm, AttachmentRow row, ReadOnlyMemory<byte> content, AttachmentStore store, AttachmentTelling telling, int most)
    {
        var (stored, wasThere) = await store.AddAsync(row, content, most, CancellationToken.None);
        if (stored is null)
        {
            return Problems.Conflict("attachments-full", $"There are {most} attachments beside this alarm already.");
        }

        if (!stored.Sha256.AsSpan().SequenceEqual(row.Sha256))
        {
            return Problems.Conflict("attachment-exists", "There is another attachment of this id.");
        }

        if (!wasThere || !alarm.Seen.Contains(AlarmIds.Attachment(alarm.Id, row.Id)))
        {
            await telling.TellAsync(alarm, stored, CancellationToken.None);
        }

        return wasThere ? TypedResults.Ok(stored.ToContract()) : TypedResults.Created($"/api/alarms/{alarm.Id:D}/attachments/{row.Id:D}", stored.ToContract());
    }
}
