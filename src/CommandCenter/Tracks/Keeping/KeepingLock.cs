using Dapper;
using Npgsql;

namespace CommandCenter.Tracks.Keeping;

/// <summary>
/// Holds are placed and tracks deleted one after the other: whoever deletes has seen every hold that was answered for before. Held until the end of
/// the transaction; deletions are small.
/// </summary>
internal static class KeepingLock
{
    // Any number, as long as nothing else in the database takes the same: "Track_ho" in ASCII.
    private const string LockSql = "select pg_advisory_xact_lock(6085033126162032751)";

    private const string ShareSql = "select pg_advisory_xact_lock_shared(6085033126162032751)";

    /// <summary>SQL: the row <c>p</c> of tracks is kept for a case at <c>@now</c>.</summary>
    public const string HeldSql = """
        exists (
            select 1 from track_hold_workers hw join track_holds h on h.id = hw.hold_id
            where hw.worker_id = p.worker_id and h.released_at is null and h.until > @now and h.from_ms <= p.last_ms and h.to_ms > p.first_ms)
        """;

    /// <summary>For whoever rewrites tracks without deleting any: several at once, and none while something is deleted.</summary>
    public static Task ShareAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(new CommandDefinition(ShareSql, transaction: transaction, cancellationToken: cancellationToken));

    public static Task TakeAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(new CommandDefinition(LockSql, transaction: transaction, cancellationToken: cancellationToken));
}
