using CommandCenter.Contracts.Tracks;
using CommandCenter.Jobs;
using CommandCenter.Tracks.Keeping;
using CommandCenter.Web;
using Microsoft.Extensions.Options;
using Npgsql;

namespace CommandCenter.Coverage.Keeping;

/// <summary>
/// What somebody who is erased has earned, after the tracks: so nothing of what goes is reckoned again. Their days are summed up without them. Of the erasure's last day what came
/// after its moment is reckoned anew.
/// </summary>
internal sealed class CoverageEraser(IOptions<CenterOptions> center) : IErasedWith
{
    private const string Table = "coverage_worker_days";
    private const int Most = 1_000;

    public async Task<IReadOnlyList<ErasedTable>> CountAsync(NpgsqlConnection connection, int workerId, CancellationToken cancellationToken) =>
        [new(Table, await CoverageKeepStore.CountAsync(connection, workerId, cancellationToken), 0)];

    public async Task<IReadOnlyList<ErasedTable>> EraseSomeAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, ErasureRow erasure, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var gone = await CoverageKeepStore.EraseAsync(connection, transaction, erasure.WorkerId, LastDayOf(erasure), center.Value.Zone.Id, now, Most, cancellationToken);
        return gone == 0 ? [] : [new(Table, gone, 0)];
    }

    public Task<bool> IsLeftAsync(NpgsqlConnection connection, ErasureRow erasure, CancellationToken cancellationToken) =>
        CoverageKeepStore.IsLeftAsync(connection, erasure.WorkerId, LastDayOf(erasure), cancellationToken);

    private DateOnly LastDayOf(ErasureRow erasure) => JobWindow.DayOf(DateTimeOffset.FromUnixTimeMilliseconds(erasure.UntilMs), center.Value);
}
