using System.Globalization;
using Dapper;
using Npgsql;

namespace CommandCenter.Tracks.Folding;

/// <summary>The partitions of <c>track_segments</c>, one a UTC day, named <c>track_segments_20260131</c>.</summary>
public sealed class TrackPartitions(NpgsqlDataSource dataSource)
{
    public const long DayMilliseconds = 24 * TrackPiece.HourMilliseconds;

    // Any number, as long as nothing else in the database takes the same: "Track_pt" in ASCII.
    private const string LockSql = "select pg_advisory_xact_lock(6085033126162034804)";

    private const string IsAttachedSql = "select exists (select 1 from pg_inherits where inhrelid = to_regclass(@name))";

    private readonly HashSet<long> _known = [];

    public static long DayOf(long ms) => (ms >= 0 ? ms : ms - DayMilliseconds + 1) / DayMilliseconds;

    public static string NameOf(long day) =>
        "track_segments_" + DateTimeOffset.FromUnixTimeMilliseconds(day * DayMilliseconds).ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    /// <summary>
    /// Makes the day's partition unless it is there. Attached, not created in place: that would lock readers of all days out until the last of them has finished.
    /// </summary>
    public async Task EnsureAsync(long day, CancellationToken cancellationToken)
    {
        if (_known.Contains(day))
        {
            return;
        }

        var name = NameOf(day);
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(LockSql, transaction: transaction, cancellationToken: cancellationToken));
        if (!await connection.QuerySingleAsync<bool>(new CommandDefinition(IsAttachedSql, new { name }, transaction, cancellationToken: cancellationToken)))
        {
            // Names and bounds are numbers of ours; DDL takes no parameters.
            var sql = string.Create(
                CultureInfo.InvariantCulture,
                $"""
                create table if not exists {name} (like track_segments including all);
                alter table track_segments attach partition {name} for values from ({day * DayMilliseconds}) to ({(day + 1) * DayMilliseconds})
                """);
            await connection.ExecuteAsync(new CommandDefinition(sql, transaction: transaction, cancellationToken: cancellationToken));
        }

        await transaction.CommitAsync(cancellationToken);
        _known.Add(day);
    }

    /// <summary>What was known may be gone: a day past its keeping is dropped whole.</summary>
    public void Forget() => _known.Clear();
}
