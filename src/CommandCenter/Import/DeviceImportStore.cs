using CommandCenter.Contracts.Devices;
using CommandCenter.Workers;
using Dapper;
using Npgsql;

namespace CommandCenter.Import;

/// <summary>Devices in force of some workers, and many devices enrolled at once; within the caller's transaction.</summary>
internal sealed class DeviceImportStore(TimeProvider time)
{
    private const int StatementSeconds = 300;

    private const string SelectInForce = "select worker_id, label from devices where revoked_at is null and worker_id = any(@workerIds)";

    public static async Task<HashSet<StoredDevice>> InForceAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, int[] workerIds, CancellationToken cancellationToken)
    {
        var rows = await connection.QueryAsync<(int WorkerId, string? Label)>(new CommandDefinition(
            SelectInForce, new { workerIds }, transaction, StatementSeconds, cancellationToken: cancellationToken));
        return [.. rows.Select(row => new StoredDevice(row.WorkerId, row.Label))];
    }

    private const string Insert =
        """
        insert into devices (worker_id, label, user_name, secret_hash, osmand_hash, enrolled_at, enrolled_by, changed_version)
        select f.worker, f.label, f.user_name, f.secret, f.osmand, @now, @by, (select version from directory_versions where name = 'devices')
        from unnest(@workers, @labels, @users, @secrets, @osmands) with ordinality as f (worker, label, user_name, secret, osmand, n)
        order by f.n
        returning user_name, id
        """;

    /// <summary>The devices with their secrets, which are stored as hashes alone. The caller has bumped the directory.</summary>
    public async Task<IReadOnlyList<EnrolledDevice>> WriteAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<PlannedDevice> writes, int by, CancellationToken cancellationToken)
    {
        var devices = writes.Select(device => new EnrolledDevice(
            0, device.Worker, device.Label, DeviceSecrets.New(), DeviceEndpoints.NewUserName("d"), DeviceSecrets.New())).ToList();
        var ids = await connection.QueryAsync<(string User, int Id)>(new CommandDefinition(
            Insert,
            new
            {
                now = time.GetUtcNow(),
                by,
                workers = writes.Select(device => device.WorkerId).ToArray(),
                labels = writes.Select(device => device.Label).ToArray(),
                users = devices.Select(device => device.User).ToArray(),
                secrets = devices.Select(device => DeviceSecrets.Hash(device.Password)).ToArray(),
                osmands = devices.Select(device => DeviceSecrets.Hash(device.OsmandId)).ToArray(),
            },
            transaction,
            StatementSeconds,
            cancellationToken: cancellationToken));
        var idOf = ids.ToDictionary(row => row.User, row => row.Id);
        return [.. devices.Select(device => device with { Id = idOf[device.User] })];
    }
}
