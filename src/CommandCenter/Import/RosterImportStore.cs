using CommandCenter.Contracts.Workers;
using Dapper;
using Npgsql;

namespace CommandCenter.Import;

/// <summary>What a roster or device file needs to know of the roster, and the roster's changes; within the caller's transaction.</summary>
internal sealed class RosterImportStore(TimeProvider time)
{
    private const int StatementSeconds = 300;

    private const string SelectNamed =
        """
        select id as Id, code as Code, name as Name, role as Role, home_area_id as HomeAreaId, phone as Phone, skills as Skills, left_at is not null as HasLeft
        from workers
        where lower(code) = any(@codes)
        """;

    /// <summary>By code in any case of its letters; those who left too.</summary>
    public static async Task<Dictionary<string, StoredWorker>> FindAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IEnumerable<string> codes, CancellationToken cancellationToken)
    {
        var found = await connection.QueryAsync<(int Id, string Code, string Name, short Role, int HomeAreaId, string? Phone, string[] Skills, bool HasLeft)>(new CommandDefinition(
            SelectNamed,
            new { codes = codes.Select(code => code.ToLowerInvariant()).Distinct().ToArray() },
            transaction,
            StatementSeconds,
            cancellationToken: cancellationToken));
        return found.ToDictionary(
            row => row.Code,
            row => new StoredWorker(row.Id, row.Code, row.Name, (WorkerRole)row.Role, row.HomeAreaId, row.Phone, row.Skills, row.HasLeft),
            StringComparer.OrdinalIgnoreCase);
    }

    private const string CountAtHome = "select count(*) from workers where left_at is null and home_area_id = any(@areaIds)";

    public static Task<int> CountAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, int[] areaIds, CancellationToken cancellationToken) =>
        connection.ExecuteScalarAsync<int>(new CommandDefinition(CountAtHome, new { areaIds }, transaction, StatementSeconds, cancellationToken: cancellationToken));

    private const string Insert =
        """
        insert into workers (code, name, role, home_area_id, phone, skills, created_at, changed_version)
        select f.code, f.name, f.role, f.home, f.phone, string_to_array(f.skills, E'\n'), @now, (select version from directory_versions where name = 'workers')
        from unnest(@codes, @names, @roles, @homes, @phones, @skills) with ordinality as f (code, name, role, home, phone, skills, n)
        order by f.n
        """;

    private const string Update =
        """
        update workers w
        set name = f.name, role = f.role, home_area_id = f.home, phone = f.phone, skills = string_to_array(f.skills, E'\n'),
            changed_version = (select version from directory_versions where name = 'workers')
        from unnest(@codes, @names, @roles, @homes, @phones, @skills) as f (code, name, role, home, phone, skills)
        where w.code = f.code and w.left_at is null
        """;

    /// <summary>The caller has bumped the directory.</summary>
    public async Task WriteAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<PlannedWorker> writes, CancellationToken cancellationToken)
    {
        await ExecuteAsync(Insert, [.. writes.Where(worker => worker.Id is null)]);
        await ExecuteAsync(Update, [.. writes.Where(worker => worker.Id is not null)]);

        async Task ExecuteAsync(string statement, List<PlannedWorker> workers)
        {
            if (workers.Count == 0)
            {
                return;
            }

            var written = await connection.ExecuteAsync(new CommandDefinition(
                statement,
                new
                {
                    now = time.GetUtcNow(),
                    codes = workers.Select(worker => worker.Code).ToArray(),
                    names = workers.Select(worker => worker.Name).ToArray(),
                    roles = workers.Select(worker => (short)worker.Role).ToArray(),
                    homes = workers.Select(worker => worker.HomeAreaId).ToArray(),
                    phones = workers.Select(worker => worker.Phone).ToArray(),
                    skills = workers.Select(worker => string.Join('\n', worker.Skills)).ToArray(),
                },
                transaction,
                StatementSeconds,
                cancellationToken: cancellationToken));
            if (written != workers.Count)
            {
                throw new InvalidOperationException($"{written} of {workers.Count} workers were written: the plan does not fit what is stored.");
            }
        }
    }
}
