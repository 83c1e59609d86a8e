using CommandCenter.Contracts.Access;
using CommandCenter.Storage;
using Dapper;
using Npgsql;

namespace CommandCenter.Access;

/// <summary>The words for audited acts; they are stored, so never change one.</summary>
public static class AuditActions
{
    public const string SignIn = "sign-in";
    public const string SignOut = "sign-out";
    public const string ChangePassword = "change-password";
    public const string AddAccount = "add-account";
    public const string ChangeAccount = "change-account";
    public const string DisableAccount = "disable-account";
    public const string EnableAccount = "enable-account";
    public const string ResetPassword = "reset-password";
    public const string PairKiosk = "pair-kiosk";
    public const string ChangeKiosk = "change-kiosk";
    public const string RevokeKiosk = "revoke-kiosk";
    public const string SetUp = "set-up";
    public const string AddArea = "add-area";
    public const string RenameArea = "rename-area";

    /// <summary>To another parent: other people see who is at home in it.</summary>
    public const string MoveArea = "move-area";
    public const string AddWorker = "add-worker";
    public const string ChangeWorker = "change-worker";
    public const string RemoveWorker = "remove-worker";
    public const string ChangeDuty = "change-duty";
    public const string EnrolDevice = "enrol-device";
    public const string RevokeDevice = "revoke-device";
    public const string AddGateway = "add-gateway";
    public const string RevokeGateway = "revoke-gateway";

    /// <summary>A worker's card, with the phone number unless the viewer is a wall.</summary>
    public const string OpenCard = "open-card";

    /// <summary>A worker's live positions, or a replay that has run into the present: one row a following.</summary>
    public const string Follow = "follow";
    public const string OpenTrack = "open-track";

    /// <summary>A worker's track as a file, one row a worker.</summary>
    public const string ExportTrack = "export-track";

    /// <summary>Fixes of an export put back, one row a worker and request.</summary>
    public const string ReimportTrack = "reimport-track";
    public const string HoldTrack = "hold-track";
    public const string ReleaseTrack = "release-track";
    public const string EraseTrack = "erase-track";
    public const string SetRetention = "set-retention";
    public const string ImportStreets = "import-streets";
    public const string RunJob = "run-job";
    public const string CancelJob = "cancel-job";

    /// <summary>Who walked a square, one row a worker.</summary>
    public const string OpenCoverage = "open-coverage";

    /// <summary>Ground that nobody patrols, and after how many days a square is blind.</summary>
    public const string SetMasks = "set-masks";
    public const string EndMask = "end-mask";
    public const string SetTarget = "set-target";

    /// <summary>A new version of how people are assessed.</summary>
    public const string SetPolicy = "set-policy";

    /// <summary>A worker sent to an alarm, and what a dispatcher then said of it.</summary>
    public const string SendWorker = "send-worker";
    public const string SetAssignment = "set-assignment";

    /// <summary>Positions of those who can go to an alarm, one row a list.</summary>
    public const string FindCandidates = "find-candidates";

    /// <summary>Notes on a worker's track, one row a worker of whom there are some.</summary>
    public const string ReadNotes = "read-notes";
    public const string AddNote = "add-note";
    public const string DeleteNote = "delete-note";

    /// <summary>An alarm with its ledger, note and phone number.</summary>
    public const string ReadAlarm = "read-alarm";

    /// <summary>Live positions of an area, one row a connection.</summary>
    public const string WatchArea = "watch-area";

    /// <summary>A worker's score; and what stands behind a number of it: squares, days, times.</summary>
    public const string OpenScore = "open-score";
    public const string OpenEvidence = "open-evidence";
    public const string ExportScores = "export-scores";
    public const string FileAppeal = "file-appeal";
    public const string DecideAppeal = "decide-appeal";
    public const string SetExclusion = "set-exclusion";
    public const string WithdrawExclusion = "withdraw-exclusion";

    /// <summary>The acts that show or set down the whereabouts of one worker: what the worker's own view lists.</summary>
    public static readonly string[] LooksAtOne = [OpenCard, Follow, OpenTrack, ExportTrack, OpenCoverage, ReadNotes, AddNote, ReadAlarm, OpenScore, OpenEvidence];
}

/// <summary>One of many acts of a person at once: see <see cref="AuditStore.WriteAsync"/> for what its parts mean.</summary>
public sealed record AuditAct(string Action, int AreaId, int? WorkerId = null, string? Detail = null);

