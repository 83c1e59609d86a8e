using Dapper;
using Npgsql;

namespace CommandCenter.Tracks;

/// <summary>Tracks in PostgreSQL: what the writer adds, together with how far the position log has been written.</summary>
public sealed class TrackStore(NpgsqlDataSource dataSource)
{
    private const string ReadPositionSql = "select position from track_positions where partition = @partition";

    private const string FirstPositionSql = """
        insert into track_positions (partition, position) values (@partition, @position) on conflict (partition) do nothing
        """;

    private const string MovePositionSql = """
        update track_positions set position = @next where partition = @partition and position = @previous
        """;

    private const string ReadSql = """
        select body from track_parts
        where hour_ms = any(@hours) and worker_id = @workerId and last_ms >= @fromMs and first_ms < @toMs
        order by hour_ms, first_ms
        """;

    private const string SetAsideSql = """
        insert into poisoned_log_entries (partition, position, seen_at, reason, body)
        values (@partition, @position, @seenAt, @reason, @body) on conflict do nothing
        """;

    private const string CountRejectsSql = "select count(*)::int from track_rejects";

    private const string RejectSql = """
        insert into track_rejects (partition, log_from, log_to, seen_at, reason, worker_id, hour_ms, fixes, body)
        values (@partition, @previous, @next, @seenAt, @reason, @WorkerId, @HourMs, @fixes, @Body)
        """;

    private const string ReadNewestSql = """
        select distinct on (worker_id) worker_id, body from track_parts
        where hour_ms = @hour and worker_id = any(@workerIds)
        order by worker_id, last_ms desc
        """;

    /// <summary>Pieces set aside at most; past it something is wrong that a person must mend.</summary>
    private const int MostRejected = 10_000;

    /// <summary>Pieces that are held in memory while those to blame among them are looked for.</summary>
    private const int LotPieces = 50_000;

