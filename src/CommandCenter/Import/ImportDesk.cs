using CommandCenter.Access;
using CommandCenter.Contracts.Devices;
using CommandCenter.Contracts.Import;
using CommandCenter.Http;
using CommandCenter.Storage;
using Microsoft.Extensions.Options;
using Npgsql;

namespace CommandCenter.Import;

/// <summary>What the importer asked for. Without <paramref name="Apply"/> it is a preview, whose fingerprint an apply must bring.</summary>
internal sealed record ImportRequest(Viewer Viewer, bool Apply, string? Fingerprint, string Options);

/// <summary>
/// The way of every file: taken in, read, planned within a transaction, and either rolled back (a preview) or written whole. One import at a
/// time on each node, because a file may take a good part of its memory; one apply at a time in the whole center, by an advisory lock.
/// </summary>
internal sealed partial class ImportDesk(NpgsqlDataSource dataSource, AuditStore audit, IOptions<ImportOptions> options, ILogger<ImportDesk> logger) : IDisposable
{
    // Any number of its own.
    private const long AdvisoryLock = 0x496D706F727421;
    private const int ConcurrentUploads = 3;

    private readonly SemaphoreSlim _uploads = new(ConcurrentUploads);
    private readonly SemaphoreSlim _desk = new(1, 1);

    public delegate IImportWork? Reader(ImportText text, out ImportRefusal? refusal);

    public async Task<IResult> HandleAsync(HttpRequest http, ImportRequest request, Reader reader, CancellationToken cancellationToken)
    {
        var wait = TimeSpan.FromSeconds(options.Value.WaitSeconds);
        if (!await _uploads.WaitAsync(wait, cancellationToken))
        {
            return Busy();
        }

        try
        {
            var (body, refusal) = await ReceiveAsync(http, cancellationToken);
            var text = body is { } bytes ? ImportText.Read(bytes, out refusal) : null;
            if (text is null)
            {
                return refusal!.ToResult();
            }

            if (!await _desk.WaitAsync(wait, cancellationToken))
            {
                return Busy();
            }

            try
            {
                return reader(text, out refusal) is { } work
                    ? await HandleAsync(work, text, request, cancellationToken)
                    : refusal!.ToResult();
            }
            finally
            {
                _desk.Release();
            }
        }
        finally
        {
            _uploads.Release();
        }
    }

    public void Dispose()
    {
        _uploads.Dispose();
        _desk.Dispose();
    }

    private async Task<(ReadOnlyMemory<byte>? Body, ImportRefusal? Refusal)> ReceiveAsync(HttpRequest http, CancellationToken cancellationToken)
    {
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bound.CancelAfter(TimeSpan.FromSeconds(options.Value.UploadSeconds));
        try
        {
            return await ImportBody.ReadAsync(http, options.Value.MaxBytes, bound.Token) is { } body
                ? (body, null)
                : (null, ImportRefusals.TooLarge(options.Value.MaxBytes));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, ImportRefusals.TooSlow(options.Value.UploadSeconds));
        }
    }

    private async Task<IResult> HandleAsync(IImportWork work, ImportText text, ImportRequest request, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(
            request.Apply ? System.Data.IsolationLevel.ReadCommitted : System.Data.IsolationLevel.RepeatableRead, cancellationToken);
        if (request.Apply && !await TryLockAsync(connection, transaction, cancellationToken))
        {
            return Busy();
        }

        var plan = await work.PlanAsync(connection, transaction, request.Apply, cancellationToken);
        var fingerprint = plan.Fingerprint(text.Utf8Bytes.Span, $"{request.Options} under {request.Viewer.AreaId}");
        ImportReport Report(bool applied, IReadOnlyList<EnrolledDevice>? devices = null) => plan.ToReport(fingerprint, text.Encoding, applied, devices);
        if (!request.Apply)
        {
            return TypedResults.Ok(Report(applied: false));
        }

        if (!plan.MayApply)
        {
            return TypedResults.Json(Report(applied: false), statusCode: StatusCodes.Status422UnprocessableEntity);
        }

        if (fingerprint != request.Fingerprint)
        {
            return Problems.Conflict("preview-outdated", "This is not what was previewed: the file, its options or the center changed. Preview it again.");
        }

        var (devices, acts) = await work.WriteAsync(connection, transaction, cancellationToken);
        var report = Report(applied: true, devices);
        var whole = new AuditAct(
            work.AuditAction, request.Viewer.AreaId, Detail: $"{report.Rows} rows: {report.Added} added, {report.Changed} changed; {fingerprint}");
        await audit.WriteWithinAsync(connection, transaction, request.Viewer, acts.Append(whole), cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        await RefreshAsync(work);
        LogApplied(plan.Kind, report.Rows, report.Added, report.Changed);
        return TypedResults.Ok(report);
    }

    private static IResult Busy() => Problems.TryLater(
        StatusCodes.Status503ServiceUnavailable, "import-running", "Another import is running.", TimeSpan.FromSeconds(5));

    private async Task<bool> TryLockAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            $"set local lock_timeout = '{options.Value.WaitSeconds}s'; select pg_advisory_xact_lock({AdvisoryLock})", connection, transaction)
        {
            CommandTimeout = options.Value.WaitSeconds + 10,
        };
        try
        {
            await command.ExecuteNonQueryAsync(cancellationToken);
            return true;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            return false;
        }
    }

    // It is stored already, and the change feed brings it in as soon as PostgreSQL can be read again: no reason to call it a failure, which
    // would cost the secrets of new devices.
    private async Task RefreshAsync(IImportWork work)
    {
        try
        {
            await work.RefreshAsync(CancellationToken.None);
        }
        catch (Exception e) when (BackendAway.Means(e))
        {
            LogRefreshLater(e.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Imported {Kind}: {Rows} rows, {Added} added, {Changed} changed")]
    private partial void LogApplied(ImportKind kind, int rows, int added, int changed);

    [LoggerMessage(Level = LogLevel.Warning, Message = "An import was stored, but shows later: {Error}")]
    private partial void LogRefreshLater(string error);
}
