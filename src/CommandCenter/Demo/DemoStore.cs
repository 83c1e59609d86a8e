using CommandCenter.Access;
using CommandCenter.Areas;
using CommandCenter.Contracts.Workers;
using CommandCenter.Coverage.Ground;
using CommandCenter.Storage;
using CommandCenter.Streets;
using CommandCenter.Workers;
using Dapper;
using NetTopologySuite.IO;
using Npgsql;

namespace CommandCenter.Demo;

/// <summary>The demo in PostgreSQL; every method works within the caller's transaction.</summary>
internal sealed class DemoStore(PasswordHashing hashing, TimeProvider time)
{
    // Any number of its own, so that of two nodes starting at once one seeds and the other finds it done.
    private const long AdvisoryLock = 0x436F6D6D616E6444;

    private const string SelectSettings =
        """
        select pg_advisory_xact_lock(@lock);
        select (select value from settings where name = 'demo') as Fingerprint, (select value from settings where name = 'demo-plan') as Plan
        """;

    private const string SelectHoldsData = "select exists (select 1 from areas) or exists (select 1 from accounts)";

    /// <summary>
    /// The fingerprints of the secrets last issued (null: not a demo) and of the plan seeded (null: none, or one of a version that kept no note of it).
    /// Other nodes wait until the transaction ends.
    /// </summary>
    public static async Task<(string? Secrets, string? Plan)> FingerprintsAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        using var answers = await connection.QueryMultipleAsync(new CommandDefinition(
            SelectSettings, new { @lock = AdvisoryLock }, transaction, cancellationToken: cancellationToken));
        await answers.ReadAsync();
        return await answers.ReadSingleAsync<(string?, string?)>();
    }

    public static Task<bool> HoldsDataAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken cancellationToken) =>
        connection.ExecuteScalarAsync<bool>(new CommandDefinition(SelectHoldsData, transaction: transaction, cancellationToken: cancellationToken));

    // One level of the tree at a time, since a parent must be there first.
    private const string InsertAreas =
        """
        insert into areas (code, parent_id, kind, grid_type, name, name_en, created_at)
        select n.code, p.id, @kind, n.grid_type, n.name, n.name_en, @now
        from unnest(@codes, @parents, @gridTypes, @names, @namesEn) with ordinality as n (code, parent, grid_type, name, name_en, place)
        left join areas p on p.code = n.parent
        order by n.place
        """;

    private const string InsertAreaVersions =
        """
        insert into area_versions (area_id, valid_from, geometry)
        select a.id, @now, v.geometry
        from unnest(@codes, @geometries) as v (code, geometry)
        join areas a on a.code = v.code
        """;

    private const string InsertWorkers =
        """
        with seeded as (
            insert into workers (code, name, role, home_area_id, phone, skills, created_at, changed_version)
            select w.code, w.name, w.role, a.id, w.phone, string_to_array(w.skills, E'\n'), @now, (select version from directory_versions where name = 'workers')
            from unnest(@codes, @names, @roles, @homes, @phones, @skills) with ordinality as w (code, name, role, home, phone, skills, n)
            join areas a on a.code = w.home
            order by w.n
            returning id, code
        )
        insert into duty_periods (worker_id, started_at)
        select s.id, d.since from seeded s join unnest(@codes, @dutySince) as d (code, since) on d.code = s.code where d.since is not null
        """;

    public async Task SeedAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, DemoDistrict district, CancellationToken cancellationToken)
    {
        await InsertAreasAsync(connection, transaction, district.Areas, cancellationToken);
        await ChangeFeed.BumpAsync(connection, transaction, WorkerStore.Feed, cancellationToken);
        var workers = district.Workers;
        var now = time.GetUtcNow();
        await connection.ExecuteAsync(new CommandDefinition(
            InsertWorkers,
            new
            {
                now,
                codes = workers.Select(worker => worker.Code).ToArray(),
                names = workers.Select(worker => worker.Name).ToArray(),
                roles = workers.Select(worker => (short)worker.Role).ToArray(),
                homes = workers.Select(worker => worker.Area).ToArray(),
                phones = workers.Select(worker => worker.Phone).ToArray(),
                skills = workers.Select(worker => worker.Skills).ToArray(),
                dutySince = workers.Select(worker => DutySince(worker, now)).ToArray(),
            },
            transaction,
            cancellationToken: cancellationToken));
    }

    private const string SelectHoldsStreets = "select exists (select 1 from streets)";

    /// <summary>A demo of a version that kept no streets is given them.</summary>
    public static Task<bool> HoldsStreetsAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken cancellationToken) =>
        connection.ExecuteScalarAsync<bool>(new CommandDefinition(SelectHoldsStreets, transaction: transaction, cancellationToken: cancellationToken));

    public static Task LayStreetsAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, DemoDistrict district, CancellationToken cancellationToken) =>
        StreetStore.ReplaceAsync(
            connection,
            transaction,
            [.. DemoRoads.LinesOf(district.Streets).Select(road => new Street(road.Street.Class, road.Street.Name, road.Street.NameEn, road.Line))],
            cancellationToken);

    private const string SelectHoldsMasks = "select exists (select 1 from coverage_masks)";

    /// <summary>A demo of a version that knew no ground to patrol is given its water and its targets.</summary>
    public static Task<bool> HoldsMasksAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken cancellationToken) =>
        connection.ExecuteScalarAsync<bool>(new CommandDefinition(SelectHoldsMasks, transaction: transaction, cancellationToken: cancellationToken));

    // Where people crowd, a square is due every day; in the hills, once a month.
    private const string InsertTargets =
        """
        insert into coverage_targets (area_id, days, set_by, set_at)
        select a.id, t.days, 'demo', @now from unnest(@codes, @days) as t (code, days) join areas a on a.code = t.code
        on conflict (area_id) do nothing
        """;

    public async Task LayGroundAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, DemoDistrict district, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var water = district.Features.Where(feature => feature.Layer == "water").ToList();
        await CoverageMaskStore.PutAsync(
            connection,
            transaction,
            [.. water.Select((feature, n) => new MaskDraft($"water-{n + 1}", feature.Name ?? "水域", MaskKind.Water, feature.Shape))],
            now,
            "demo",
            cancellationToken);
        var targets = DemoTargets.Of(district).ToList();
        await connection.ExecuteAsync(new CommandDefinition(
            InsertTargets,
            new { now, codes = targets.Select(target => target.Code).ToArray(), days = targets.Select(target => target.Days).ToArray() },
            transaction,
            cancellationToken: cancellationToken));
    }

    // The simulated begin their shift now: no card must show them silent since midnight, when there was no demo yet. The reserves whose phones people play
    // have been on duty as long as fixes are taken at all, so that old tracks can be played into the demo.
    private static DateTime? DutySince(DemoWorker worker, DateTimeOffset now) =>
        !worker.OnDuty ? null : (worker.Role == WorkerRole.Reserve ? now - WorkerStore.DutyKept : now).UtcDateTime;

    private async Task InsertAreasAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<DemoArea> areas, CancellationToken cancellationToken)
    {
        await ChangeFeed.BumpAsync(connection, transaction, AreaStore.Feed, cancellationToken);
        var now = time.GetUtcNow();
        foreach (var level in areas.GroupBy(area => area.Kind).OrderBy(level => level.Key))
        {
            await connection.ExecuteAsync(new CommandDefinition(
                InsertAreas,
                new
                {
                    now,
                    kind = (short)level.Key,
                    codes = level.Select(area => area.Code).ToArray(),
                    parents = level.Select(area => area.Parent).ToArray(),
                    gridTypes = level.Select(area => (short?)area.GridType).ToArray(),
                    names = level.Select(area => area.Name).ToArray(),
                    namesEn = level.Select(area => area.NameEn).ToArray(),
                },
                transaction,
                cancellationToken: cancellationToken));
        }

        var writer = new WKBWriter();
        await connection.ExecuteAsync(new CommandDefinition(
            InsertAreaVersions,
            new { now, codes = areas.Select(area => area.Code).ToArray(), geometries = areas.Select(area => writer.Write(area.Outline)).ToArray() },
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
        join workers w on lower(w.code) = lower(d.worker)
        on conflict (user_name) do update
        set secret_hash = excluded.secret_hash, osmand_hash = excluded.osmand_hash, changed_version = excluded.changed_version
        """;

    private const string UpsertSetting =
        """
        insert into settings (name, value) values (@name, @value)
        on conflict (name) do update set value = excluded.value
        """;

    /// <summary>Makes these the secrets in force, for the first time or anew.</summary>
    public async Task IssueAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, DemoPlan plan, DemoSecrets secrets, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await ChangeFeed.BumpAsync(connection, transaction, AccountStore.Feed, cancellationToken);
        var desk = secrets.Desk is { } known ? [new DemoAccount(known.User, known.Password, "dispatcher", plan.Code)] : Array.Empty<DemoAccount>();
        foreach (var account in secrets.Accounts.Concat(desk))
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
        foreach (var (name, value) in new[] { ("demo", secrets.Fingerprint()), ("demo-plan", plan.Fingerprint) })
        {
            await connection.ExecuteAsync(new CommandDefinition(UpsertSetting, new { name, value }, transaction, cancellationToken: cancellationToken));
        }
    }
}
