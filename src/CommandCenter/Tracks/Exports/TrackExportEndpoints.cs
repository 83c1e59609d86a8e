using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using CommandCenter.Access;
using CommandCenter.Areas;
using CommandCenter.Http;
using CommandCenter.Tracks.Keeping;
using CommandCenter.Workers;
using Microsoft.Extensions.Options;

namespace CommandCenter.Tracks.Exports;

/// <summary><c>GET /api/tracks/export</c>: tracks as files that other programs read. Each worker in one is a row on the audit trail.</summary>
internal static class TrackExportEndpoints
{
    private const int MaxWorkersLength = 8_000;

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/api/tracks/export", GetAsync)
        .WithTags("Tracks").RequireAuthorization(Permissions.Dispatch)
        .ProducesProblem(400).ProducesProblem(403).ProducesProblem(409).ProducesProblem(428).ProducesProblem(503)
        .WithSummary("Tracks of workers= (codes with commas) from= to= as format= gpx, kml, csv, geojson, mf-json or case, every accepted fix unless clean=true. A reason is needed. A broken download goes on with Range and If-Range.");

    private static async Task<IResult> GetAsync(
        HttpContext context,
        ClaimsPrincipal user,
        AreaDirectory areas,
        WorkerRegister workers,
        ExportStore store,
        ExportShelf shelf,
        TrackExporter exporter,
        ErasureStore erasures,
        ExportWatches watches,
        AuditStore audit,
        IOptions<TrackExportOptions> options,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var viewer = user.ToViewer();
        var scope = viewer.ScopeIn(areas.Current);
        var (request, refusal) = await ReadAsync(context.Request, viewer, codes => workers.FindInAsync(scope, codes, cancellationToken), time.GetUtcNow());
        if (request is null)
        {
            return refusal!;
        }

        var key = KeyOf(context.Request, viewer, request.Reason);
        if (await TakeUpAsync(context, shelf, key, erasures, request, cancellationToken) is { } kept)
        {
            var reading = new ExportFileReading(kept, watches.Over(kept, request));
            context.Response.RegisterForDispose(reading);
            await kept.Finished.WaitAsync(cancellationToken);
            ExportAnswer.Common(context.Response, request, kept);
            return TypedResults.Stream(
                reading, request.Format.MediaType(), request.FileName, entityTag: kept.Tag, enableRangeProcessing: true);
        }

        // What the erasure has not come to yet must not leave by a file begun after it was ordered.
        if (await erasures.UnderWayAsync([.. request.Workers.Select(worker => worker.Id)], time.GetUtcNow(), cancellationToken))
        {
            return Problems.Conflict("being-erased", "Tracks of somebody among these workers are being erased. Export again when that is done, or leave them out.");
        }

        var asked = new ExportSize(request.Workers.Count, (int)Math.Ceiling((request.To - request.From).TotalDays), 0);
        var allowed = new ExportSize(options.Value.MostWorkers, options.Value.MostDays, options.Value.MostFixes);
        if (ExportLimits.Split(asked, allowed) is null)
        {
            asked = asked with { Fixes = await store.CountAsync([.. request.Workers.Select(worker => worker.Id)], request.FromMs, request.ToMs, cancellationToken) };
        }

        if (ExportLimits.Split(asked, allowed) is { } split)
        {
            return ExportLimits.Problem(asked, allowed, split);
        }

        return await BeginAsync(request, key, asked.Fixes, shelf, exporter, watches, audit);
    }

