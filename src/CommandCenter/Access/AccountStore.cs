using System.Security.Cryptography;
using CommandCenter.Contracts.Access;
using CommandCenter.Storage;
using Dapper;
using Npgsql;

namespace CommandCenter.Access;

/// <summary>Accounts in PostgreSQL.</summary>
public sealed class AccountStore(NpgsqlDataSource dataSource, TimeProvider time)
{
    public const string Feed = "accounts";

    private const string Columns =
        """
        id as Id, user_name as UserName, role as Role, area_id as AreaId, stamp as Stamp, created_at as CreatedAt, disabled_at as DisabledAt,
        exists (select 1 from kiosks k where k.account_id = accounts.id) as Kiosk
        """;

    private const string SelectAll = $"select {Columns} from accounts order by id";

    // One look into the trail's index of sign-ins for each account on the page.
    private const string SelectPeople =
        $"""
        select {Columns}, (select a.at from audit a where a.account_id = accounts.id and a.action = 'sign-in' order by a.id desc limit 1) as LastSignInAt
        from accounts
        where id > @after and area_id = any(@areaIds) and not exists (select 1 from kiosks k where k.account_id = accounts.id)
        order by id
        limit @limit
        """;

    private const string SelectForSignIn = $"select {Columns}, password_hash as PasswordHash from accounts where lower(user_name) = lower(@user)";

    private const string Insert =
        """
        insert into accounts (user_name, password_hash, role, area_id, stamp, created_at)
        values (@user, @hash, @role, @areaId, @stamp, @now)
        on conflict (lower(user_name)) do nothing
        returning id
        """;

    private const string UpdatePassword = "update accounts set password_hash = @hash, stamp = @stamp where id = @id and stamp = @was and disabled_at is null";

    private const string UpdateDisabled = "update accounts set disabled_at = @now, stamp = @stamp where id = @id and stamp = @was and disabled_at is null";

    private const string UpdateEnabled = "update accounts set disabled_at = null, stamp = @stamp where id = @id and stamp = @was and disabled_at is not null";

    private const string UpdateRights =
        "update accounts set role = @role, area_id = @areaId, stamp = @stamp where id = @id and stamp = @was and (role, area_id) <> (@role, @areaId)";

    // Asked after the change and before its commit: the directory's version, bumped first, lets one change of accounts through at a time.
    private const string SelectRuled =
        """
        select exists (
            select 1 from accounts a join areas r on r.id = a.area_id
            where r.parent_id is null and a.role = @administrator and a.disabled_at is null)
        """;

