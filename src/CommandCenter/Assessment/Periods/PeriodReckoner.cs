using System.Text.Json;
using CommandCenter.Jobs;
using CommandCenter.Web;
using Microsoft.Extensions.Options;
using Npgsql;

namespace CommandCenter.Assessment.Periods;

/// <summary>What became of a period.</summary>
internal enum Reckoned
{
    /// <summary>It still runs: its scores were replaced.</summary>
    Provisional,
    Closed,

    /// <summary>It was closed, and comes out otherwise now.</summary>
    NewVersion,

    /// <summary>It was closed, and comes out as it was.</summary>
    Same,

    /// <summary>What it would be reckoned from was let go: what there is stays.</summary>
    SourcesGone,
}

/// <summary>
/// Reckons one period, in one transaction under a lock of the period: all its rows are there or none. What is open is replaced, what is closed stays, and gets a new version when it comes out otherwise.
/// </summary>
internal sealed class PeriodReckoner(
    ScoreStream scores, SnapshotSigner signer, PolicyBook policies, SourceKeeping keeping, PendingAppeals appeals, NpgsqlDataSource dataSource, IOptions<CenterOptions> center, TimeProvider time)
{
    public async Task<(Reckoned What, int Scores)> ReckonAsync(Period period, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        now = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMillisecond));
        var today = JobWindow.DayOf(now, center.Value);
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await SnapshotStore.LockAsync(connection, transaction, period, cancellationToken);
        var newest = await SnapshotStore.NewestAsync(connection, transaction, period, cancellationToken);
        if (await SourcesAsync(connection, period, today, newest, cancellationToken) is not { } source)
        {
            await appeals.SettleAsync(connection, transaction, period, newest?.Id, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return (Reckoned.SourcesGone, 0);
        }

        var frozen = newest?.ClosedAt is null ? null : newest;
        if (newest is not null && frozen is null)
        {
            await SnapshotStore.DeleteAsync(connection, transaction, newest.Id, cancellationToken);
        }

        var id = Guid.CreateVersion7(now);
        var policy = frozen is null ? await policies.InForceAsync(period.Starts, cancellationToken) : await policies.OfVersionAsync(frozen.PolicyVersion, cancellationToken);
        DateTimeOffset? closedAt = today >= period.Ends ? now : null;
        var version = frozen is null ? 1 : frozen.Version + 1;
        await SnapshotStore.InsertAsync(connection, transaction, id, period, version, policy.Version, SnapshotReasons.Provisional, closedAt, now, cancellationToken);
        var count = await SnapshotStore.CopyAsync(connection, id, source(policy), cancellationToken);
        if (closedAt is null)
        {
            await transaction.CommitAsync(cancellationToken);
            return (Reckoned.Provisional, count);
        }

        var difference = frozen is null ? null : await SnapshotStore.DifferenceAsync(connection, transaction, frozen, id, cancellationToken);
        if (difference is { IsNone: true })
        {
            await transaction.RollbackAsync(cancellationToken);
            await SnapshotStore.LookedAsync(connection, frozen!.Id, now, cancellationToken);
            await appeals.SettleAsync(connection, null, period, frozen.Id, cancellationToken);
            return (Reckoned.Same, count);
        }

        var reason = frozen is null ? SnapshotReasons.Closed : await appeals.ReasonAsync(connection, transaction, frozen, cancellationToken);
        var hash = SnapshotHash.Of(period, version, policy.Version, closedAt.Value, await SnapshotStore.HashesAsync(connection, transaction, id, cancellationToken));
        var (signature, key) = signer.Sign(hash);
        await SnapshotStore.CloseAsync(
            connection, transaction, id, hash, signature, key, reason, difference is null ? null : JsonSerializer.Serialize(difference, ScoreBody.Json), cancellationToken);
        await appeals.SettleAsync(connection, transaction, period, id, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return (frozen is null ? Reckoned.Closed : Reckoned.NewVersion, count);
    }

    /// <summary>Null: they were let go, in part at least, and would say less than there was.</summary>
    private async Task<Func<PolicyUsed, IAsyncEnumerable<NewScore>>?> SourcesAsync(
        NpgsqlConnection connection, Period period, DateOnly today, SnapshotRow? newest, CancellationToken cancellationToken)
    {
        if (period.Kind == PeriodKind.Quarter)
        {
            var months = new List<Guid>();
            foreach (var month in PeriodRules.MonthsOf(period))
            {
                if (await SnapshotStore.NewestAsync(connection, null, month, cancellationToken) is { } found)
                {
                    months.Add(found.Id);
                }
            }

            return months.Count == 0 ? null : policy => scores.OfMonthsAsync([.. months], policy, cancellationToken);
        }

        if (period.Starts < await keeping.OldestDayAsync(today, cancellationToken))
        {
            return null;
        }

        IReadOnlyDictionary<int, int> homes = newest?.ClosedAt is null ? new Dictionary<int, int>() : await SnapshotStore.HomesAsync(connection, newest.Id, cancellationToken);
        return policy => scores.OfSourcesAsync(period, policy, homes, cancellationToken);
    }
}
