using CommandCenter.Access;
using CommandCenter.Areas;
using CommandCenter.Storage;
using CommandCenter.Workers;
using Dapper;
using Npgsql;

namespace CommandCenter.Demo;

/// <summary>The demo in PostgreSQL; every method works within the caller's transaction.</summary>
internal sealed class DemoStore(AreaStore areas, PasswordHashing hashing, TimeProvider time)
{
    // Any number of its own, so that of two nodes starting at once one seeds and the other finds it done.
    private const long AdvisoryLock = 0x436F6D6D616E6444;

    private const string SelectSetting =
        """
        select pg_advisory_xact_lock(@lock);
        select value from settings where name = 'demo'
        """;

    private const string SelectHoldsData = "select exists (select 1 from areas) or exists (select 1 from accounts)";

    /// <summary>The fingerprint of the secrets last issued; null: not a demo. Other nodes wait until the transaction ends.</summary>
    public static async Task<string?> FingerprintAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        using var answers = await connection.QueryMultipleAsync(new CommandDefinition(
            SelectSetting, new { @lock = AdvisoryLock }, transaction, cancellationToken: cancellationToken));
        await answers.ReadAsync();
        return await answers.ReadSingleOrDefaultAsync<string>();
    }

    public static Task<bool> HoldsDataAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken cancellationToken) =>
        connection.ExecuteScalarAsync<bool>(new CommandDefinition(SelectHoldsData, transaction: transaction, cancellationToken: cancellationToken));

    private const string InsertWorkers =
        """
        with seeded as (
            insert into workers (code, name, role, home_area_id, phone, created_at, changed_version)
            select w.code, w.name, w.role, a.id, w.phone, @now, (select version from directory_versions where name = 'workers')
            from unnest(@codes, @names, @roles, @homes, @phones) with ordinality as w (code, name, role, home, phone, n)
            join areas a on a.code = w.home
            order by w.n
            returning id, code
        )
        insert into duty_periods (worker_id, started_at)
        select id, @since from seeded where code = any(@onDuty)
        """;

    public async Task SeedAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, DemoDistrict district, CancellationToken cancellationToken)
    {
        await ChangeFeed.BumpAsync(connection, transaction, AreaStore.Feed, cancellationToken);
        var ids = new Dictionary<string, int>();
        foreach (var area in district.Areas)
        {
            int? parentId = area.Parent is null ? null : ids[area.Parent];
            ids[area.Code] = await areas.InsertAsync(connection, transaction, area.ToDraft(parentId), cancellationToken)
                ?? throw new InvalidOperationException($"The plan has area {area.Code} twice.");
        }

        await ChangeFeed.BumpAsync(connection, transaction, WorkerStore.Feed, cancellationToken);
        var workers = district.Workers;
        var now = time.GetUtcNow();
        await connection.ExecuteAsync(new CommandDefinition(
            InsertWorkers,
            new
            {
                now,

                // As long as fixes are taken at all, so that old tracks can be played into the demo.
                since = now - WorkerStore.DutyKept,
                codes = workers.Select(worker => worker.Code).ToArray(),
                names = workers.Select(worker => worker.Name).ToArray(),
                roles = workers.Select(worker => (short)worker.Role).ToArray(),
                homes = workers.Select(worker => worker.Area).ToArray(),
                phones = workers.Select(worker => worker.Phone).ToArray(),
                onDuty = workers.Where(worker => worker.OnDuty).Select(worker => worker.Code).ToArray(),
            },
            transaction,
            cancellationToken: cancellationToken));
    }

    private const string UpsertAccount =
        """
        insert into accounts (user_name, password_hash, role, area_id, stamp, created_at)
        select @user, @hash, @role, a.id, @stamp, @now from areas a where a.code = @area
        on conflict (lower(user_name)) do update set password_hash = excluded.password_hash, stamp = excluded.stamp
        """;

    private const string UpsertDevices =
        """
        insert into devices (worker_id, label, user_name, secret_hash, osmand_hash, enrolled_at, enrolled_by, changed_version)
        select w.id, 'demo', d.user_name, d.secret, d.osmand, @now, 0, (select version from directory_versions where name = 'devices')
        from unnest(@workers, @users, @secrets, @osmands) as d (worker, user_name, secret, osmand)
        join workers w on w.code = d.worker
        on conflict (user_name) do update
        set secret_hash = excluded.secret_hash, osmand_hash = excluded.osmand_hash, changed_version = excluded.changed_version
        """;

    private const string UpsertSetting =
        """
        insert into settings (name, value) values ('demo', @fingerprint)
        on conflict (name) do update set value = excluded.value
        """;

    /// <summary>Makes these the secrets in force, for the first time or anew.</summary>
    public async Task IssueAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, DemoSecrets secrets, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await ChangeFeed.BumpAsync(connection, transaction, AccountStore.Feed, cancellationToken);
        foreach (var account in secrets.Accounts)
        {
            var hash = await hashing.HashAsync(account.Password, cancellationToken) ?? throw new InvalidOperationException("Too many passwords are being hashed.");
            await connection.ExecuteAsync(new CommandDefinition(
                UpsertAccount,
                new { user = account.User, hash, role = (short)Permissions.Roles[account.Role], stamp = AccountStore.NewStamp(), now, area = account.Area },
                transaction,
                cancellationToken: cancellationToken));
        }

        await ChangeFeed.BumpAsync(connection, transaction, DeviceStore.Feed, cancellationToken);
        var devices = secrets.Devices.Concat(secrets.Simulated).ToList();
        await connection.ExecuteAsync(new CommandDefinition(
            UpsertDevices,
            new
            {
                now,
                workers = devices.Select(device => device.Worker).ToArray(),
                users = devices.Select(device => device.User).ToArray(),
                secrets = devices.Select(device => DeviceSecrets.Hash(device.Password)).ToArray(),
                osmands = devices.Select(device => DeviceSecrets.Hash(device.OsmandId)).ToArray(),
            },
            transaction,
            cancellationToken: cancellationToken));
        await connection.ExecuteAsync(new CommandDefinition(
            UpsertSetting, new { fingerprint = secrets.Fingerprint() }, transaction, cancellationToken: cancellationToken));
    }
}
