using CommandCenter.Areas;
using CommandCenter.Tracks.Meaning;
using CommandCenter.Web;
using Dapper;
using Microsoft.Extensions.Options;
using Npgsql;

namespace CommandCenter.Tracks.Keeping;

/// <summary>
/// Deletes raw tracks that are past their keeping and held for no case: oldest day first, some thousand rows a transaction. What is left to do
/// is what is left in the tables, so that it can be stopped anywhere and goes on from there.
/// </summary>
internal sealed class RetentionSweep(
    NpgsqlDataSource dataSource, RetentionStore rules, AreaDirectory areas, IOptions<TrackKeepingOptions> options, IOptions<CenterOptions> center, TimeProvider time)
{
    public const string PoisonedTable = "poisoned_log_entries";
    private const string PiecesTable = "track_pieces";
    private const string RejectsTable = "track_rejects";
    private const long DayMs = 24 * TrackPiece.HourMilliseconds;
    private const int MostSeconds = 120;

    // track_segments is partitioned: deleting is done in the day's own table, where a ctid names one row.
    private const string DeleteSql = """
        delete from {0} where ctid = any (array(
            select p.ctid from {0} p
            where p.hour_ms >= @from and p.hour_ms < @to and {1} and not {2}
            limit @most))
        returning worker_id as WorkerId, hour_ms as HourMs, fixes as Fixes
        """;

    internal const string OfAreasSql = "p.worker_id in (select id from workers where home_area_id = any(@areaIds))";
    internal const string OfOthersSql = "not exists (select 1 from workers w where w.id = p.worker_id and w.home_area_id = any(@areaIds))";

    private const string DeletePoisonedSql = """
        delete from poisoned_log_entries where ctid = any (array(select ctid from poisoned_log_entries where seen_at < @before limit @most))
        """;

    private const string PartitionsSql = "select inhrelid::regclass::text from pg_inherits where inhparent = 'track_segments'::regclass order by 1";

    /// <summary>Each step is told as it is done; the caller may stop between two.</summary>
    public async Task<Deleted> RunAsync(Func<Deleted, CancellationToken, Task> afterStep, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var ruleDays = (await rules.ListAsync(cancellationToken)).ToDictionary(rule => rule.AreaId, rule => rule.Days);
        var groups = RetentionRules.Groups(areas.Current, ruleDays, options.Value.RawDays);
        var ruled = groups.Where(group => group.AreaIds is not null).SelectMany(group => group.AreaIds!).ToArray();
        var all = default(Deleted);
        foreach (var table in (string[])[PiecesTable, RejectsTable, .. await PartitionsAsync(cancellationToken)])
        {
            foreach (var group in groups)
            {
                all += await DeleteAsync(table, group, ruled, now, afterStep, cancellationToken);
            }

            await DropIfEmptyAsync(table, now, groups.Max(group => group.Days), cancellationToken);
        }

        var before = now.AddDays(-options.Value.RawDays);
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            DeletePoisonedSql, new { before, most = options.Value.BatchRows }, commandTimeout: MostSeconds, cancellationToken: cancellationToken));
        return all;
    }

    private async Task<List<string>> PartitionsAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<string>(new CommandDefinition(PartitionsSql, cancellationToken: cancellationToken))).AsList();
    }

    private async Task<Deleted> DeleteAsync(
        string table, RetentionGroup group, int[] ruled, DateTimeOffset now, Func<Deleted, CancellationToken, Task> afterStep, CancellationToken cancellationToken)
    {
        // Whole hours: the last of them ended before the cutoff.
        var cutoff = TrackPiece.HourOf(now.AddDays(-group.Days).ToUnixTimeMilliseconds());
        var (who, ids) = group.AreaIds is { } own ? (OfAreasSql, own) : (OfOthersSql, ruled);
        var rejects = table == RejectsTable;
        var held = rejects ? KeepingLock.HeldSql.Replace("p.last_ms", "p.hour_ms + 3600000", StringComparison.Ordinal).Replace("p.first_ms", "p.hour_ms", StringComparison.Ordinal) : KeepingLock.HeldSql;
        var sql = string.Format(System.Globalization.CultureInfo.InvariantCulture, DeleteSql, table, who, held);
        var all = default(Deleted);
        for (var day = await OldestAsync(table, long.MinValue, cutoff, cancellationToken); day is { } from; day = await OldestAsync(table, from + DayMs, cutoff, cancellationToken))
        {
            while (true)
            {
                var step = await StepAsync(sql, table, now, new { from, to = Math.Min(from + DayMs, cutoff), areaIds = ids, now, most = options.Value.BatchRows }, cancellationToken);
                all += step;
                await afterStep(step, cancellationToken);
                if (step.Rows < options.Value.BatchRows)
                {
                    break;
                }
            }
        }

        return all;
    }

    /// <summary>The start of the UTC day of the oldest row from <paramref name="from"/> on that is before the cutoff; null: none.</summary>
    private async Task<long?> OldestAsync(string table, long from, long cutoff, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var hour = await connection.QuerySingleAsync<long?>(new CommandDefinition(
            $"select min(hour_ms) from {table} where hour_ms >= @from and hour_ms < @cutoff", new { from, cutoff }, commandTimeout: MostSeconds, cancellationToken: cancellationToken));
        return hour is { } ms ? ms - (((ms % DayMs) + DayMs) % DayMs) : null;
    }

    /// <param name="sql">Deletes some rows.</param>
    /// <param name="table">Of which. Tracks are in the summaries of their days, which cannot be made anew without them: that is noted with the deletion.</param>
    /// <param name="now">The round's moment.</param>
    /// <param name="arguments">Of the statement.</param>
    /// <param name="cancellationToken">Ends the step, which then did nothing.</param>
    private async Task<Deleted> StepAsync(string sql, string table, DateTimeOffset now, object arguments, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await KeepingLock.TakeAsync(connection, transaction, cancellationToken);
        var gone = (await connection.QueryAsync<(int WorkerId, long HourMs, int Fixes)>(
            new CommandDefinition(sql, arguments, transaction, MostSeconds, cancellationToken: cancellationToken))).AsList();
        if (table != RejectsTable)
        {
            WorkerDay[] days = [.. TrackDayRules.DaysOf(gone.Select(row => (row.WorkerId, row.HourMs)), center.Value)];
            await TrackDayStore.MarkDroppedAsync(connection, transaction, days, unfolded: table == PiecesTable, now, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return new Deleted(gone.Count, gone.Sum(row => (long)row.Fixes));
    }

    /// <summary>A day's table that is past everybody's keeping and empty goes whole; when readers are in the way, another time.</summary>
    private async Task DropIfEmptyAsync(string table, DateTimeOffset now, int mostDays, CancellationToken cancellationToken)
    {
        if (!PartitionNames.TryDayOf(table, out var dayMs) || dayMs + DayMs > now.AddDays(-mostDays).ToUnixTimeMilliseconds())
        {
            return;
        }

        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        try
        {
            await connection.ExecuteAsync(new CommandDefinition(
                $"set local lock_timeout = '1s'; lock table {table} in access exclusive mode", transaction: transaction, cancellationToken: cancellationToken));
            if (!await connection.QuerySingleAsync<bool>(new CommandDefinition($"select exists (select 1 from {table})", transaction: transaction, cancellationToken: cancellationToken)))
            {
                await connection.ExecuteAsync(new CommandDefinition($"drop table {table}", transaction: transaction, cancellationToken: cancellationToken));
            }

            await transaction.CommitAsync(cancellationToken);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            // The next round finds it as empty as now.
        }
    }
}
