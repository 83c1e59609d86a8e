using System.Text.Json;
using CommandCenter.Access;
using Dapper;
using Npgsql;

namespace CommandCenter.Assessment.Policies;

/// <summary>Versions of the policy: added, never changed.</summary>
public sealed class PolicyStore(NpgsqlDataSource dataSource, AuditStore audit)
{
    private const string Columns = """
        version as Version, valid_from - date '0001-01-01' as ValidFrom, body::text as Body, note as Note, legal_basis as LegalBasis, made_by as MadeBy, made_at as MadeAt
        """;

    private const string ListSql = $"select {Columns} from assessment_policies order by version desc limit @most";

    private const string FindSql = $"select {Columns} from assessment_policies where version = @version";

    private const string InForceSql = $"select {Columns} from assessment_policies where valid_from <= date '0001-01-01' + @day order by version desc limit 1";

    // Of two who write at once one is told that there is a newer one now.
    private const string AddSql = """
        insert into assessment_policies (version, valid_from, body, note, legal_basis, made_by, made_at)
        select @version, date '0001-01-01' + @validFrom, @body::jsonb, @note, @legalBasis, @by, @at
        where coalesce((select max(version) from assessment_policies), 1) = @version - 1
        on conflict (version) do nothing
        """;

    private const int Most = 1_000;

    /// <summary>Newest first, the shipped one last.</summary>
    public async Task<IReadOnlyList<StoredPolicy>> ListAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<PolicyRow>(new CommandDefinition(ListSql, new { most = Most }, cancellationToken: cancellationToken));
        return [.. rows.Select(row => row.ToPolicy()), StoredPolicy.Shipped];
    }

    public async Task<StoredPolicy?> FindAsync(int version, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return version == StoredPolicy.Shipped.Version ? StoredPolicy.Shipped
            : (await connection.QuerySingleOrDefaultAsync<PolicyRow?>(new CommandDefinition(FindSql, new { version }, cancellationToken: cancellationToken)))?.ToPolicy();
    }

    /// <summary>The newest one that is for periods which begin on this day.</summary>
    public async Task<StoredPolicy> InForceAsync(DateOnly starts, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var row = await connection.QuerySingleOrDefaultAsync<PolicyRow?>(new CommandDefinition(InForceSql, new { day = starts.DayNumber }, cancellationToken: cancellationToken));
        return row?.ToPolicy() ?? StoredPolicy.Shipped;
    }

    /// <summary>With its row on the trail, both or neither; false: <c>Version - 1</c> is not the newest.</summary>
    public async Task<bool> AddAsync(StoredPolicy policy, Viewer viewer, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var added = await connection.ExecuteAsync(new CommandDefinition(
            AddSql,
            new
            {
                policy.Version,
                validFrom = policy.ValidFrom.DayNumber,
                body = policy.Json.GetRawText(),
                policy.Note,
                policy.LegalBasis,
                by = viewer.User,
                at = policy.MadeAt,
            },
            transaction,
            cancellationToken: cancellationToken));
        if (added == 0)
        {
            return false;
        }

        var detail = FormattableString.Invariant($"version {policy.Version} from {policy.ValidFrom:yyyy-MM-dd}{(policy.LegalBasis is null ? "" : "; with a legal basis")}");
        await audit.WriteWithinAsync(connection, transaction, viewer, [new AuditAct(AuditActions.SetPolicy, viewer.AreaId, Detail: detail)], cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    private sealed class PolicyRow
    {
        public int Version { get; init; }

        public int ValidFrom { get; init; }

        public string Body { get; init; } = "";

        public string? Note { get; init; }

        public string? LegalBasis { get; init; }

        public string? MadeBy { get; init; }

        public DateTime MadeAt { get; init; }

        public StoredPolicy ToPolicy()
        {
            var json = JsonDocument.Parse(Body).RootElement;
            var faults = new PolicyFaults();
            var policy = PolicyReader.Read(json, LegalBasis is not null, faults)
                ?? throw new InvalidDataException($"Version {Version} of the policy cannot be read: {string.Join("; ", faults.ByPointer.Select(fault => $"{fault.Key} {fault.Value[0]}"))}");
            return new StoredPolicy(Version, DateOnly.FromDayNumber(ValidFrom), policy, json, Note, LegalBasis, MadeBy, MadeAt);
        }
    }
}
