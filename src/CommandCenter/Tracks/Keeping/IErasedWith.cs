using CommandCenter.Contracts.Tracks;
using Npgsql;

namespace CommandCenter.Tracks.Keeping;

/// <summary>What floors above keep of a person, erased together with the tracks; the receipt counts it as it counts those.</summary>
internal interface IErasedWith
{
    /// <summary>What would go, by table.</summary>
    Task<IReadOnlyList<ErasedTable>> CountAsync(NpgsqlConnection connection, int workerId, CancellationToken cancellationToken);

    /// <summary>
    /// Deletes some of what may go now, in a transaction that holds <see cref="KeepingLock"/> and is committed with the counts: by table what went, nothing when nothing may go. What a hold keeps
    /// or is needed yet stays.
    /// </summary>
    Task<IReadOnlyList<ErasedTable>> EraseSomeAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, ErasureRow erasure, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Something of the time before the erasure is still there: it is not finished.</summary>
    Task<bool> IsLeftAsync(NpgsqlConnection connection, ErasureRow erasure, CancellationToken cancellationToken);
}
