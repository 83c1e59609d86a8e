using Dapper;
using Npgsql;

namespace CommandCenter.Assessment.Periods;

/// <summary>What people decided and the next version of a period has to say.</summary>
internal sealed class PendingAppeals
{
    private const string Waiting = """
        from assessment_scores s, assessment_snapshots n
        where s.id = p.score_id and n.id = s.snapshot_id and n.period = @kind and n.starts = @starts and p.state = 'upheld' and p.exclusion_id is not null and p.snapshot_id is null
        """;

    private const string SettleSql = $"update assessment_appeals p set snapshot_id = @snapshot {Waiting}";

    private const string ReasonSql = $"""
        select case when exists (select 1 from assessment_appeals p, lateral (select 1 {Waiting}) w) then 'appeal'
                    when exists (select 1 from assessment_exclusions e where e.from_day < @ends and e.to_day > @starts and greatest(e.set_at, e.withdrawn_at) > @madeAt) then 'exclusion'
                    else 'late-data' end
        """;

    /// <summary>Upheld appeals against the period have come to this version.</summary>
    public async Task SettleAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, Period period, Guid? snapshot, CancellationToken cancellationToken)
    {
        if (snapshot is not null)
        {
            await connection.ExecuteAsync(new CommandDefinition(
                SettleSql, new { snapshot, kind = period.Kind.Word(), starts = period.Starts }, transaction, cancellationToken: cancellationToken));
        }
    }

    /// <summary>Why a period that was closed comes out otherwise.</summary>
    public Task<string> ReasonAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, SnapshotRow frozen, CancellationToken cancellationToken) =>
        connection.QuerySingleAsync<string>(new CommandDefinition(
            ReasonSql, new { kind = frozen.Kind, starts = frozen.Starts, ends = frozen.Ends, madeAt = frozen.MadeAt }, transaction, cancellationToken: cancellationToken));
}
