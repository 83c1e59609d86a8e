using CommandCenter.Tracks.Keeping;
using CommandCenter.Tracks.Meaning;
using Dapper;
using Npgsql;
using NpgsqlTypes;

namespace CommandCenter.Tracks.Folding;

/// <summary>What is to be folded, and the folding itself: in one transaction pieces leave and the segment is there, or nothing changed.</summary>
public sealed class TrackFoldStore(NpgsqlDataSource dataSource)
{
    private const int StatementSeconds = 120;

    private const string DueSql = """
        select hour_ms as HourMs, worker_id as WorkerId, sum(fixes)::bigint as Fixes
        from track_pieces
        group by hour_ms, worker_id
        having (count(*) >= @pieces or hour_ms < @closedMs) and sum(fixes) <= @mostFixes
        order by hour_ms, worker_id
        limit @limit
        """;

    /// <summary>One at a time for each hour, whoever believes to hold the lease: two who replace the same segment would each lose what the other folded in.</summary>
    private const string LockSql = "select pg_advisory_xact_lock(@lockClass, @hour)";

    private const string TakePiecesSql = """
        delete from track_pieces where hour_ms = @hourMs and worker_id = any(@workerIds) returning worker_id as WorkerId, body as Body
        """;

    private const string ReadSegmentsSql = """
        select worker_id as WorkerId, body as Body from track_segments where hour_ms = @hourMs and worker_id = any(@workerIds)
        """;

    private const string WriteSegmentsSql = """
        insert into track_segments (hour_ms, worker_id, first_ms, last_ms, fixes, west, south, east, north, length_meters, body)
        select @hourMs, s.* from unnest(@workerIds, @first, @last, @fixes, @west, @south, @east, @north, @meters, @bodies) as s
        on conflict (hour_ms, worker_id) do update set first_ms = excluded.first_ms, last_ms = excluded.last_ms, fixes = excluded.fixes,
            west = excluded.west, south = excluded.south, east = excluded.east, north = excluded.north,
            length_meters = excluded.length_meters, body = excluded.body
        """;

    /// <summary>First key of the advisory lock of an hour, "Fold" in ASCII; the second is the hour's number.</summary>
    private const int LockClass = 0x466F6C64;

    /// <summary>A segment holds no more; what phones never do stays in pieces, which are read all the same.</summary>
    public const int MostFixes = 500_000;

    /// <summary>Workers' hours with that many pieces, or before a moment with any, by hour and worker.</summary>
    public async Task<IReadOnlyList<DueHour>> FindDueAsync(int pieces, long closedMs, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<DueHour>(new CommandDefinition(
            DueSql, new { pieces, closedMs, mostFixes = MostFixes, limit }, commandTimeout: StatementSeconds, cancellationToken: cancellationToken))).AsList();
    }

    /// <summary>Folds all pieces of these workers' hour and returns how many there were; none when another has folded them.</summary>
    /// <exception cref="InvalidDataException">A body is damaged; nothing changed.</exception>
    /// <exception cref="PostgresException">Refused, e.g. because the day has no partition; nothing changed.</exception>
    public async Task<int> FoldAsync(long hourMs, int[] workerIds, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            LockSql, new { lockClass = LockClass, hour = (int)(hourMs / TrackPiece.HourMilliseconds) }, transaction, StatementSeconds, cancellationToken: cancellationToken));

        // What is deleted meanwhile must not be written again out of what was read before.
        await KeepingLock.ShareAsync(connection, transaction, cancellationToken);
        var taken = (await connection.QueryAsync<FoldPart>(new CommandDefinition(
            TakePiecesSql, new { hourMs, workerIds }, transaction, StatementSeconds, cancellationToken: cancellationToken))).AsList();
        if (taken.Count == 0)
        {
            return 0;
        }

        int[] folded = [.. taken.Select(part => part.WorkerId).Distinct()];
        var before = await connection.QueryAsync<FoldPart>(new CommandDefinition(
            ReadSegmentsSql,
            new { hourMs, workerIds = folded },
            transaction,
            StatementSeconds,
            cancellationToken: cancellationToken));
        await WriteAsync(connection, transaction, hourMs, TrackFold.Merge(taken.Concat(before)), cancellationToken);
        await TrackDayMarks.WriteAsync(connection, transaction, hourMs, folded, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return taken.Count;
    }

    private static async Task WriteAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, long hourMs, List<TrackPiece> segments, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(WriteSegmentsSql, connection, transaction) { CommandTimeout = StatementSeconds };
        command.Parameters.Add(new NpgsqlParameter("hourMs", NpgsqlDbType.Bigint) { Value = hourMs });
        Add("workerIds", NpgsqlDbType.Integer, segment => segment.WorkerId);
        Add("first", NpgsqlDbType.Bigint, segment => segment.FirstMs);
        Add("last", NpgsqlDbType.Bigint, segment => segment.LastMs);
        Add("fixes", NpgsqlDbType.Integer, segment => segment.Count);
        Add("west", NpgsqlDbType.Integer, segment => segment.WestE7);
        Add("south", NpgsqlDbType.Integer, segment => segment.SouthE7);
        Add("east", NpgsqlDbType.Integer, segment => segment.EastE7);
        Add("north", NpgsqlDbType.Integer, segment => segment.NorthE7);
        Add("meters", NpgsqlDbType.Real, segment => segment.LengthMeters);
        Add("bodies", NpgsqlDbType.Bytea, segment => segment.Body);
        await command.ExecuteNonQueryAsync(cancellationToken);

        void Add<T>(string name, NpgsqlDbType type, Func<TrackPiece, T> valueOf) =>
            command.Parameters.Add(new NpgsqlParameter(name, NpgsqlDbType.Array | type) { Value = segments.Select(valueOf).ToArray() });
    }
}