    private static async Task<IResult> BeginAsync(
        ExportRequest request, string key, long fixes, ExportShelf shelf, TrackExporter exporter, ExportWatches watches, AuditStore audit)
    {
        if (shelf.Begin(key, request.Viewer.AccountId) is not { } file)
        {
            return Problems.TryLater(
                StatusCodes.Status503ServiceUnavailable, "exports-busy", "Another export of yours, or as many as may be at once, are being written.", TimeSpan.FromSeconds(5));
        }

        var export = Guid.NewGuid();
        try
        {
            await audit.WriteManyAsync(
                request.Viewer,
                request.Reason.OnTrail,
                request.Workers.Select(worker => new AuditAct(AuditActions.ExportTrack, worker.HomeAreaId, worker.Id, $"{request.Detail} {export}")),
                CancellationToken.None);
        }
        catch (Exception e)
        {
            shelf.End(key, request.Viewer.AccountId, whole: false);
            file.Fail(e);
            file.Release();
            throw;
        }

        _ = exporter.WriteAsync(key, file, request, export);
        return new ExportAnswer(file, watches.Over(file, request), request, fixes);
    }

    private static async Task<(ExportRequest? Request, IResult? Refusal)> ReadAsync(
        HttpRequest http, Viewer viewer, Func<IReadOnlyList<string>, Task<IReadOnlyList<Worker?>>> findAsync, DateTimeOffset now)
    {
        var arguments = new Arguments();
        var codes = Arguments.CodesOf(arguments.Required("workers", http.Query["workers"].ToString(), MaxWorkersLength));
        if (codes.Length == 0)
        {
            arguments.Refuse("workers", "codes of workers with commas between them");
        }

        if (arguments.OneOf("format", http.Query["format"], ExportFormats.Words) is not { } format)
        {
            arguments.Refuse("format", "one of " + string.Join(", ", ExportFormats.Words.Keys));
            format = default;
        }

        var clean = arguments.Flag("clean", http.Query["clean"]) ?? false;
        if (clean && format == ExportFormat.Case)
        {
            arguments.Refuse("clean", "false or missing where format is case: a case holds every accepted fix as it is stored");
        }

        var from = arguments.Moment("from", http.Query["from"]);
        var to = arguments.Moment("to", http.Query["to"]);
        if (from is null || to is null)
        {
            arguments.Refuse(from is null ? "from" : "to", "a moment such as 2026-01-31T08:00:00Z");
        }

        // What has not happened yet cannot be exported: a file says no more than was known when it was made.
        var end = to > now ? now : to;
        if (from >= end || from < DateTimeOffset.UnixEpoch)
        {
            arguments.Refuse("from", "before 'to' and before now");
        }

        if (arguments.Problem is { } problem)
        {
            return (null, problem);
        }

        if (AuditReason.From(http, out var without) is not { } reason)
        {
            return (null, without);
        }

        var found = await findAsync(codes);
        return found.Contains(null)
            ? (null, Problems.OutOfScope("worker"))
            : (new ExportRequest(format, found!, from!.Value, end!.Value, reason, viewer, clean), null);
    }

    /// <summary>The file that a request with a range goes on with; null: it begins anew.</summary>
    private static async Task<ExportFile?> TakeUpAsync(
        HttpContext context, ExportShelf shelf, string key, ErasureStore erasures, ExportRequest request, CancellationToken cancellationToken)
    {
        var headers = context.Request.GetTypedHeaders();
        if (headers.Range is null || shelf.Find(key) is not { } file)
        {
            return null;
        }

        try
        {
            if ((headers.IfRange is null || Equals(headers.IfRange.EntityTag, file.Tag))
                && !await erasures.ErasedSinceAsync([.. request.Workers.Select(worker => worker.Id)], file.BegunAt, cancellationToken))
            {
                return file;
            }
        }
        catch
        {
            file.Release();
            throw;
        }

        // Another file, or one that holds what was to be erased since.
        file.Release();
        return null;
    }

    /// <summary>The same person asking for the same with the same words.</summary>
    private static string KeyOf(HttpRequest request, Viewer viewer, AuditReason reason) => Convert.ToHexString(SHA256.HashData(
        Encoding.UTF8.GetBytes($"{viewer.AccountId}\n{request.QueryString.Value}\n{reason.Text}\n{reason.Case}")));
}