    public static string NewStamp() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    public async Task<List<AccountRow>> LoadAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<AccountRow>(new CommandDefinition(SelectAll, cancellationToken: cancellationToken))).AsList();
    }

    /// <summary>People, by ascending id above <paramref name="after"/>, of the areas; with when they last signed in.</summary>
    public async Task<List<AccountRow>> PageAsync(int[] areaIds, int after, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<AccountRow>(new CommandDefinition(
            SelectPeople, new { areaIds, after, limit }, cancellationToken: cancellationToken))).AsList();
    }

    /// <summary>The account with its password's hash, disabled or not; null when there is none of that name.</summary>
    public async Task<AccountRow?> FindAsync(string user, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<AccountRow>(new CommandDefinition(SelectForSignIn, new { user }, cancellationToken: cancellationToken));
    }

    /// <summary>Null when the name is taken, in any case of its letters.</summary>
    public async Task<int?> AddAsync(string user, string hash, AccountRole role, int areaId, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var id = await InsertAsync(connection, transaction, user, hash, role, areaId, cancellationToken);
        await ChangeFeed.BumpAsync(connection, transaction, Feed, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return id;
    }

    /// <summary>Within the caller's transaction, who bumps <see cref="Feed"/>. Without a hash nobody can sign in as the account.</summary>
    public Task<int?> InsertAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, string user, string? hash, AccountRole role, int areaId, CancellationToken cancellationToken) =>
        connection.ExecuteScalarAsync<int?>(new CommandDefinition(
            Insert,
            new { user, hash, role = (short)role, areaId, stamp = NewStamp(), now = time.GetUtcNow() },
            transaction,
            cancellationToken: cancellationToken));

    /// <summary>Ends all sessions of the account.</summary>
    /// <param name="id">Of the account.</param>
    /// <param name="hash">Of the new password.</param>
    /// <param name="was">The stamp of the account that was judged: one changed since may lie above the one who judged it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<AccountChanged> SetPasswordAsync(int id, string hash, string was, CancellationToken cancellationToken) =>
        ChangeAsync(UpdatePassword, id, was, new { id, hash, was, stamp = NewStamp() }, cancellationToken);

    /// <summary>Ends all sessions of the account, which must still have the stamp <paramref name="was"/>.</summary>
    public Task<AccountChanged> DisableAsync(int id, string was, CancellationToken cancellationToken) =>
        ChangeAsync(UpdateDisabled, id, was, new { id, was, stamp = NewStamp(), now = time.GetUtcNow() }, cancellationToken, takesRights: true);

    /// <summary>Sessions of before stay ended. The account must still have the stamp <paramref name="was"/>.</summary>
    public Task<AccountChanged> EnableAsync(int id, string was, CancellationToken cancellationToken) =>
        ChangeAsync(UpdateEnabled, id, was, new { id, was, stamp = NewStamp() }, cancellationToken);

    /// <summary>Ends all sessions of the account, unless it had that role and area already. It must still have the stamp <paramref name="was"/>.</summary>
    public Task<AccountChanged> SetRightsAsync(int id, AccountRole role, int areaId, string was, CancellationToken cancellationToken) =>
        ChangeAsync(UpdateRights, id, was, new { id, was, role = (short)role, areaId, stamp = NewStamp() }, cancellationToken, takesRights: true);

    private const string SelectOvertaken = "select exists (select 1 from accounts where id = @id and stamp <> @was)";

    private async Task<AccountChanged> ChangeAsync(
        string sql, int id, string was, object parameters, CancellationToken cancellationToken, bool takesRights = false)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ChangeFeed.BumpAsync(connection, transaction, Feed, cancellationToken);
        if (await connection.ExecuteAsync(new CommandDefinition(sql, parameters, transaction, cancellationToken: cancellationToken)) == 0)
        {
            return await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
                SelectOvertaken, new { id, was }, transaction, cancellationToken: cancellationToken))
                ? AccountChanged.Overtaken
                : AccountChanged.Nothing;
        }

        if (takesRights && !await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            SelectRuled, new { administrator = (short)AccountRole.Administrator }, transaction, cancellationToken: cancellationToken)))
        {
            return AccountChanged.LastAdministrator;
        }

        await transaction.CommitAsync(cancellationToken);
        return AccountChanged.Yes;
    }
}

/// <summary>What became of a change of an account.</summary>
public enum AccountChanged
{
    Yes,

    /// <summary>It is gone, or was so already.</summary>
    Nothing,

    /// <summary>Not done: nobody would be left to administer the whole.</summary>
    LastAdministrator,

    /// <summary>Not done: somebody else changed the account since it was looked at.</summary>
    Overtaken,
}

/// <summary>A row of accounts; <see cref="PasswordHash"/> only where a password is to be checked.</summary>
public sealed class AccountRow
{
    public int Id { get; init; }

    public string UserName { get; init; } = "";

    public short Role { get; init; }

    public int AreaId { get; init; }

    public string Stamp { get; init; } = "";

    public DateTime CreatedAt { get; init; }

    public DateTime? DisabledAt { get; init; }

    /// <summary>Null too where there is none: a kiosk's.</summary>
    public string? PasswordHash { get; init; }

    public DateTime? LastSignInAt { get; init; }

    public bool Kiosk { get; init; }

    public Account ToAccount() => new(Id, UserName, (AccountRole)Role, AreaId, Stamp, DisabledAt is not null, Kiosk);
}
