using CommandCenter.Assessment.Scoring;
using Dapper;
using Npgsql;
using NpgsqlTypes;

namespace CommandCenter.Assessment.Periods;

/// <summary>Versions of periods and their rows in PostgreSQL; what writes does so within the caller's transaction.</summary>
internal static class SnapshotStore
{
    private const int StatementSeconds = 300;

    // Two nodes that reckon one period do it one after the other, however that came about.
    private const string LockSql = "select pg_advisory_xact_lock(hashtextextended('assessment/' || @kind || '/' || @starts, 0))";

    private const string NewestSql = $"""
        select {SnapshotRow.Columns} from assessment_snapshots n where n.period = @kind and n.starts = @starts order by n.version desc limit 1
        """;

    private const string InsertSql = """
        insert into assessment_snapshots (id, period, starts, ends, version, policy_version, closed_at, made_at, looked_at, reason)
        values (@id, @kind, @starts, @ends, @version, @policy, @closedAt, @now, @now, @reason)
        """;

    private const string CopySql = """
        copy assessment_scores (snapshot_id, subject_kind, subject, area_id, worker_id, total, band, covered_weight, body, evidence, salt, hash) from stdin (format binary)
        """;

    // Rows of people who were erased are in neither.
    private const string DifferenceSql = """
        select count(*) filter (where o.id is not null and w.id is not null and (o.body is distinct from w.body))::int as Changed,
               count(*) filter (where o.id is null)::int as Added, count(*) filter (where w.id is null)::int as Removed,
               (array_agg(w.total - o.total order by abs(w.total - o.total) desc) filter (where w.total is distinct from o.total and w.total is not null and o.total is not null))[1] as Largest
        from (select * from assessment_scores where snapshot_id = @old and erased_at is null) o
        full join (select * from assessment_scores where snapshot_id = @new) w
            on w.subject_kind = o.subject_kind and coalesce(w.worker_id, -w.area_id) = coalesce(o.worker_id, -o.area_id)
        """;

    private const string HashesSql = "select hash from assessment_scores where snapshot_id = @id";

    private const string CloseSql = """
        update assessment_snapshots set hash = @hash, signature = @signature, signer = @signer, reason = @reason, difference = @difference::jsonb where id = @id
        """;

    private const string LookedSql = "update assessment_snapshots set looked_at = @now where id = @id";

    private const string HomesSql = "select worker_id, area_id from assessment_scores where snapshot_id = @id and worker_id is not null";

    private const string BodiesSql = """
        select subject_kind, subject, area_id, worker_id, body from assessment_scores
        where snapshot_id = any(@ids) and erased_at is null order by subject_kind, coalesce(worker_id, -area_id), array_position(@ids, snapshot_id)
        """;

    public static Task LockAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, Period period, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(Command(LockSql, new { kind = period.Kind.Word(), starts = period.Starts.ToString("O") }, transaction, cancellationToken));

