using CommandCenter.Access;
using CommandCenter.Workers;
using Dapper;
using Npgsql;

namespace CommandCenter.Tracks.Notes;

/// <summary>Notes on tracks; each change stands with its row on the trail, both or neither. The trail never holds a note's words: they must be able to go.</summary>
internal sealed class NoteStore(NpgsqlDataSource dataSource, AuditStore audit)
{
    private const long DayMs = 24 * TrackPiece.HourMilliseconds;

    private const string ColumnsSql =
        "select id as Id, worker_id as WorkerId, at_ms as AtMs, text as Text, account_id as AccountId, author as Author, created_at as CreatedAt from track_notes";

    private const string PageSql = ColumnsSql + """
         where worker_id = any(@workerIds) and at_ms >= @fromMs and at_ms < @toMs and (at_ms, id) > (@afterMs, @afterId)
        order by at_ms, id
        limit @limit
        """;

    private const string FindSql = ColumnsSql + " where id = @id";

    private const string CountSql = "select count(*)::int from track_notes where worker_id = @workerId and at_ms >= @dayMs and at_ms < @dayMs + 86400000";

    private const string InsertSql = """
        insert into track_notes (id, worker_id, at_ms, text, account_id, author, created_at)
        values (@Id, @WorkerId, @AtMs, @Text, @AccountId, @Author, @CreatedAt) on conflict (id) do nothing
        """;

    private const string DeleteSql = "delete from track_notes where id = @id";

    /// <summary>By moment, then by id.</summary>
    public async Task<IReadOnlyList<NoteRow>> PageAsync(
        int[] workerIds, long fromMs, long toMs, (long AtMs, Guid Id) after, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<NoteRow>(new CommandDefinition(
            PageSql, new { workerIds, fromMs, toMs, afterMs = after.AtMs, afterId = after.Id, limit }, cancellationToken: cancellationToken))).AsList();
    }

    public async Task<NoteRow?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<NoteRow>(new CommandDefinition(FindSql, new { id }, cancellationToken: cancellationToken));
    }

    /// <summary>With the note of that id when there was one already, whatever is in it.</summary>
    public async Task<(NoteAdding Result, NoteRow? Note)> AddAsync(Viewer viewer, Worker worker, CheckedNote note, string? reason, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (await FindAsync(note.Id, cancellationToken) is { } before)
        {
            return (NoteAdding.WasThere, before);
        }

        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var dayMs = note.AtMs - (((note.AtMs % DayMs) + DayMs) % DayMs);
        if (await connection.QuerySingleAsync<int>(new CommandDefinition(CountSql, new { workerId = worker.Id, dayMs }, transaction, cancellationToken: cancellationToken)) >= NoteRules.MostADay)
        {
            return (NoteAdding.Full, null);
        }

        var row = new NoteRow
        {
            Id = note.Id,
            WorkerId = worker.Id,
            AtMs = note.AtMs,
            Text = note.Text,
            AccountId = viewer.AccountId,
            Author = viewer.User,
            CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds()).UtcDateTime, // as exact as it is read back: a retry is answered alike
        };
        if (await connection.ExecuteAsync(new CommandDefinition(InsertSql, row, transaction, cancellationToken: cancellationToken)) == 0)
        {
            // Another request of the same id was faster; it has committed, or this one would still wait.
            await transaction.RollbackAsync(cancellationToken);
            return (NoteAdding.WasThere, await FindAsync(note.Id, cancellationToken));
        }

        await audit.WriteWithinAsync(connection, transaction, viewer, reason, [Act(AuditActions.AddNote, worker, row)], cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return (NoteAdding.Added, row);
    }

    /// <summary>False: it was gone already.</summary>
    public async Task<bool> DeleteAsync(Viewer viewer, Worker worker, NoteRow note, string? reason, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var deleted = await connection.ExecuteAsync(new CommandDefinition(DeleteSql, new { id = note.Id }, transaction, cancellationToken: cancellationToken)) > 0;
        if (deleted)
        {
            await audit.WriteWithinAsync(connection, transaction, viewer, reason, [Act(AuditActions.DeleteNote, worker, note)], cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return deleted;
    }

    private static AuditAct Act(string action, Worker worker, NoteRow note) =>
        new(action, worker.HomeAreaId, worker.Id, $"note {note.Id:D} at {DateTimeOffset.FromUnixTimeMilliseconds(note.AtMs):O} by {note.Author}");
}

/// <summary>What became of a note that was to be added.</summary>
internal enum NoteAdding
{
    Added,
    WasThere,

    /// <summary>The worker's day holds as many as it may.</summary>
    Full,
}

/// <summary>A note as it is stored.</summary>
internal sealed class NoteRow
{
    public Guid Id { get; init; }

    public int WorkerId { get; init; }

    public long AtMs { get; init; }

    public string Text { get; init; } = "";

    public int AccountId { get; init; }

    public string Author { get; init; } = "";

    public DateTime CreatedAt { get; init; }
}
