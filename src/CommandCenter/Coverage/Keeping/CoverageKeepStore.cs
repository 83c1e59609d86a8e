using CommandCenter.Tracks.Keeping;
using Dapper;
using Npgsql;

namespace CommandCenter.Coverage.Keeping;

/// <summary>Letting go of what was reckoned. Days go to and fro as numbers from the first day of the calendar, DateOnly's own count; held by the caller's transaction.</summary>
internal static class CoverageKeepStore
{
    private const int StatementSeconds = 120;

    // The row p of a worker's day as KeepingLock.HeldSql asks for it.
    private const string AsTracks = """
        (select ctid as row, worker_id, day, (extract(epoch from day::timestamp at time zone @zone) * 1000)::bigint as first_ms,
                (extract(epoch from (day + 1)::timestamp at time zone @zone) * 1000)::bigint - 1 as last_ms
         from coverage_worker_days) p
        """;

    // Whoever is summed up without them is another day: it is noted.
    private const string EraseSql = $"""
        with gone as (
            delete from coverage_worker_days where ctid = any (array(
                select p.row from {AsTracks}
                where p.worker_id = @workerId and p.day <= date '0001-01-01' + @untilDay and not {KeepingLock.HeldSql} limit @most))
            returning day),
        noted as (insert into coverage_days_due (day) select distinct day from gone on conflict (day) do update set since = clock_timestamp())
        select count(*) from gone
        """;

    // Of the last day the center may have reckoned anew what came after the erasure.
    private const string LeftSql = "select exists (select 1 from coverage_worker_days where worker_id = @workerId and day < date '0001-01-01' + @untilDay)";

    private const string CountSql = "select count(*) from coverage_worker_days where worker_id = @workerId";

    // What was summed of them cannot be summed again.
    private const string LetGoSql = $$"""
        with gone as (
            delete from coverage_worker_days where ctid = any (array(
                select p.row from {{AsTracks}}
                where p.day < date '0001-01-01' + @before and {0} and not {{KeepingLock.HeldSql}} order by p.day limit @most))
            returning day),
        frozen as (update coverage_days set frozen_at = @now where frozen_at is null and day in (select day from gone))
        select count(*) from gone
        """;

    private const string DropTilesSql = """
        delete from coverage_tiles where ctid = any (array(select ctid from coverage_tiles where day < date '0001-01-01' + @before order by day limit @most))
        """;

    private const string DropDaysSql = """
        delete from coverage_days d where day < date '0001-01-01' + @before and not exists (select 1 from coverage_tiles t where t.day = d.day)
            and not exists (select 1 from coverage_worker_days w where w.day = d.day)
        """;

    public static Task<long> CountAsync(NpgsqlConnection connection, int workerId, CancellationToken cancellationToken) =>
        connection.QuerySingleAsync<long>(new CommandDefinition(CountSql, new { workerId }, commandTimeout: StatementSeconds, cancellationToken: cancellationToken));

    /// <summary>Up to and with a day, but for what a case holds; how many went.</summary>
    public static Task<long> EraseAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, int workerId, DateOnly untilDay, string zone, DateTimeOffset now, int most, CancellationToken cancellationToken) =>
        connection.QuerySingleAsync<long>(new CommandDefinition(
            EraseSql, new { workerId, untilDay = untilDay.DayNumber, zone, now, most }, transaction, StatementSeconds, cancellationToken: cancellationToken));

    public static Task<bool> IsLeftAsync(NpgsqlConnection connection, int workerId, DateOnly untilDay, CancellationToken cancellationToken) =>
        connection.QuerySingleAsync<bool>(new CommandDefinition(LeftSql, new { workerId, untilDay = untilDay.DayNumber }, cancellationToken: cancellationToken));

    /// <param name="connection">Of the transaction.</param>
    /// <param name="transaction">That holds <see cref="KeepingLock"/>.</param>
    /// <param name="who">SQL about <c>p.worker_id</c> and <c>@areaIds</c>.</param>
    /// <param name="areaIds">Of it.</param>
    /// <param name="before">The first day that is kept.</param>
    /// <param name="zone">Of the center.</param>
    /// <param name="now">For holds.</param>
    /// <param name="most">Rows.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static Task<long> LetGoAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, string who, int[] areaIds, DateOnly before, string zone, DateTimeOffset now, int most, CancellationToken cancellationToken) =>
        connection.QuerySingleAsync<long>(new CommandDefinition(
            string.Format(System.Globalization.CultureInfo.InvariantCulture, LetGoSql, who),
            new { areaIds, before = before.DayNumber, zone, now, most },
            transaction,
            StatementSeconds,
            cancellationToken: cancellationToken));

    public static async Task<long> DropAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, DateOnly before, int most, CancellationToken cancellationToken)
    {
        var arguments = new { before = before.DayNumber, most };
        var gone = await connection.ExecuteAsync(new CommandDefinition(DropTilesSql, arguments, transaction, StatementSeconds, cancellationToken: cancellationToken));
        if (gone < most)
        {
            await connection.ExecuteAsync(new CommandDefinition(DropDaysSql, arguments, transaction, StatementSeconds, cancellationToken: cancellationToken));
        }

        return gone;
    }
}
