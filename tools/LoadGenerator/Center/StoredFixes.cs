using Npgsql;

namespace CommandCenter.LoadGenerator.Center;

/// <summary>How many fixes PostgreSQL holds: the sum over all segments and pieces, which come from the log.</summary>
internal sealed class StoredFixes(NpgsqlDataSource database, TimeProvider clock)
{
    private const string CountSql = "select coalesce(sum(fixes), 0)::bigint from track_parts";

    public async Task<long> CountAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(CountSql);
        command.CommandTimeout = 120;
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>Waits until as many as expected came on top of <paramref name="before"/>, or the patience is over; then says how many did.</summary>
    public async Task<long> SinceAsync(long before, long expected, TimeSpan patience, CancellationToken cancellationToken)
    {
        var start = clock.GetTimestamp();
        while (true)
        {
            var stored = await CountAsync(cancellationToken) - before;
            if (stored >= expected || clock.GetElapsedTime(start) > patience)
            {
                return stored;
            }

            await Task.Delay(TimeSpan.FromSeconds(1), clock, cancellationToken);
        }
    }
}
