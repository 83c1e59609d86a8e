using CommandCenter.Contracts.Access;
using CommandCenter.Storage;
using Dapper;
using Npgsql;

namespace CommandCenter.Access.Kiosks;

/// <summary>Paired displays in PostgreSQL: an account of role wall without a password, and what it shows.</summary>
public sealed class KioskStore(NpgsqlDataSource dataSource, AccountStore accounts, KioskPairings pairings, TimeProvider time)
{
    private const string Select =
        """
        select k.account_id as Id, k.name as Name, a.area_id as AreaId, k.language as Language, k.style as Style, k.view_areas as ViewAreas,
               k.view_seconds as ViewSeconds, k.reload_at as ReloadAt, k.created_at as CreatedAt, k.last_seen_at as LastSeenAt,
               a.disabled_at as RevokedAt
        from kiosks k
        join accounts a on a.id = k.account_id
        """;

    private const string SelectPage = Select + " where k.account_id > @after and a.area_id = any(@areaIds) order by k.account_id limit @limit";

    private const string SelectOne = Select + " where k.account_id = @id";

    public async Task<IReadOnlyList<KioskRow>> PageAsync(int[] areaIds, int after, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<KioskRow>(new CommandDefinition(
            SelectPage, new { areaIds, after, limit }, cancellationToken: cancellationToken))).AsList();
    }

    public async Task<KioskRow?> FindAsync(int id, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<KioskRow>(new CommandDefinition(SelectOne, new { id }, cancellationToken: cancellationToken));
    }

    private const string Insert =
        """
        insert into kiosks (account_id, name, language, style, view_areas, view_seconds, reload_at, created_at)
        values (@id, @Name, @Language, @Style, @viewAreas, @viewSeconds, @ReloadAt, @now)
        """;

    /// <summary>Makes the kiosk and gives it to the display that shows the code, both or neither.</summary>
    public async Task<(KioskOutcome Outcome, int Id)> PairAsync(string code, KioskDraft draft, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ChangeFeed.BumpAsync(connection, transaction, AccountStore.Feed, cancellationToken);
        if (await pairings.ClaimAsync(connection, transaction, code, cancellationToken) is not { } pairing)
        {
            return (KioskOutcome.WrongCode, 0);
        }

        if (await accounts.InsertAsync(connection, transaction, draft.User, null, AccountRole.Wall, draft.AreaId, cancellationToken) is not { } id)
        {
            return (KioskOutcome.NameTaken, 0);
        }

        await connection.ExecuteAsync(new CommandDefinition(Insert, Parameters(id, draft, time.GetUtcNow()), transaction, cancellationToken: cancellationToken));
        await pairings.GiveAsync(connection, transaction, pairing, id, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return (KioskOutcome.Done, id);
    }

    private const string UpdateKiosk =
        """
        update kiosks k
        set name = @Name, language = @Language, style = @Style, view_areas = @viewAreas, view_seconds = @viewSeconds, reload_at = @ReloadAt
        from accounts a
        where k.account_id = @id and a.id = k.account_id and a.disabled_at is null
        """;

    // The stamp stays: the display must not be paired again because its area changed. Its session takes the new area on with its next request.
    private const string UpdateAccount =
        """
        update accounts set user_name = @user, area_id = @areaId
        where id = @id and not exists (select 1 from accounts o where lower(o.user_name) = lower(@user) and o.id <> @id)
        """;

    public async Task<KioskOutcome> ChangeAsync(int id, KioskDraft draft, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ChangeFeed.BumpAsync(connection, transaction, AccountStore.Feed, cancellationToken);
        if (await connection.ExecuteAsync(new CommandDefinition(
            UpdateKiosk, Parameters(id, draft, time.GetUtcNow()), transaction, cancellationToken: cancellationToken)) == 0)
        {
            return KioskOutcome.Gone;
        }

        if (await connection.ExecuteAsync(new CommandDefinition(
            UpdateAccount, new { id, user = draft.User, areaId = draft.AreaId }, transaction, cancellationToken: cancellationToken)) == 0)
        {
            return KioskOutcome.NameTaken;
        }

        await transaction.CommitAsync(cancellationToken);
        return KioskOutcome.Done;
    }

    // Its name becomes free for the display that takes its place: kiosk:lobby turns into kiosk#12:lobby.
    private const string RevokeAccount =
        """
        update accounts set disabled_at = @now, stamp = @stamp, user_name = 'kiosk#' || id || substr(user_name, 6)
        where id = @id and disabled_at is null and exists (select 1 from kiosks where account_id = @id)
        """;

    /// <summary>For good: ends its session and its walls. False when it was revoked before.</summary>
    public async Task<bool> RevokeAsync(int id, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ChangeFeed.BumpAsync(connection, transaction, AccountStore.Feed, cancellationToken);
        var revoked = await connection.ExecuteAsync(new CommandDefinition(
            RevokeAccount, new { id, now = time.GetUtcNow(), stamp = AccountStore.NewStamp() }, transaction, cancellationToken: cancellationToken));
        await transaction.CommitAsync(cancellationToken);
        return revoked > 0;
    }

    private const string UpdateSeen =
        """
        update kiosks k set last_seen_at = n.at
        from unnest(@ids, @times) as n(id, at)
        where k.account_id = n.id and (k.last_seen_at is null or k.last_seen_at < n.at)
        """;

    public async Task SeenAsync(IReadOnlyList<(int AccountId, DateTimeOffset At)> seen, CancellationToken cancellationToken)
    {
        if (seen.Count == 0)
        {
            return;
        }

        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            UpdateSeen,
            new { ids = seen.Select(kiosk => kiosk.AccountId).ToArray(), times = seen.Select(kiosk => kiosk.At.UtcDateTime).ToArray() },
            cancellationToken: cancellationToken));
    }

    private static object Parameters(int id, KioskDraft draft, DateTimeOffset now) => new
    {
        id,
        draft.Name,
        draft.Language,
        draft.Style,
        viewAreas = draft.Views.Select(view => view.AreaId).ToArray(),
        viewSeconds = draft.Views.Select(view => view.Seconds).ToArray(),
        draft.ReloadAt,
        now,
    };
}
