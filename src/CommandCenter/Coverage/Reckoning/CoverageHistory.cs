using CommandCenter.Jobs;
using CommandCenter.Tracks.Keeping;
using CommandCenter.Web;
using Dapper;
using Microsoft.Extensions.Options;
using Npgsql;

namespace CommandCenter.Coverage.Reckoning;

/// <summary>
/// Days of which there are tracks and no coverage: from before there was any, or their fixes came when they were over. Newest first, as far back as all of their tracks are kept.
/// </summary>
internal sealed class CoverageHistory(NpgsqlDataSource dataSource, IOptions<CoverageOptions> options, IOptions<TrackKeepingOptions> tracks, IOptions<CenterOptions> center)
{
    private const string KeptDaysSql = "select coalesce(max(days), 0) from track_retention";

    private const string KnownSql = "select day - date '0001-01-01' from coverage_days where day >= date '0001-01-01' + @from and day < date '0001-01-01' + @before";

    // The first part that is found of each day, by the index of hours, a day may begin amid one.
    private const string MissingSql = """
        select d.day from unnest(@days, @froms, @tos) as d (day, from_ms, to_ms)
        cross join lateral (
            select from track_parts p where p.hour_ms > d.from_ms - 3600000 and p.hour_ms < d.to_ms and p.last_ms >= d.from_ms and p.first_ms < d.to_ms limit 1) as any_part
        order by d.day desc limit @most
        """;

    /// <param name="before">The day after the last that is looked at.</param>
    /// <param name="most">Days.</param>
    /// <param name="now">The moment.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<IReadOnlyList<DateOnly>> MissingAsync(DateOnly before, int most, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var kept = Math.Max(tracks.Value.RawDays, await connection.QuerySingleAsync<int>(new CommandDefinition(KeptDaysSql, cancellationToken: cancellationToken)));
        var first = JobWindow.DayOf(now, center.Value).AddDays(1 - Math.Min(kept, options.Value.KeepDays));
        if (first >= before)
        {
            return [];
        }

        var known = (await connection.QueryAsync<int>(new CommandDefinition(
            KnownSql, new { from = first.DayNumber, before = before.DayNumber }, cancellationToken: cancellationToken))).ToHashSet();
        int[] days = [.. Enumerable.Range(first.DayNumber, before.DayNumber - first.DayNumber).Where(day => !known.Contains(day))];
        var missing = await connection.QueryAsync<int>(new CommandDefinition(
            MissingSql,
            new { days, froms = Array.ConvertAll(days, BeginOf), tos = Array.ConvertAll(days, day => BeginOf(day + 1)), most },
            commandTimeout: 60,
            cancellationToken: cancellationToken));
        return [.. missing.Select(DateOnly.FromDayNumber)];
    }

    private long BeginOf(int day) => JobWindow.StartOf(DateOnly.FromDayNumber(day), center.Value).ToUnixTimeMilliseconds();
}
