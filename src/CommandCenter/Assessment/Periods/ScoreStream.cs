using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using CommandCenter.Assessment.Scoring;
using CommandCenter.Assessment.Sources;
using Npgsql;

namespace CommandCenter.Assessment.Periods;

/// <summary>The scores of a period, one after another: of weeks and months from their sources, of quarters from the frozen months, whose sums they are.</summary>
internal sealed class ScoreStream(SourceReader sources, NpgsqlDataSource dataSource)
{
    /// <param name="period">A week or a month.</param>
    /// <param name="policy">To score by.</param>
    /// <param name="homes">Home areas that count instead of today's, by worker.</param>
    /// <param name="cancellationToken">Ends it between two reads.</param>
    public async IAsyncEnumerable<NewScore> OfSourcesAsync(
        Period period, PolicyUsed policy, IReadOnlyDictionary<int, int> homes, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var subject in sources.ReadAsync(period.Starts, period.Ends, policy.Policy.Timing, homes, cancellationToken))
        {
            yield return Of(policy, subject);
        }
    }

    /// <param name="months">The quarter's months, as versions.</param>
    /// <param name="policy">To score by.</param>
    /// <param name="cancellationToken">Ends it between two rows.</param>
    public async IAsyncEnumerable<NewScore> OfMonthsAsync(Guid[] months, PolicyUsed policy, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        SubjectSources? sum = null;
        await foreach (var row in SnapshotStore.BodiesAsync(connection, months, cancellationToken))
        {
            if (sum is null || sum.Kind != row.Kind || sum.WorkerId != row.WorkerId || (row.WorkerId is null && sum.AreaId != row.AreaId))
            {
                if (sum is not null)
                {
                    yield return Of(policy, sum);
                }

                sum = new SubjectSources(row.Kind, row.Subject, row.AreaId, row.WorkerId);
            }
            else
            {
                // Months come in their order: who moved is where the last one has them.
                sum = sum.At(row.Subject, row.AreaId);
            }

            foreach (var indicator in ScoreBody.Read(row.Body).Indicators.Where(one => sum.Tallies.ContainsKey(one.Indicator)))
            {
                sum[indicator.Indicator].Add(indicator.ToTally());
            }
        }

        if (sum is not null)
        {
            yield return Of(policy, sum);
        }
    }

    private static NewScore Of(PolicyUsed policy, SubjectSources subject)
    {
        var score = ScoreRules.Of(policy.Policy, subject.Kind, IndicatorValues.Of(subject.Tallies));
        var (packed, marks) = EvidenceBytes.Pack(subject.Evidence);
        var body = ScoreBody.Of(subject.Code, subject.AreaId, score, marks);
        return new NewScore(
            subject.Kind, subject.Code, subject.AreaId, subject.WorkerId, body.Total, body.Band, body.CoveredWeight, body.ToText(), packed, RandomNumberGenerator.GetBytes(SnapshotHash.SaltBytes));
    }
}