    /// <summary>The log position up to which the partition's fixes are stored; <c>0-0</c> at first.</summary>
    public async Task<string> ReadPositionAsync(int partition, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            FirstPositionSql, new { partition, position = "0-0" }, cancellationToken: cancellationToken));
        return await connection.QuerySingleAsync<string>(new CommandDefinition(
            ReadPositionSql, new { partition }, cancellationToken: cancellationToken));
    }

    /// <summary>As <see cref="ReadPositionAsync"/>, for those who only read.</summary>
    public async Task<string> FindPositionAsync(int partition, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<string>(new CommandDefinition(
            ReadPositionSql, new { partition }, cancellationToken: cancellationToken)) ?? "0-0";
    }

    /// <summary>
    /// Stores the pieces and moves the partition's position, both or neither. False: another writer moved it first and nothing was
    /// stored, so that a fix is stored once whatever dies.
    /// </summary>
    public async Task<bool> AppendAsync(
        int partition, string previous, string next, IEnumerable<TrackPiece> pieces, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var moved = await connection.ExecuteAsync(new CommandDefinition(
            MovePositionSql, new { partition, previous, next }, transaction, cancellationToken: cancellationToken));
        if (moved == 0)
        {
            return false;
        }

        await TrackCopy.WriteAsync(connection, pieces, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>One worker's stored fixes with FixTime in [from, to), sorted and without repeats; what the log still holds is not among them.</summary>
    /// <param name="workerId">Whose.</param>
    /// <param name="fromMs">ms since 1970 UTC.</param>
    /// <param name="toMs">ms since 1970 UTC.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <param name="damaged">Called for each stretch that is damaged, or another worker's, and left out.</param>
    /// <exception cref="InvalidDataException">A stretch is damaged, and <paramref name="damaged"/> is null.</exception>
    public async Task<List<Fix>> ReadAsync(int workerId, long fromMs, long toMs, CancellationToken cancellationToken, Action? damaged = null)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var bodies = await connection.QueryAsync<byte[]>(new CommandDefinition(
            ReadSql,
            new { workerId, hours = TrackPiece.HoursOf(fromMs, toMs), fromMs, toMs },
            cancellationToken: cancellationToken));
        var fixes = new List<Fix>();
        foreach (var body in bodies)
        {
            if (damaged is null)
            {
                TrackCodec.Decode(body, fixes);
            }
            else if (!TrackCodec.TryDecode(body, fixes, workerId))
            {
                damaged();
            }
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

    /// <summary>
    /// As <see cref="AppendAsync"/>, piece by piece, after a refusal of all together: those that PostgreSQL refuses for what they are go to
    /// <c>track_rejects</c>, the others to tracks, and the position moves, all in one transaction. The refused ones are returned; null when
    /// another writer was faster.
    /// </summary>
    /// <exception cref="PostgresException">The failure is none of the pieces', or as many as allowed are set aside already.</exception>
    public async Task<IReadOnlyList<RejectedPiece>?> AppendOneByOneAsync(
        int partition, string previous, string next, IEnumerable<TrackPiece> pieces, DateTimeOffset seenAt, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var moved = await connection.ExecuteAsync(new CommandDefinition(
            MovePositionSql, new { partition, previous, next }, transaction, cancellationToken: cancellationToken));
        if (moved == 0)
        {
            return null;
        }

        var rejected = new List<RejectedPiece>();
        var room = MostRejected - await connection.QuerySingleAsync<int>(new CommandDefinition(CountRejectsSql, transaction: transaction, cancellationToken: cancellationToken));
        foreach (var lot in pieces.Chunk(LotPieces))
        {
            await CopyOrHalveAsync(connection, transaction, lot, rejected, room, cancellationToken);
        }

        foreach (var (piece, reason) in rejected)
        {
            await connection.ExecuteAsync(new CommandDefinition(
                RejectSql,
                new { partition, previous, next, seenAt, reason, piece.WorkerId, piece.HourMs, fixes = piece.Count, piece.Body },
                transaction,
                cancellationToken: cancellationToken));
        }

        await transaction.CommitAsync(cancellationToken);
        return rejected;
    }

    /// <summary>Would the same rows be refused again tomorrow? Data and constraints yes; connections, locks, disks and operators no.</summary>
    public static bool IsPermanent(PostgresException refusal) =>
        refusal.SqlState.StartsWith("22", StringComparison.Ordinal) || refusal.SqlState.StartsWith("23", StringComparison.Ordinal)
        || refusal.SqlState == PostgresErrorCodes.ProgramLimitExceeded;

    /// <summary>
    /// The newest stored fix of each worker since a moment: what a picture is made of when the log and the checkpoint are lost. Hour by hour back from
    /// <paramref name="untilMs"/>, each asking for those alone who were not found yet, so that nothing reads the day's tracks as a whole.
    /// </summary>
    public async Task<List<Fix>> ReadNewestAsync(int[] workerIds, long sinceMs, long untilMs, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var newest = new List<Fix>();
        var missing = workerIds.ToHashSet();
        var part = new List<Fix>();
        for (var hour = TrackPiece.HourOf(untilMs); hour >= TrackPiece.HourOf(sinceMs) && missing.Count > 0; hour -= TrackPiece.HourMilliseconds)
        {
            var rows = await connection.QueryAsync<(int WorkerId, byte[] Body)>(new CommandDefinition(
                ReadNewestSql, new { workerIds = missing.ToArray(), hour }, commandTimeout: 60, cancellationToken: cancellationToken));
            foreach (var (workerId, body) in rows)
            {
                part.Clear();
                TrackCodec.Decode(body, part);
                newest.AddRange(part.TakeLast(1).Where(fix => fix.FixTimeMs >= sinceMs));
                missing.Remove(workerId);
            }
        }

        return newest;
    }

    /// <summary>Halves what is refused until the pieces that are to blame stand alone; the rest is stored in few steps.</summary>
    private static async Task CopyOrHalveAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<TrackPiece> pieces, List<RejectedPiece> rejected, int room, CancellationToken cancellationToken)
    {
        if (pieces.Count == 0)
        {
            return;
        }

        await transaction.SaveAsync("pieces", cancellationToken);
        try
        {
            await TrackCopy.WriteAsync(connection, pieces, cancellationToken);
            await transaction.ReleaseAsync("pieces", cancellationToken);
            return;
        }
        catch (PostgresException refusal) when (IsPermanent(refusal) && (pieces.Count > 1 || rejected.Count < room))
        {
            await transaction.RollbackAsync("pieces", cancellationToken);
            await transaction.ReleaseAsync("pieces", cancellationToken);
            if (pieces.Count == 1)
            {
                rejected.Add(new RejectedPiece(pieces[0], refusal.MessageText));
                return;
            }
        }

        var half = pieces.Count / 2;
        await CopyOrHalveAsync(connection, transaction, [.. pieces.Take(half)], rejected, room, cancellationToken);
        await CopyOrHalveAsync(connection, transaction, [.. pieces.Skip(half)], rejected, room, cancellationToken);
    }
}

/// <summary>A piece that PostgreSQL refuses for what it is, and what it said.</summary>
public sealed record RejectedPiece(TrackPiece Piece, string Reason);