    public static Task<SnapshotRow?> NewestAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, Period period, CancellationToken cancellationToken) =>
        connection.QuerySingleOrDefaultAsync<SnapshotRow?>(Command(NewestSql, new { kind = period.Kind.Word(), starts = period.Starts }, transaction, cancellationToken));

    public static Task DeleteAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, Guid id, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(Command("delete from assessment_snapshots where id = @id", new { id }, transaction, cancellationToken));

    public static Task InsertAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, Guid id, Period period, int version, int policy, string reason, DateTimeOffset? closedAt, DateTimeOffset now, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(Command(
            InsertSql, new { id, kind = period.Kind.Word(), starts = period.Starts, ends = period.Ends, version, policy, closedAt, now, reason }, transaction, cancellationToken));

    /// <summary>Writes rows as they come; how many.</summary>
    public static async Task<int> CopyAsync(NpgsqlConnection connection, Guid snapshot, IAsyncEnumerable<NewScore> scores, CancellationToken cancellationToken)
    {
        var count = 0;
        await using var writer = await connection.BeginBinaryImportAsync(CopySql, cancellationToken);
        await foreach (var score in scores.WithCancellation(cancellationToken))
        {
            await writer.StartRowAsync(cancellationToken);
            await writer.WriteAsync(snapshot, NpgsqlDbType.Uuid, cancellationToken);
            await writer.WriteAsync((short)score.Kind, NpgsqlDbType.Smallint, cancellationToken);
            await writer.WriteAsync(score.Subject, NpgsqlDbType.Text, cancellationToken);
            await writer.WriteAsync(score.AreaId, NpgsqlDbType.Integer, cancellationToken);
            await WriteAsync(writer, score.WorkerId, NpgsqlDbType.Integer, cancellationToken);
            await WriteAsync(writer, score.Total, NpgsqlDbType.Double, cancellationToken);
            await WriteAsync(writer, score.Band, cancellationToken);
            await writer.WriteAsync(score.CoveredWeight, NpgsqlDbType.Double, cancellationToken);
            await writer.WriteAsync(score.Body, NpgsqlDbType.Text, cancellationToken);
            await WriteBytesAsync(writer, score.Evidence, cancellationToken);
            await writer.WriteAsync(score.Salt, NpgsqlDbType.Bytea, cancellationToken);
            await writer.WriteAsync(SnapshotHash.OfRow(score.Salt, score.Body), NpgsqlDbType.Bytea, cancellationToken);
            count++;
        }

        await writer.CompleteAsync(cancellationToken);
        return count;
    }

    public static async Task<SnapshotDifference> DifferenceAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, SnapshotRow old, Guid now, CancellationToken cancellationToken)
    {
        var (changed, added, removed, largest) = await connection.QuerySingleAsync<(int Changed, int Added, int Removed, double? Largest)>(
            Command(DifferenceSql, new { old = old.Id, @new = now }, transaction, cancellationToken));
        return new SnapshotDifference(old.Version, changed, added, removed, ScoreBody.Round(largest));
    }

    public static async Task<IReadOnlyList<byte[]>> HashesAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, Guid id, CancellationToken cancellationToken) =>
        (await connection.QueryAsync<byte[]>(Command(HashesSql, new { id }, transaction, cancellationToken))).AsList();

    public static Task CloseAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, Guid id, byte[] hash, byte[] signature, byte[] signer, string reason, string? difference, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(Command(CloseSql, new { id, hash, signature, signer, reason, difference }, transaction, cancellationToken));

    /// <summary>It came out as it was.</summary>
    public static Task LookedAsync(NpgsqlConnection connection, Guid id, DateTimeOffset now, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(Command(LookedSql, new { id, now }, null, cancellationToken));

    /// <summary>The home of each worker as a version has it.</summary>
    public static async Task<Dictionary<int, int>> HomesAsync(NpgsqlConnection connection, Guid id, CancellationToken cancellationToken) =>
        (await connection.QueryAsync<(int Worker, int Area)>(Command(HomesSql, new { id }, null, cancellationToken))).ToDictionary(row => row.Worker, row => row.Area);

    /// <summary>Rows of several versions, those of one subject after one another.</summary>
    public static async IAsyncEnumerable<StoredBody> BodiesAsync(
        NpgsqlConnection connection, Guid[] ids, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(BodiesSql, connection) { CommandTimeout = StatementSeconds };
        command.Parameters.AddWithValue("ids", ids);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            yield return new StoredBody(
                (SubjectKind)reader.GetInt16(0), reader.GetString(1), reader.GetInt32(2), await reader.IsDBNullAsync(3, cancellationToken) ? null : reader.GetInt32(3), reader.GetString(4));
        }
    }

    private static Task WriteAsync<T>(NpgsqlBinaryImporter writer, T? value, NpgsqlDbType type, CancellationToken cancellationToken)
        where T : struct => value is { } known ? writer.WriteAsync(known, type, cancellationToken) : writer.WriteNullAsync(cancellationToken);

    private static Task WriteAsync(NpgsqlBinaryImporter writer, string? value, CancellationToken cancellationToken) =>
        value is null ? writer.WriteNullAsync(cancellationToken) : writer.WriteAsync(value, NpgsqlDbType.Text, cancellationToken);

    private static Task WriteBytesAsync(NpgsqlBinaryImporter writer, byte[]? value, CancellationToken cancellationToken) =>
        value is null ? writer.WriteNullAsync(cancellationToken) : writer.WriteAsync(value, NpgsqlDbType.Bytea, cancellationToken);

    private static CommandDefinition Command(string sql, object arguments, NpgsqlTransaction? transaction, CancellationToken cancellationToken) =>
        new(sql, arguments, transaction, StatementSeconds, cancellationToken: cancellationToken);
}

/// <summary>A row to write.</summary>
internal sealed record NewScore(
    SubjectKind Kind, string Subject, int AreaId, int? WorkerId, double? Total, string? Band, double CoveredWeight, string Body, byte[]? Evidence, byte[] Salt);

/// <summary>A row's text, of a subject.</summary>
internal sealed record StoredBody(SubjectKind Kind, string Subject, int AreaId, int? WorkerId, string Body);
