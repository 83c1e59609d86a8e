using Npgsql;

namespace CommandCenter.LoadGenerator.Center;

/// <summary>How many fixes PostgreSQL holds: the sum over all pieces, which the track writer fills from the log.</summary>
internal sealed class StoredFixes(NpgsqlDataSource database, TimeProvider clock)
{
    private const string CountSql = "select coalesce(sum(fixes), 0)::bigint from track_pieces";

    private const string BytesSql = "select pg_total_relation_size('track_pieces')";

    public Task<long> CountAsync(CancellationToken cancellationToken) => AskAsync(CountSql, cancellationToken);

    /// <summary>On disk, with indexes.</summary>
    public Task<long> BytesAsync(CancellationToken cancellationToken) => AskAsync(BytesSql, cancellationToken);

    /// <summary>Waits until as many as expected came on top of <paramref name="before"/>, or the patience is over; then says how many did.</summary>
    public async Task<long> SinceAsync(long before, long expected, TimeSpan patience, CancellationToken cancellationToken)
    {
        var start = clock.GetTimestamp();
        while (true)
        {
            var asked = clock.GetTimestamp();
            var stored = await CountAsync(cancellationToken) - before;
            if (stored >= expected || clock.GetElapsedTime(start) > patience)
            {
                return stored;
            }

            // Millions of pieces take a while to add up: the asking must not be what PostgreSQL is busy with.
            var pause = Math.Clamp(4 * clock.GetElapsedTime(asked).TotalSeconds, 1, 30);
            await Task.Delay(TimeSpan.FromSeconds(pause), clock, cancellationToken);
        }
    }

    private async Task<long> AskAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(sql);
        command.CommandTimeout = 120;
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
