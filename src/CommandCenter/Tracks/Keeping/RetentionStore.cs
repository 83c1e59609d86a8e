using CommandCenter.Access;
using Dapper;
using Npgsql;

namespace CommandCenter.Tracks.Keeping;

/// <summary>Rules of areas that keep tracks longer or shorter than others.</summary>
internal sealed class RetentionStore(NpgsqlDataSource dataSource, AuditStore audit)
{
    private const string SelectSql = "select area_id as AreaId, days as Days, reason as Reason, set_at as SetAt, set_by as SetBy from track_retention order by area_id";

    private const string SetSql = """
        insert into track_retention (area_id, days, reason, set_at, set_by) values (@areaId, @days, @reason, @at, @by)
        on conflict (area_id) do update set days = excluded.days, reason = excluded.reason, set_at = excluded.set_at, set_by = excluded.set_by
        """;

    private const string DeleteSql = "delete from track_retention where area_id = @areaId";

    private const int CountWithinSeconds = 10;

    private const string PastSql = $"""
        select count(*) filter (where not held)::bigint as Rows, coalesce(sum(fixes) filter (where not held), 0)::bigint as Fixes,
               count(*) filter (where held)::bigint as Held, min(hour_ms) filter (where not held) as OldestMs
        from (
            select p.fixes, p.hour_ms, {KeepingLock.HeldSql} as held from track_parts p
            where p.hour_ms < @cutoffMs and p.worker_id in (select id from workers where home_area_id = any(@areaIds))) past
        """;

    /// <summary>What people at home in these areas have of tracks before the cutoff; null when there is too much of it to be counted while somebody waits.</summary>
    public async Task<PastKeeping?> PastAsync(int[] areaIds, long cutoffMs, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        try
        {
            return await connection.QuerySingleAsync<PastKeeping>(new CommandDefinition(
                PastSql, new { areaIds, cutoffMs, now }, commandTimeout: CountWithinSeconds, cancellationToken: cancellationToken));
        }
        catch (NpgsqlException e) when (e.InnerException is TimeoutException)
        {
            return null;
        }
    }

    public async Task<IReadOnlyList<RetentionRow>> ListAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<RetentionRow>(new CommandDefinition(SelectSql, cancellationToken: cancellationToken))).AsList();
    }

    /// <summary>Sets or, without days, takes away the rule of an area; with its row on the trail, both or neither.</summary>
    public async Task SetAsync(Viewer viewer, int areaId, int? days, AuditReason reason, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            days is null ? DeleteSql : SetSql, new { areaId, days, reason = reason.OnTrail, at, by = viewer.User }, transaction, cancellationToken: cancellationToken));
        var detail = days is null ? $"as elsewhere; {reason.OnTrail}" : $"{days} days; {reason.OnTrail}";
        await audit.WriteWithinAsync(connection, transaction, viewer, [new AuditAct(AuditActions.SetRetention, areaId, Detail: detail)], cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}

/// <summary>What is past its keeping: rows and fixes to go, rows that cases keep, and the hour of the oldest to go.</summary>
internal sealed record PastKeeping(long Rows, long Fixes, long Held, long? OldestMs);

/// <summary>A rule as it is stored.</summary>
internal sealed class RetentionRow
{
    public int AreaId { get; init; }

    public int Days { get; init; }

    public string Reason { get; init; } = "";

    public DateTime SetAt { get; init; }

    public string SetBy { get; init; } = "";
}
