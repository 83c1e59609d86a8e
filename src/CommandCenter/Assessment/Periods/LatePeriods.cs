using Dapper;
using Npgsql;

namespace CommandCenter.Assessment.Periods;

/// <summary>What came late under periods that were closed.</summary>
internal sealed class LatePeriods(NpgsqlDataSource dataSource)
{
    private const int LooksBackDays = 100;

    // Weeks, months and quarters of a day are closed at different times: the oldest newest version decides.
    private const string DaysSql = """
        select d.day from coverage_days d
        where d.day >= @from and d.corrected_at is not null and exists (
            select 1 from assessment_snapshots n
            where n.starts <= d.day and n.ends > d.day and n.closed_at is not null and n.period <> 'quarter' and n.looked_at < d.corrected_at
                and not exists (select 1 from assessment_snapshots l where l.period = n.period and l.starts = n.starts and l.version > n.version))
        order by d.day
        """;

    private const string IsThereSql = "select exists (select 1 from assessment_snapshots where period = @kind and starts = @starts and (closed_at is not null or not @closed))";

    /// <summary>Days whose coverage was corrected after a week or month of theirs was reckoned.</summary>
    public async Task<IReadOnlyList<DateOnly>> DaysAsync(DateOnly today, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<DateOnly>(new CommandDefinition(DaysSql, new { from = today.AddDays(-LooksBackDays) }, cancellationToken: cancellationToken))).AsList();
    }

    public async Task<bool> IsThereAsync(Period period, bool closed, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleAsync<bool>(new CommandDefinition(
            IsThereSql, new { kind = period.Kind.Word(), starts = period.Starts, closed }, cancellationToken: cancellationToken));
    }
}
