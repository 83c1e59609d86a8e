using CommandCenter.Contracts.Tracks;
using CommandCenter.Tracks.Keeping;
using Dapper;
using Npgsql;

namespace CommandCenter.Assessment.Keeping;

/// <summary>
/// Scores of somebody who is erased: the row keeps its hash alone, so that the frozen period stays verifiable; what was appealed and excluded goes. Nothing here is needed by a case: holds are on tracks.
/// </summary>
internal sealed class AssessmentEraser : IErasedWith
{
    private const int AtATime = 500;

    private const string CountSql = """
        select (select count(*) from assessment_scores where worker_id = @workerId), (select count(*) from assessment_appeals where worker_id = @workerId),
               (select count(*) from assessment_exclusions where worker_id = @workerId)
        """;

    private const string AppealsSql = "delete from assessment_appeals where worker_id = @workerId and made_at < @until";

    private const string ExclusionsSql = "delete from assessment_exclusions where worker_id = @workerId and set_at < @until and not exists (select 1 from assessment_appeals p where p.exclusion_id = assessment_exclusions.id)";

    // Scores of open periods are made anew without the person.
    private const string ScoresSql = """
        update assessment_scores set subject = null, worker_id = null, total = null, band = null, body = null, evidence = null, salt = null, erased_at = @now
        where id in (select s.id from assessment_scores s join assessment_snapshots n on n.id = s.snapshot_id where s.worker_id = @workerId and n.made_at < @until
            and not exists (select 1 from assessment_appeals p where p.score_id = s.id and p.made_at >= @until) limit @most)
        """;

    private const string LeftSql = """
        select exists (select 1 from assessment_scores s join assessment_snapshots n on n.id = s.snapshot_id where s.worker_id = @workerId and n.made_at < @until)
            or exists (select 1 from assessment_appeals where worker_id = @workerId and made_at < @until)
        """;

    public async Task<IReadOnlyList<ErasedTable>> CountAsync(NpgsqlConnection connection, int workerId, CancellationToken cancellationToken)
    {
        var (scores, appeals, exclusions) = await connection.QuerySingleAsync<(long, long, long)>(new CommandDefinition(CountSql, new { workerId }, cancellationToken: cancellationToken));
        return [new("assessment_scores", scores, 0), new("assessment_appeals", appeals, 0), new("assessment_exclusions", exclusions, 0)];
    }

    public async Task<IReadOnlyList<ErasedTable>> EraseSomeAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, ErasureRow erasure, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var arguments = new { workerId = erasure.WorkerId, until = Until(erasure), now, most = AtATime };
        var found = new List<ErasedTable>();
        foreach (var (table, sql) in new[] { ("assessment_appeals", AppealsSql), ("assessment_exclusions", ExclusionsSql), ("assessment_scores", ScoresSql) })
        {
            if (await connection.ExecuteAsync(new CommandDefinition(sql, arguments, transaction, 60, cancellationToken: cancellationToken)) is var rows and > 0)
            {
                found.Add(new ErasedTable(table, rows, 0));
            }
        }

        return found;
    }

    public Task<bool> IsLeftAsync(NpgsqlConnection connection, ErasureRow erasure, CancellationToken cancellationToken) =>
        connection.QuerySingleAsync<bool>(new CommandDefinition(LeftSql, new { workerId = erasure.WorkerId, until = Until(erasure) }, cancellationToken: cancellationToken));

    private static DateTimeOffset Until(ErasureRow erasure) => DateTimeOffset.FromUnixTimeMilliseconds(erasure.UntilMs);
}
