using CommandCenter.Areas;
using CommandCenter.Tracks.Keeping;
using Dapper;
using Microsoft.Extensions.Options;
using Npgsql;

namespace CommandCenter.Tracks.Notes;

/// <summary>Notes go when the raw tracks of their moment go, and stay as long as a hold keeps those.</summary>
internal sealed class NoteSweep(
    NpgsqlDataSource dataSource, RetentionStore rules, AreaDirectory areas, IOptions<TrackKeepingOptions> options, TimeProvider time)
{
    private const int MostSeconds = 120;

    // A note is a moment where KeepingLock.HeldSql asks for the first and the last of a row.
    private const string DeleteSql = """
        delete from track_notes where id = any (array(
            select p.id from (select n.*, n.at_ms as first_ms, n.at_ms as last_ms from track_notes n) p
            where p.at_ms < @cutoff and {0} and not {1}
            limit @most))
        """;

    /// <summary>How many went.</summary>
    public async Task<long> RunAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var ruleDays = (await rules.ListAsync(cancellationToken)).ToDictionary(rule => rule.AreaId, rule => rule.Days);
        var groups = RetentionRules.Groups(areas.Current, ruleDays, options.Value.RawDays);
        var ruled = groups.Where(group => group.AreaIds is not null).SelectMany(group => group.AreaIds!).ToArray();
        var all = 0L;
        foreach (var group in groups)
        {
            var cutoff = TrackPiece.HourOf(now.AddDays(-group.Days).ToUnixTimeMilliseconds());
            var (who, areaIds) = group.AreaIds is { } own ? (RetentionSweep.OfAreasSql, own) : (RetentionSweep.OfOthersSql, ruled);
            var sql = string.Format(System.Globalization.CultureInfo.InvariantCulture, DeleteSql, who, KeepingLock.HeldSql);
            int gone;
            do
            {
                gone = await StepAsync(sql, new { cutoff, areaIds, now, most = options.Value.BatchRows }, cancellationToken);
                all += gone;
            }
            while (gone == options.Value.BatchRows);
        }

        return all;
    }

    private async Task<int> StepAsync(string sql, object arguments, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await KeepingLock.TakeAsync(connection, transaction, cancellationToken);
        var gone = await connection.ExecuteAsync(new CommandDefinition(sql, arguments, transaction, MostSeconds, cancellationToken: cancellationToken));
        await transaction.CommitAsync(cancellationToken);
        return gone;
    }
}
