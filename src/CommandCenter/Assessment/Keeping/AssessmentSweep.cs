using CommandCenter.Contracts.Tracks;
using CommandCenter.Tracks.Keeping;
using Dapper;
using Microsoft.Extensions.Options;
using Npgsql;

namespace CommandCenter.Assessment.Keeping;

/// <summary>Evidence and scores whose keeping is over, oldest period first; the evidence sooner, the score without it meanwhile.</summary>
internal sealed class AssessmentSweep(NpgsqlDataSource dataSource, IOptions<AssessmentOptions> options, TimeProvider time) : IKeptBeside
{
    private const int RowsAtATime = 2_000;

    private const string EvidenceSql = """
        update assessment_scores set evidence = null
        where id in (select s.id from assessment_scores s join assessment_snapshots n on n.id = s.snapshot_id where n.ends < @evidenceBefore and s.evidence is not null limit @most)
        """;

    private const string AppealsSql = """
        delete from assessment_appeals p using assessment_scores s, assessment_snapshots n where s.id = p.score_id and n.id = s.snapshot_id and n.ends < @before
        """;

    private const string ScoresSql = """
        delete from assessment_scores where id in (
            select s.id from assessment_scores s join assessment_snapshots n on n.id = s.snapshot_id
            where n.ends < @before and not exists (select 1 from assessment_appeals p where p.score_id = s.id) limit @most)
        """;

    private const string SnapshotsSql = "delete from assessment_snapshots n where n.ends < @before and not exists (select 1 from assessment_scores s where s.snapshot_id = n.id)";

    private const string ExclusionsSql = "delete from assessment_exclusions e where e.to_day < @before and not exists (select 1 from assessment_appeals p where p.exclusion_id = e.id)";

    public string Why => "assessment";

    public IReadOnlyList<KeptBeside> Figures => [new("assessmentEvidence", options.Value.EvidenceDays), new("assessment", options.Value.KeepDays)];

    public async Task<Deleted> RunAsync(Func<Deleted, CancellationToken, Task> afterStep, CancellationToken cancellationToken)
    {
        var all = default(Deleted);
        foreach (var sql in new[] { EvidenceSql, AppealsSql, ScoresSql, SnapshotsSql, ExclusionsSql })
        {
            for (var rows = RowsAtATime; rows >= RowsAtATime;)
            {
                rows = await RunAsync(sql, cancellationToken);
                var gone = new Deleted(rows, 0);
                all += gone;
                await afterStep(gone, cancellationToken);
            }
        }

        return all;
    }

    private async Task<int> RunAsync(string sql, CancellationToken cancellationToken)
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteAsync(new CommandDefinition(
            sql,
            new { evidenceBefore = today.AddDays(-options.Value.EvidenceDays), before = today.AddDays(-options.Value.KeepDays), most = RowsAtATime },
            commandTimeout: 300,
            cancellationToken: cancellationToken));
    }
}
