using Dapper;
using Npgsql;

namespace CommandCenter.Coverage.Reckoning;

/// <summary>
/// Which days are to be looked at again: late fixes leave a new summary of their day, an erasure leaves a note. Killed anywhere it finds them again.
/// </summary>
internal sealed class CoverageLook(NpgsqlDataSource dataSource)
{
    /// <summary>A summary carries the moment at which it was begun; it is there for others a little later.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(10);

    private const string NoteSql = """
        insert into coverage_days_due (day)
        select distinct t.day from track_days t join coverage_days d using (day)
        where t.summed_at > (select looked_at from coverage_look) - @overlap and t.summed_at > d.reckoned_at - @overlap and d.frozen_at is null
        on conflict do nothing
        """;

    private const string LookedSql = """
        insert into coverage_look (looked_at) values (@now) on conflict (one) do update set looked_at = excluded.looked_at
        """;

    private const string DueSql = "select day - date '0001-01-01' as Day, since as Since from coverage_days_due where day < date '0001-01-01' + @before order by day limit @most";

    private const string DoneSql = "delete from coverage_days_due where day = date '0001-01-01' + @day and since <= @since";

    /// <summary>Notes days whose tracks were summed up since they were reckoned, and returns all that are noted before a day, oldest first.</summary>
    public async Task<IReadOnlyList<(DateOnly Day, DateTime Since)>> DueAsync(DateOnly before, int most, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using (var transaction = await connection.BeginTransactionAsync(cancellationToken))
        {
            await connection.ExecuteAsync(new CommandDefinition(NoteSql, new { overlap = Overlap }, transaction, 60, cancellationToken: cancellationToken));
            await connection.ExecuteAsync(new CommandDefinition(LookedSql, new { now }, transaction, cancellationToken: cancellationToken));
            await transaction.CommitAsync(cancellationToken);
        }

        var due = await connection.QueryAsync<(int Day, DateTime Since)>(new CommandDefinition(
            DueSql, new { before = before.DayNumber, most }, cancellationToken: cancellationToken));
        return [.. due.Select(row => (DateOnly.FromDayNumber(row.Day), row.Since))];
    }

    /// <summary>Unless it was noted anew meanwhile.</summary>
    public async Task DoneAsync(DateOnly day, DateTime since, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(DoneSql, new { day = day.DayNumber, since }, cancellationToken: cancellationToken));
    }
}
