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

    private const string Columns = "id as Id, user_name as UserName, role as Role, area_id as AreaId, stamp as Stamp, created_at as CreatedAt, disabled_at as DisabledAt";

    private const string SelectAll = $"select {Columns} from accounts order by id";

    private const string SelectForSignIn = $"select {Columns}, password_hash as PasswordHash from accounts where lower(user_name) = lower(@user)";

    private const string Insert =
        """
        insert into accounts (user_name, password_hash, role, area_id, stamp, created_at)
        values (@user, @hash, @role, @areaId, @stamp, @now)
        on conflict (lower(user_name)) do nothing
        returning id
        """;

    private const string UpdatePassword = "update accounts set password_hash = @hash, stamp = @stamp where id = @id and disabled_at is null";

    private const string UpdateDisabled = "update accounts set disabled_at = @now, stamp = @stamp where id = @id and disabled_at is null";

    public static string NewStamp() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    public async Task<List<AccountRow>> LoadAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<AccountRow>(new CommandDefinition(SelectAll, cancellationToken: cancellationToken))).AsList();
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

    /// <summary>Within the caller's transaction, who bumps <see cref="Feed"/>.</summary>
    public Task<int?> InsertAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, string user, string hash, AccountRole role, int areaId, CancellationToken cancellationToken) =>
        connection.ExecuteScalarAsync<int?>(new CommandDefinition(
            Insert,
            new { user, hash, role = (short)role, areaId, stamp = NewStamp(), now = time.GetUtcNow() },
            transaction,
            cancellationToken: cancellationToken));

    /// <summary>Ends all sessions of the account. False when it is gone or disabled.</summary>
    public Task<bool> SetPasswordAsync(int id, string hash, CancellationToken cancellationToken) =>
        ChangeAsync(UpdatePassword, new { id, hash, stamp = NewStamp() }, cancellationToken);

    /// <summary>Ends all sessions of the account. False when it was disabled before.</summary>
    public Task<bool> DisableAsync(int id, CancellationToken cancellationToken) =>
        ChangeAsync(UpdateDisabled, new { id, stamp = NewStamp(), now = time.GetUtcNow() }, cancellationToken);

    private async Task<bool> ChangeAsync(string sql, object parameters, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var changed = await connection.ExecuteAsync(new CommandDefinition(sql, parameters, transaction, cancellationToken: cancellationToken));
        await ChangeFeed.BumpAsync(connection, transaction, Feed, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return changed > 0;
    }
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

    public string PasswordHash { get; init; } = "";

    public Account ToAccount() => new(Id, UserName, (AccountRole)Role, AreaId, Stamp, DisabledAt is not null);
}
