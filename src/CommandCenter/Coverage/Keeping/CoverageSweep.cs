using CommandCenter.Areas;
using CommandCenter.Contracts.Tracks;
using CommandCenter.Jobs;
using CommandCenter.Tracks.Keeping;
using CommandCenter.Web;
using Microsoft.Extensions.Options;
using Npgsql;

namespace CommandCenter.Coverage.Keeping;

/// <summary>
/// What one worker earned goes when the track does, area by area, but for what a case holds; the sums of all stay for a time of their own. Oldest day first; stopped anywhere
/// it goes on from there.
/// </summary>
internal sealed class CoverageSweep(
    NpgsqlDataSource dataSource,
    RetentionStore rules,
    AreaDirectory areas,
    IOptions<CoverageOptions> options,
    IOptions<TrackKeepingOptions> tracks,
    IOptions<CenterOptions> center,
    TimeProvider time) : IKeptBeside
{
    public string Why => "coverage";

    public IReadOnlyList<KeptBeside> Figures => [new("coverage", options.Value.KeepDays)];

    public async Task<Deleted> RunAsync(Func<Deleted, CancellationToken, Task> afterStep, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var ruleDays = (await rules.ListAsync(cancellationToken)).ToDictionary(rule => rule.AreaId, rule => rule.Days);
        var groups = RetentionRules.Groups(areas.Current, ruleDays, tracks.Value.RawDays);
        var ruled = groups.Where(group => group.AreaIds is not null).SelectMany(group => group.AreaIds!).ToArray();
        var all = default(Deleted);
        foreach (var group in groups)
        {
            var (who, areaIds) = group.AreaIds is { } own ? (RetentionSweep.OfAreasSql, own) : (RetentionSweep.OfOthersSql, ruled);
            all += await AllAsync(
                (connection, transaction) => CoverageKeepStore.LetGoAsync(
                    connection, transaction, who, areaIds, FirstKept(now, group.Days), center.Value.Zone.Id, now, tracks.Value.BatchRows, cancellationToken),
                afterStep,
                cancellationToken);
        }

        return all + await AllAsync(
            (connection, transaction) => CoverageKeepStore.DropAsync(connection, transaction, FirstKept(now, options.Value.KeepDays), tracks.Value.BatchRows, cancellationToken),
            afterStep,
            cancellationToken);
    }

    /// <summary>Whole days: the last of those before it ended before the cutoff.</summary>
    private DateOnly FirstKept(DateTimeOffset now, int days) => JobWindow.DayOf(now.AddDays(-days), center.Value);

    private async Task<Deleted> AllAsync(
        Func<NpgsqlConnection, NpgsqlTransaction, Task<long>> some, Func<Deleted, CancellationToken, Task> afterStep, CancellationToken cancellationToken)
    {
        var all = default(Deleted);
        while (true)
        {
            await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await KeepingLock.TakeAsync(connection, transaction, cancellationToken);
            var gone = new Deleted((int)await some(connection, transaction), 0);
            await transaction.CommitAsync(cancellationToken);
            all += gone;
            await afterStep(gone, cancellationToken);
            if (gone.Rows < tracks.Value.BatchRows)
            {
                return all;
            }
        }
    }
}
