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
    private const string Columns = "select w.id as Id, w.code as Code, w.name as Name, w.role as Role, w.home_area_id as HomeAreaId from workers w";

    private const string ByCodeSql = Columns + " where lower(w.code) = any(@codes) order by w.id";

    private const string ByIdSql = Columns + " where w.id = any(@ids) order by w.id";

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
        return rows.ConvertAll(row => new Worker(
            row.Id, row.Code, row.Name, (WorkerRole)row.Role, row.HomeAreaId, null, (DutyPeriod[])[.. duty[row.Id].Select(period => period.Times)]));
    }

    private sealed class Row
    {
        public int Id { get; init; }

        public string Code { get; init; } = "";

        public string Name { get; init; } = "";

        public short Role { get; init; }

        public int HomeAreaId { get; init; }
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