/// <summary>
/// The audit trail. Await <see cref="WriteAsync"/> before any data leaves: once it returns the row is durable, and if it throws nothing may be
/// shown. While PostgreSQL is away rows wait in Redis, so that a wall can come back meanwhile.
/// </summary>
public sealed class AuditStore(NpgsqlDataSource dataSource, AuditSpool spool, TimeProvider time)
{
    private const int RowsATime = 5_000;
    private const int StatementSeconds = 300;

    private const string Insert =
        """
        insert into audit (at, account_id, user_name, action, worker_id, area_id, reason, detail, role, spool_id)
        values (@At, @AccountId, @UserName, @Action, @WorkerId, @AreaId, @Reason, @Detail, @role, @spoolId)
        on conflict (spool_id) do nothing
        """;

    /// <param name="viewer">Who did it.</param>
    /// <param name="action">One of <see cref="AuditActions"/>.</param>
    /// <param name="areaId">Where: the area watched or the worker's home; decides which administrators see the row.</param>
    /// <param name="workerId">Whom it was about.</param>
    /// <param name="reason">Why, in the viewer's words.</param>
    /// <param name="detail">What exactly; no secret, no phone number.</param>
    /// <param name="cancellationToken">Ends the wait; the row may or may not be there then.</param>
    public async Task WriteAsync(
        Viewer viewer,
        string action,
        int areaId,
        int? workerId = null,
        string? reason = null,
        string? detail = null,
        CancellationToken cancellationToken = default)
    {
        var row = new SpooledAuditRow(time.GetUtcNow(), viewer.AccountId, viewer.User, action, workerId, areaId, reason, detail, viewer.Role);
        try
        {
            await InsertAsync(row, null, cancellationToken);
        }
        catch (Exception e) when (BackendAway.Means(e))
        {
            await spool.AppendAsync(row, cancellationToken);
        }
    }

    private const string InsertAll =
        """
        insert into audit (at, account_id, user_name, action, worker_id, area_id, reason, detail, role)
        select @at, @AccountId, @userName, f.action, f.worker_id, f.area_id, @reason, f.detail, @role
        from unnest(@actions, @workerIds, @areaIds, @details) with ordinality as f (action, worker_id, area_id, detail, n)
        order by f.n
        """;

    /// <summary>Writes rows in the transaction of the acts themselves, so that both are there or neither is; some thousands with each statement.</summary>
    public Task WriteWithinAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, Viewer viewer, IEnumerable<AuditAct> acts, CancellationToken cancellationToken) =>
        WriteWithinAsync(connection, transaction, viewer, null, acts, cancellationToken);

    /// <summary>
    /// Writes rows of one reason, all or none; returns once they are durable. Not kept in Redis while PostgreSQL is away: what they are about lies there too.
    /// </summary>
    public async Task WriteManyAsync(Viewer viewer, string? reason, IEnumerable<AuditAct> acts, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await WriteWithinAsync(connection, transaction, viewer, reason, acts, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>As above, with a reason that the workers will see.</summary>
    public async Task WriteWithinAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, Viewer viewer, string? reason, IEnumerable<AuditAct> acts, CancellationToken cancellationToken)
    {
        var at = time.GetUtcNow();
        foreach (var some in acts.Chunk(RowsATime))
        {
            await connection.ExecuteAsync(new CommandDefinition(
                InsertAll,
                new
                {
                    at,
                    viewer.AccountId,
                    userName = viewer.User,
                    role = (short)viewer.Role,
                    reason,
                    actions = some.Select(act => act.Action).ToArray(),
                    workerIds = some.Select(act => act.WorkerId).ToArray(),
                    areaIds = some.Select(act => act.AreaId).ToArray(),
                    details = some.Select(act => act.Detail).ToArray(),
                },
                transaction,
                StatementSeconds,
                cancellationToken: cancellationToken));
        }
    }

    /// <summary>Writes a row; one that comes from the spool at most once, however often it is drained.</summary>
    internal async Task InsertAsync(SpooledAuditRow row, string? spoolId, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            Insert,
            new { row.At, row.AccountId, row.UserName, row.Action, row.WorkerId, row.AreaId, row.Reason, row.Detail, role = (short?)row.Role, spoolId },
            cancellationToken: cancellationToken));
    }
}
