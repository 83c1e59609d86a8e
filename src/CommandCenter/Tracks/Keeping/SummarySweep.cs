using System.Globalization;
using CommandCenter.Areas;
using CommandCenter.Tracks.Meaning;
using CommandCenter.Web;
using Dapper;
using Microsoft.Extensions.Options;
using Npgsql;

namespace CommandCenter.Tracks.Keeping;

/// <summary>
/// Deletes summaries of days that are past their keeping and held for no case: oldest day first, some thousand rows a transaction. A summary stays as long as raw tracks
/// of its day may: of what is there it would only be made again. Stopped anywhere it goes on from there, as <see cref="RetentionSweep"/> does.
/// </summary>
internal sealed class SummarySweep(
    NpgsqlDataSource dataSource, RetentionStore rules, AreaDirectory areas, IOptions<TrackKeepingOptions> options, IOptions<CenterOptions> center, TimeProvider time)
{
    private const int MostSeconds = 120;

    // Days go to and fro as numbers from the first day of the calendar, DateOnly's own count. A day is from its first to its last moment where KeepingLock.HeldSql asks.
    private const string DeleteSql = """
        delete from track_days where ctid = any (array(
            select p.row from (select ctid as row, worker_id, @fromMs::bigint as first_ms, @toMs::bigint - 1 as last_ms from track_days where day = date '0001-01-01' + @day) p
            where {0} and not {1}
            limit @most))
        """;

    private const string OldestSql = "select min(day) - date '0001-01-01' from track_days where day >= date '0001-01-01' + @from and day < date '0001-01-01' + @cutoff";

    /// <summary>Each step is told as it is done; the caller may stop between two.</summary>
    public async Task<Deleted> RunAsync(Func<Deleted, CancellationToken, Task> afterStep, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var ruleDays = (await rules.ListAsync(cancellationToken)).ToDictionary(rule => rule.AreaId, rule => rule.Days);
        var groups = RetentionRules.Groups(areas.Current, ruleDays, options.Value.RawDays);
        var ruled = groups.Where(group => group.AreaIds is not null).SelectMany(group => group.AreaIds!).ToArray();
        var all = default(Deleted);
        foreach (var group in groups)
        {
            // Whole days: the last of them ended before the cutoff.
            var cutoff = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now.AddDays(-Math.Max(group.Days, options.Value.SummaryDays)), center.Value.Zone).DateTime);
            var (who, areaIds) = group.AreaIds is { } own ? (RetentionSweep.OfAreasSql, own) : (RetentionSweep.OfOthersSql, ruled);
            var sql = string.Format(CultureInfo.InvariantCulture, DeleteSql, who, KeepingLock.HeldSql);
            for (var day = await OldestAsync(DateOnly.MinValue, cutoff, cancellationToken); day is { } oldest; day = await OldestAsync(oldest.AddDays(1), cutoff, cancellationToken))
            {
                all += await DeleteAsync(sql, oldest, areaIds, now, afterStep, cancellationToken);
            }
        }

        return all;
    }

    private async Task<DateOnly?> OldestAsync(DateOnly from, DateOnly cutoff, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var day = await connection.QuerySingleAsync<int?>(new CommandDefinition(
            OldestSql, new { from = from.DayNumber, cutoff = cutoff.DayNumber }, commandTimeout: MostSeconds, cancellationToken: cancellationToken));
        return day is { } number ? DateOnly.FromDayNumber(number) : null;
    }

    private async Task<Deleted> DeleteAsync(
        string sql, DateOnly day, int[] areaIds, DateTimeOffset now, Func<Deleted, CancellationToken, Task> afterStep, CancellationToken cancellationToken)
    {
        var (from, to) = TrackDayRules.BoundsOf(day, center.Value);
        var arguments = new
        {
            day = day.DayNumber,
            fromMs = from.ToUnixTimeMilliseconds(),
            toMs = to.ToUnixTimeMilliseconds(),
            areaIds,
            now,
            most = options.Value.BatchRows,
        };
        var all = default(Deleted);
        while (true)
        {
            var step = await StepAsync(sql, arguments, cancellationToken);
            all += step;
            await afterStep(step, cancellationToken);
            if (step.Rows < options.Value.BatchRows)
            {
                return all;
            }
        }
    }

    private async Task<Deleted> StepAsync(string sql, object arguments, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await KeepingLock.TakeAsync(connection, transaction, cancellationToken);
        var gone = await connection.ExecuteAsync(new CommandDefinition(sql, arguments, transaction, MostSeconds, cancellationToken: cancellationToken));
        await transaction.CommitAsync(cancellationToken);
        return new Deleted(gone, 0);
    }
}
