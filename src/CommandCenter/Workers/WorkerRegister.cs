using CommandCenter.Areas;
using CommandCenter.Contracts.Workers;
using Dapper;
using Npgsql;

namespace CommandCenter.Workers;

/// <summary>
/// Everyone there is or was, for whoever asks about the past: from the roster in memory, and those who left it from its table, where their last home area says who may
/// see them. A code is never given to another person, so what a leaver's code names is the leaver.
/// </summary>
public sealed class WorkerRegister(WorkerDirectory directory, NpgsqlDataSource dataSource)
{
    private const string Columns = "select w.id as Id, w.code as Code, w.name as Name, w.role as Role, w.home_area_id as HomeAreaId, w.left_at as LeftAt from workers w";

    private const string ByCodeSql = Columns + " where lower(w.code) = any(@codes) order by w.id";

    private const string ByIdSql = Columns + " where w.id = any(@ids) order by w.id";

    private const string LeftSinceSql = Columns + " where w.left_at >= @since and w.home_area_id = any(@areaIds) order by w.id limit @most";

    private const string LeaversSql = Columns + """
         where w.left_at is not null and w.id > @after and w.home_area_id = any(@areaIds)
          and (@pattern::text is null or w.name ilike @pattern or w.code ilike @pattern)
        order by w.id
        limit @most
        """;

    private const string DutySql = """
        select worker_id as WorkerId, started_at as StartedAt, ended_at as EndedAt from duty_periods where worker_id = any(@ids) order by worker_id, started_at
        """;

    /// <summary>
    /// For each code, in their order, the worker of that code who is at home in the scope, or was when leaving; null, for 403, both when elsewhere and when there is none.
    /// </summary>
    public async Task<IReadOnlyList<Worker?>> FindInAsync(AreaScope scope, IReadOnlyList<string> codes, CancellationToken cancellationToken)
    {
        var roster = directory.Current;
        var found = codes.Select(code => string.IsNullOrEmpty(code) ? null : roster.Find(code)).ToArray();
        var missing = codes.Where((code, n) => found[n] is null && !string.IsNullOrEmpty(code)).Select(code => code.ToLowerInvariant()).Distinct().ToArray();
        if (missing.Length > 0)
        {
            var left = (await ReadAsync(ByCodeSql, new { codes = missing }, cancellationToken))
                .DistinctBy(worker => worker.Code, StringComparer.OrdinalIgnoreCase).ToDictionary(worker => worker.Code, StringComparer.OrdinalIgnoreCase);
            for (var n = 0; n < found.Length; n++)
            {
                found[n] ??= left.GetValueOrDefault(codes[n]);
            }
        }

        return [.. found.Select(worker => worker is not null && scope.Contains(worker.HomeAreaId) ? worker : null)];
    }

    /// <summary>As <see cref="FindInAsync(AreaScope, IReadOnlyList{string}, CancellationToken)"/>, of one.</summary>
    public async Task<Worker?> FindInAsync(AreaScope scope, string? code, CancellationToken cancellationToken) =>
        string.IsNullOrEmpty(code) ? null : (await FindInAsync(scope, [code], cancellationToken))[0];

    /// <summary>Those of the ids that are or were anybody's, by id, whatever the scope: the caller asks it.</summary>
    public async Task<IReadOnlyDictionary<int, Worker>> OfAsync(IEnumerable<int> ids, CancellationToken cancellationToken)
    {
        var roster = directory.Current;
        var found = new Dictionary<int, Worker>();
        var missing = new List<int>();
        foreach (var id in ids)
        {
            if (roster[id] is { } worker)
            {
                found[id] = worker;
            }
            else
            {
                missing.Add(id);
            }
        }

        if (missing.Count > 0)
        {
            foreach (var left in await ReadAsync(ByIdSql, new { ids = missing.ToArray() }, cancellationToken))
            {
                found[left.Id] = left;
            }
        }

        return found;
    }

    /// <summary>Everyone at home in these areas then or later: who is now, and who has left since.</summary>
    /// <param name="areaIds">Of areas, each for itself.</param>
    /// <param name="since">Who left before was not there.</param>
    /// <param name="most">How many are told at most.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public async Task<IReadOnlyList<Worker>> AtHomeSinceAsync(IReadOnlySet<int> areaIds, DateTimeOffset since, int most, CancellationToken cancellationToken)
    {
        // The roster first: who leaves meanwhile is then in both, and never in neither.
        var there = directory.Current.All.Where(worker => areaIds.Contains(worker.HomeAreaId)).Take(most).ToList();
        var left = await ReadAsync(LeftSinceSql, new { areaIds = areaIds.ToArray(), since = since.ToUniversalTime(), most }, cancellationToken);
        return [.. there.Concat(left).DistinctBy(worker => worker.Id).Take(most)];
    }

    /// <summary>Those no longer on the roster, without their times on duty.</summary>
    /// <param name="areaIds">Where they were at home last.</param>
    /// <param name="text">Part of a name or a code, in any case; null: everybody.</param>
    /// <param name="after">The id after which the page starts.</param>
    /// <param name="most">How many are read.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public async Task<IReadOnlyList<Worker>> LeaversAsync(int[] areaIds, string? text, int after, int most, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(
            LeaversSql, new { areaIds, pattern = text is null ? null : WorkerSearch.PatternOf(text), after, most }, cancellationToken: cancellationToken));
        return [.. rows.Select(row => row.Of([]))];
    }

    /// <summary>With all their times on duty: the roster's month of them would be nothing of somebody who left before it.</summary>
    private async Task<List<Worker>> ReadAsync(string sql, object arguments, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var rows = (await connection.QueryAsync<Row>(new CommandDefinition(sql, arguments, cancellationToken: cancellationToken))).AsList();
        if (rows.Count == 0)
        {
            return [];
        }

        var duty = (await connection.QueryAsync<Period>(new CommandDefinition(
            DutySql, new { ids = rows.Select(row => row.Id).ToArray() }, cancellationToken: cancellationToken))).ToLookup(period => period.WorkerId);
        return rows.ConvertAll(row => row.Of([.. duty[row.Id].Select(period => period.Times)]));
    }

    private sealed class Row
    {
        public int Id { get; init; }

        public string Code { get; init; } = "";

        public string Name { get; init; } = "";

        public short Role { get; init; }

        public int HomeAreaId { get; init; }

        public DateTime? LeftAt { get; init; }

        /// <summary>Without the phone number: nobody calls a leaver.</summary>
        public Worker Of(DutyPeriod[] duty) => new(Id, Code, Name, (WorkerRole)Role, HomeAreaId, null, duty)
        {
            LeftAt = LeftAt is { } left ? new DateTimeOffset(left, TimeSpan.Zero) : null,
        };
    }

    private sealed class Period
    {
        public int WorkerId { get; init; }

        public DateTime StartedAt { get; init; }

        public DateTime? EndedAt { get; init; }

        public DutyPeriod Times => new(Ms(StartedAt), EndedAt is { } end ? Ms(end) : long.MaxValue);

        private static long Ms(DateTime utc) => new DateTimeOffset(utc, TimeSpan.Zero).ToUnixTimeMilliseconds();
    }
}
