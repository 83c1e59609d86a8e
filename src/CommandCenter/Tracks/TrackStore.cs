using Dapper;
using Npgsql;
using NpgsqlTypes;

namespace CommandCenter.Tracks;

/// <summary>Track pieces in PostgreSQL, together with how far the position log has been written.</summary>
public sealed class TrackStore(NpgsqlDataSource dataSource)
{
    private const string ReadPositionSql = "select position from track_positions where partition = @partition";

    private const string FirstPositionSql = """
        insert into track_positions (partition, position) values (@partition, @position) on conflict (partition) do nothing
        """;

    private const string MovePositionSql = """
        update track_positions set position = @next where partition = @partition and position = @previous
        """;

    private const string CopySql = """
        copy track_pieces (worker_id, hour_ms, first_ms, last_ms, fixes, west, south, east, north, length_meters, body) from stdin (format binary)
        """;

    private const string ReadSql = """
        select body from track_pieces
        where worker_id = @workerId and hour_ms >= @firstHour and hour_ms <= @lastHour and last_ms >= @fromMs and first_ms < @toMs
        order by hour_ms, first_ms
        """;

    private const string SetAsideSql = """
        insert into poisoned_log_entries (partition, position, seen_at, reason, body)
        values (@partition, @position, @seenAt, @reason, @body) on conflict do nothing
        """;

    /// <summary>The log position up to which the partition's fixes are stored; <c>0-0</c> at first.</summary>
    public async Task<string> ReadPositionAsync(int partition, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            FirstPositionSql, new { partition, position = "0-0" }, cancellationToken: cancellationToken));
        return await connection.QuerySingleAsync<string>(new CommandDefinition(
            ReadPositionSql, new { partition }, cancellationToken: cancellationToken));
    }

    /// <summary>
    /// Stores the pieces and moves the partition's position, both or neither. False: another writer moved it first and nothing was
    /// stored, so that a fix is stored once whatever dies.
    /// </summary>
    public async Task<bool> AppendAsync(
        int partition, string previous, string next, IReadOnlyList<TrackPiece> pieces, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var moved = await connection.ExecuteAsync(new CommandDefinition(
            MovePositionSql, new { partition, previous, next }, transaction, cancellationToken: cancellationToken));
        if (moved == 0)
        {
            return false;
        }

        if (pieces.Count > 0)
        {
            await CopyAsync(connection, pieces, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>One worker's stored fixes with FixTime in [from, to), sorted and without repeats; what the log still holds is not among them.</summary>
    public async Task<List<Fix>> ReadAsync(int workerId, long fromMs, long toMs, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var bodies = await connection.QueryAsync<byte[]>(new CommandDefinition(
            ReadSql,
            new { workerId, firstHour = TrackPiece.HourOf(fromMs), lastHour = TrackPiece.HourOf(toMs), fromMs, toMs },
            cancellationToken: cancellationToken));
        var fixes = new List<Fix>();
        foreach (var body in bodies)
        {
            TrackCodec.Decode(body, fixes);
        }

        fixes.RemoveAll(fix => fix.FixTimeMs < fromMs || fix.FixTimeMs >= toMs);
        FixOrder.SortAndDeduplicate(fixes);
        return fixes;
    }

    /// <summary>Keeps a log entry that could not be read, for a person to look at.</summary>
    public async Task SetAsideAsync(
        int partition, string position, DateTimeOffset seenAt, string reason, byte[] body, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            SetAsideSql, new { partition, position, seenAt, reason, body }, cancellationToken: cancellationToken));
    }

    private static async Task CopyAsync(NpgsqlConnection connection, IReadOnlyList<TrackPiece> pieces, CancellationToken cancellationToken)
    {
        await using var copy = await connection.BeginBinaryImportAsync(CopySql, cancellationToken);
        foreach (var piece in pieces)
        {
            await copy.StartRowAsync(cancellationToken);
            await copy.WriteAsync(piece.WorkerId, NpgsqlDbType.Integer, cancellationToken);
            await copy.WriteAsync(piece.HourMs, NpgsqlDbType.Bigint, cancellationToken);
            await copy.WriteAsync(piece.FirstMs, NpgsqlDbType.Bigint, cancellationToken);
            await copy.WriteAsync(piece.LastMs, NpgsqlDbType.Bigint, cancellationToken);
            await copy.WriteAsync(piece.Count, NpgsqlDbType.Integer, cancellationToken);
            await copy.WriteAsync(piece.WestE7, NpgsqlDbType.Integer, cancellationToken);
            await copy.WriteAsync(piece.SouthE7, NpgsqlDbType.Integer, cancellationToken);
            await copy.WriteAsync(piece.EastE7, NpgsqlDbType.Integer, cancellationToken);
            await copy.WriteAsync(piece.NorthE7, NpgsqlDbType.Integer, cancellationToken);
            await copy.WriteAsync(piece.LengthMeters, NpgsqlDbType.Real, cancellationToken);
            await copy.WriteAsync(piece.Body, NpgsqlDbType.Bytea, cancellationToken);
        }

        await copy.CompleteAsync(cancellationToken);
    }
}
