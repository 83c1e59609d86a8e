using Dapper;
using Npgsql;

namespace CommandCenter.Tracks.Meaning;

/// <summary>
/// Notes which hours of whom were folded, in the folding's transaction, so that no change of a day goes unseen. Not where pieces are stored: there it was a row for
/// each, many times the same, and most of what PostgreSQL did while fixes came fastest.
/// </summary>
internal static class TrackDayMarks
{
    private const string InsertSql = "insert into track_days_due (worker_id, hour_ms) select worker_id, @hourMs from unnest(@workerIds) as folded (worker_id)";

    public static Task WriteAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, long hourMs, int[] workerIds, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(new CommandDefinition(InsertSql, new { hourMs, workerIds }, transaction, cancellationToken: cancellationToken));
}
