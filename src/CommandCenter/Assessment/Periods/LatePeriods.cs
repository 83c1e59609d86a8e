using CommandCenter.Web;
using Dapper;
using Microsoft.Extensions.Options;
using Npgsql;

namespace CommandCenter.Assessment.Periods;

/// <summary>What came late under periods that were closed.</summary>
internal sealed class LatePeriods(NpgsqlDataSource dataSource, IOptions<CenterOptions> center, TimeProvider time)
{
    private const int LooksBackDays = 100;

    /// <summary>Written down within so long before; runs are daily.</summary>
    private static readonly TimeSpan LateAlarms = TimeSpan.FromDays(7);

    // Days of coverage that were corrected, and of alarms that were written down long after they arrived, since a week or month of theirs was last reckoned.
    private const string DaysSql = """
        with late as (
            select d.day, d.corrected_at as at from coverage_days d where d.day >= @from and d.corrected_at is not null
            union all
            select (to_timestamp(a.arrived_ms / 1000.0) at time zone @zone)::date, l.stored_at from alarm_ledger l join alarms a on a.id = l.alarm_id
            where l.stored_at >= @since and l.number = 1 and a.arrived_ms < extract(epoch from l.stored_at) * 1000 - 60000)
        select distinct late.day from late where late.day >= @from and exists (
            select 1 from assessment_snapshots n
            where n.starts <= late.day and n.ends > late.day and n.closed_at is not null and n.period <> 'quarter' and n.looked_at < late.at
                and not exists (select 1 from assessment_snapshots l where l.period = n.period and l.starts = n.starts and l.version > n.version))
        order by 1
        """;

    private const string IsThereSql = "select exists (select 1 from assessment_snapshots where period = @kind and starts = @starts and (closed_at is not null or not @closed))";

    /// <summary>Days about which something came after a week or month of theirs was reckoned.</summary>
    public async Task<IReadOnlyList<DateOnly>> DaysAsync(DateOnly today, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var since = time.GetUtcNow() - LateAlarms;
        return (await connection.QueryAsync<DateOnly>(new CommandDefinition(
            DaysSql, new { from = today.AddDays(-LooksBackDays), since, zone = center.Value.TimeZone }, commandTimeout: 60, cancellationToken: cancellationToken))).AsList();
    }

    public async Task<bool> IsThereAsync(Period period, bool closed, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleAsync<bool>(new CommandDefinition(
            IsThereSql, new { kind = period.Kind.Word(), starts = period.Starts, closed }, cancellationToken: cancellationToken));
    }
}
