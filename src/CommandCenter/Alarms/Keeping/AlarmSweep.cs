using CommandCenter.Contracts.Tracks;
using CommandCenter.Tracks.Keeping;
using Microsoft.Extensions.Options;
using Npgsql;

namespace CommandCenter.Alarms.Keeping;

/// <summary>
/// Alarms whose keeping is over: first who, where and what was said, some time later the alarm and its ledger as a whole. Oldest end first, open ones never, and none that a case holds for whom
/// it is about or for somebody who was sent. Stopped anywhere it goes on from there.
/// </summary>
internal sealed class AlarmSweep(NpgsqlDataSource dataSource, AlarmKeepStore store, IOptions<AlarmOptions> options, TimeProvider time) : IKeptBeside
{
    public string Why => "alarms";

    public IReadOnlyList<KeptBeside> Figures => [new("alarmWords", options.Value.KeepWordsDays), new("alarms", options.Value.KeepDays)];

    public async Task<Deleted> RunAsync(Func<Deleted, CancellationToken, Task> afterStep, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var words = await AllAsync(
            (connection, transaction, passed) => store.ToEraseAsync(connection, transaction, BeforeMs(now, options.Value.KeepWordsDays), passed, now, cancellationToken),
            async (connection, transaction, alarms) => (await store.EraseAsync(connection, transaction, alarms, null, null, now, cancellationToken)).Sum(table => table.Rows),
            now,
            afterStep,
            cancellationToken);
        return words + await AllAsync(
            (connection, transaction, passed) => store.ToDeleteAsync(connection, transaction, BeforeMs(now, options.Value.KeepDays), passed, now, cancellationToken),
            (connection, transaction, alarms) => store.DeleteAsync(connection, transaction, alarms, cancellationToken),
            now,
            afterStep,
            cancellationToken);
    }

    /// <summary>Alarms that ended before this are past their keeping, ms since 1970 UTC.</summary>
    internal static long BeforeMs(DateTimeOffset now, int days) => now.AddDays(-days).ToUnixTimeMilliseconds();

    private async Task<Deleted> AllAsync(
        Func<NpgsqlConnection, NpgsqlTransaction, Guid[], Task<Guid[]>> find,
        Func<NpgsqlConnection, NpgsqlTransaction, Guid[], Task<long>> letGo,
        DateTimeOffset now,
        Func<Deleted, CancellationToken, Task> afterStep,
        CancellationToken cancellationToken)
    {
        var all = default(Deleted);
        var passed = new List<Guid>();
        while (true)
        {
            await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await KeepingLock.TakeAsync(connection, transaction, cancellationToken);
            var found = await find(connection, transaction, [.. passed]);
            if (found.Length == 0)
            {
                return all;
            }

            var held = await store.HeldAsync(connection, transaction, found, now, cancellationToken);
            var gone = new Deleted(await letGo(connection, transaction, [.. found.Where(alarm => !held.Contains(alarm))]), 0);
            await transaction.CommitAsync(cancellationToken);
            passed.AddRange(held);
            all += gone;
            await afterStep(gone, cancellationToken);
        }
    }
}
