using Npgsql;

namespace CommandCenter.LoadGenerator.Center;

/// <summary>How many fixes PostgreSQL holds: the sum over all pieces, which the track writer fills from the log, and what they were folded into.</summary>
internal sealed class StoredFixes(NpgsqlDataSource database, TimeProvider clock)
{
    private const string FoldsSql = "select (to_regclass('track_parts') is not null)::int::bigint";

    private const string BytesSql =
        """
        select pg_total_relation_size('track_pieces')
            + (select coalesce(sum(pg_total_relation_size(relid)), 0)::bigint from pg_partition_tree(to_regclass('track_segments')))
        """;

    private string? _parts;

    public async Task<long> CountAsync(CancellationToken cancellationToken)
    {
        _parts ??= await AskAsync(FoldsSql, cancellationToken) == 0 ? "track_pieces" : "track_parts";
        return await AskAsync($"select coalesce(sum(fixes), 0)::bigint from {_parts}", cancellationToken);
    }

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
