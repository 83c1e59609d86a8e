using Dapper;
using Npgsql;

namespace CommandCenter.Tracks.Meaning;

/// <summary>Notes which hours of whom got new fixes, in the transaction that stores them, so that no change of a day goes unseen.</summary>
internal sealed class TrackDayMarks
{
    private const string InsertSql = "insert into track_days_due (worker_id, hour_ms) select * from unnest(@workerIds, @hours)";

    private readonly List<int> _workerIds = [];
    private readonly List<long> _hours = [];

    public void Note(TrackPiece piece)
    {
        _workerIds.Add(piece.WorkerId);
        _hours.Add(piece.HourMs);
    }

    /// <summary>Writes what was noted since the last time, within the connection's transaction.</summary>
    public async Task WriteAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (_workerIds.Count > 0)
        {
            await connection.ExecuteAsync(new CommandDefinition(
                InsertSql, new { workerIds = _workerIds.ToArray(), hours = _hours.ToArray() }, cancellationToken: cancellationToken));
            _workerIds.Clear();
            _hours.Clear();
        }
    }
}
