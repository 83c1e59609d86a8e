using CommandCenter.Storage;
using Dapper;
using Npgsql;

namespace CommandCenter.Workers;

/// <summary>A device as the directory holds it.</summary>
public sealed record DeviceRow(Device Device, SecretHash Osmand, SecretHash Secret);

/// <summary>A gateway as the directory holds it.</summary>
public sealed record GatewayRow(Gateway Gateway, SecretHash Secret);

/// <summary>Where the directory asks for what it does not have.</summary>
public interface IDeviceSource
{
    /// <summary>One or none.</summary>
    Task<List<DeviceRow>> FindByOsmandIdAsync(SecretHash hash, CancellationToken cancellationToken);

    /// <summary>One or none.</summary>
    Task<List<DeviceRow>> FindByUserAsync(string user, CancellationToken cancellationToken);

    Task<List<GatewayRow>> LoadGatewaysAsync(CancellationToken cancellationToken);
}

/// <summary>Devices and gateways in PostgreSQL; secrets come in as hashes.</summary>
public sealed class DeviceStore(NpgsqlDataSource dataSource, TimeProvider time) : IDeviceSource
{
    /// <summary>Devices and gateways.</summary>
    public const string Feed = "devices";

    private const string Columns = "id, user_name, worker_id, revoked_at is not null, osmand_hash, secret_hash";

    private const string SelectVersion = "select coalesce((select version from directory_versions where name = 'devices'), 0)";

    private const string SelectChanged = $"select {Columns} from devices where changed_version > @after";

    /// <summary>Devices changed after directory version <paramref name="after"/> (0: all), and the version that brings the reader to.</summary>
    public async Task<(long Version, List<DeviceRow> Devices)> LoadAsync(long after, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellationToken);
        var version = await connection.ExecuteScalarAsync<long>(new CommandDefinition(SelectVersion, transaction: transaction, cancellationToken: cancellationToken));
        return (version, await ReadAsync(connection, SelectChanged, "after", after, cancellationToken));
    }

    private const string SelectByOsmand = $"select {Columns} from devices where osmand_hash = @hash";

    public async Task<List<DeviceRow>> FindByOsmandIdAsync(SecretHash hash, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await ReadAsync(connection, SelectByOsmand, "hash", hash.ToArray(), cancellationToken);
    }

    private const string SelectByUser = $"select {Columns} from devices where user_name = @user";

    public async Task<List<DeviceRow>> FindByUserAsync(string user, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await ReadAsync(connection, SelectByUser, "user", user, cancellationToken);
    }

    private static async Task<List<DeviceRow>> ReadAsync(
        NpgsqlConnection connection, string sql, string name, object value, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 600 };
        command.Parameters.AddWithValue(name, value);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<DeviceRow>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(new DeviceRow(
                new Device(reader.GetInt32(0), reader.GetString(1), reader.GetInt32(2), reader.GetBoolean(3)),
                SecretHash.Read((byte[])reader.GetValue(4)),
                SecretHash.Read((byte[])reader.GetValue(5))));
        }

        return rows;
    }

    private const string SelectGateways = "select id as Id, user_name as UserName, area_id as AreaId, revoked_at is not null as Revoked, secret_hash as Secret from gateways";

    public async Task<List<GatewayRow>> LoadGatewaysAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<(int Id, string User, int AreaId, bool Revoked, byte[] Secret)>(
            new CommandDefinition(SelectGateways, cancellationToken: cancellationToken));
        return rows.Select(row => new GatewayRow(new Gateway(row.Id, row.User, row.AreaId, row.Revoked), SecretHash.Read(row.Secret))).ToList();
    }

    private const string Insert =
        """
        insert into devices (worker_id, label, user_name, secret_hash, osmand_hash, enrolled_at, enrolled_by, changed_version)
        select w.id, @label, @user, @secretHash, @osmandHash, @now, @by, (select version from directory_versions where name = 'devices')
        from workers w
        where w.id = @workerId and w.left_at is null
        returning id
        """;

    /// <summary>Null when the worker has left.</summary>
    public async Task<int?> AddAsync(
        int workerId, string? label, string user, byte[] secretHash, byte[] osmandHash, int by, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ChangeFeed.BumpAsync(connection, transaction, Feed, cancellationToken);
        var id = await connection.ExecuteScalarAsync<int?>(new CommandDefinition(
            Insert, new { workerId, label, user, secretHash, osmandHash, by, now = time.GetUtcNow() }, transaction, cancellationToken: cancellationToken));
        await transaction.CommitAsync(cancellationToken);
        return id;
    }

    private const string Revoke =
        """
        update devices
        set revoked_at = @now, revoked_by = @by, changed_version = (select version from directory_versions where name = 'devices')
        where id = @id and revoked_at is null
        """;

    public async Task RevokeAsync(int id, int by, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ChangeFeed.BumpAsync(connection, transaction, Feed, cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(Revoke, new { id, by, now = time.GetUtcNow() }, transaction, cancellationToken: cancellationToken));
        await transaction.CommitAsync(cancellationToken);
    }

    private const string InsertGateway =
        """
        insert into gateways (name, user_name, secret_hash, area_id, created_at)
        values (@name, @user, @secretHash, @areaId, @now)
        returning id
        """;

    public async Task<int> AddGatewayAsync(string name, string user, byte[] secretHash, int areaId, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ChangeFeed.BumpAsync(connection, transaction, Feed, cancellationToken);
        var id = await connection.ExecuteScalarAsync<int>(new CommandDefinition(
            InsertGateway, new { name, user, secretHash, areaId, now = time.GetUtcNow() }, transaction, cancellationToken: cancellationToken));
        await transaction.CommitAsync(cancellationToken);
        return id;
    }

    private const string RevokeGateway = "update gateways set revoked_at = @now where id = @id and revoked_at is null";

    /// <summary>False when it was revoked before.</summary>
    public async Task<bool> RevokeGatewayAsync(int id, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ChangeFeed.BumpAsync(connection, transaction, Feed, cancellationToken);
        var revoked = await connection.ExecuteAsync(new CommandDefinition(
            RevokeGateway, new { id, now = time.GetUtcNow() }, transaction, cancellationToken: cancellationToken));
        await transaction.CommitAsync(cancellationToken);
        return revoked > 0;
    }
}
