using CommandCenter.Contracts.Access;
using Dapper;
using Npgsql;

namespace CommandCenter.Access;

/// <summary>Which rows of the trail are asked for; null asks for all. Ids are below <paramref name="Before"/>.</summary>
public sealed record AuditQuery(
    int[] AreaIds,
    long Before,
    int Limit,
    string? Worker = null,
    string? User = null,
    string? Action = null,
    DateTimeOffset? From = null,
    DateTimeOffset? To = null);

/// <summary>Reads the trail that <see cref="AuditStore"/> writes.</summary>
public sealed class AuditTrail(NpgsqlDataSource dataSource)
{
    // Only what is asked for stands in the query, so that each combination is planned for itself. The worker's code is looked up in the
    // roster's table: the trail keeps ids, because codes are what people correct; so rows of workers who left are found too.
    private const string SelectPage =
        """
        select a.id as Id, a.at as At, a.user_name as UserName, a.role as Role, a.action as Action, w.code as Worker, a.area_id as AreaId,
               a.reason as Reason, a.detail as Detail
        from audit a
        left join workers w on w.id = a.worker_id
        where a.id < @Before and a.area_id = any(@AreaIds)
        """;

    private const string NewestFirst = " order by a.id desc limit @Limit";

    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<AuditRow>> PageAsync(AuditQuery query, CancellationToken cancellationToken)
    {
        string[] conditions =
        [
            query.Worker is null ? "" : " and a.worker_id = (select id from workers where lower(code) = lower(@Worker))",
            query.User is null ? "" : " and lower(a.user_name) = lower(@User)",
            query.Action is null ? "" : " and a.action = @Action",
            query.From is null ? "" : " and a.at >= @From",
            query.To is null ? "" : " and a.at < @To",
        ];
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<AuditRow>(new CommandDefinition(
            SelectPage + string.Concat(conditions) + NewestFirst, query, cancellationToken: cancellationToken))).AsList();
    }

    private const string SelectLooks =
        """
        select a.id as Id, a.at as At, a.user_name as UserName, a.role as Role, a.action as Action, a.reason as Reason
        from audit a
        where a.worker_id = @workerId and a.id < @before and a.action = any(@actions)
        order by a.id desc
        limit @limit
        """;

    /// <summary>Who looked at the worker's whereabouts, newest first: for the worker, so without what else was noted.</summary>
    public async Task<IReadOnlyList<AuditRow>> LooksAtAsync(int workerId, long before, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<AuditRow>(new CommandDefinition(
            SelectLooks, new { workerId, before, limit, actions = AuditActions.LooksAtOne }, cancellationToken: cancellationToken))).AsList();
    }
}

/// <summary>A row of the trail as it is read.</summary>
public sealed class AuditRow
{
    public long Id { get; init; }

    public DateTime At { get; init; }

    public string UserName { get; init; } = "";

    public short? Role { get; init; }

    public string Action { get; init; } = "";

    public string? Worker { get; init; }

    public int? AreaId { get; init; }

    public string? Reason { get; init; }

    public string? Detail { get; init; }

    public AuditEntry ToEntry(string? area) => new(Id, Utc, UserName, RoleName, Action, Worker, area, Reason, Detail);

    public WatchedEntry ToWatched() => new(Utc, UserName, RoleName, Action, Reason);

    private DateTimeOffset Utc => new(At, TimeSpan.Zero);

    private string? RoleName => Role is { } role ? ((AccountRole)role).Name() : null;
}
