using CommandCenter.Contracts.Tracks;
using Npgsql;

namespace CommandCenter.Alarms.Keeping;

/// <summary>What floors above keep of an alarm: it holds the alarm back where a case needs it, and goes with it. All in the caller's transaction.</summary>
internal interface IAlarmTies
{
    /// <summary>Those of the alarms that a case keeps for somebody else than whom they are about.</summary>
    Task<IReadOnlyList<Guid>> HeldAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, Guid[] alarms, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Deletes what was said about the alarms; what is left says of nobody but those who were sent.</summary>
    Task<ErasedTable> EraseWordsAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, Guid[] alarms, CancellationToken cancellationToken);

    /// <summary>Deletes all of it; returns how many rows.</summary>
    Task<long> DeleteAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, Guid[] alarms, CancellationToken cancellationToken);
}
