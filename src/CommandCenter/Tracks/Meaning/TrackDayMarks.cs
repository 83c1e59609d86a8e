using Dapper;
using Npgsql;

namespace CommandCenter.Tracks.Meaning;

/// <summary>Notes which hours of whom got new fixes, in the transaction that stores them, so that no change of a day goes unseen.</summary>
internal static class TrackDayMarks
{
    private const string InsertSql = "insert into track_days_due (worker_id, hour_ms) select * from unnest(@workerIds, @hours)";

    public static Task AddAsync(NpgsqlConnection connection, IReadOnlyCollection<TrackPiece> pieces, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(new CommandDefinition(
            InsertSql,
            new { workerIds = pieces.Select(piece => piece.WorkerId).ToArray(), hours = pieces.Select(piece => piece.HourMs).ToArray() },
            cancellationToken: cancellationToken));
}
