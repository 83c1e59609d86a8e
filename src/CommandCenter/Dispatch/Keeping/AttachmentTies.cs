using CommandCenter.Alarms.Keeping;
using CommandCenter.Contracts.Tracks;
using CommandCenter.Dispatch.Attachments;
using Npgsql;

namespace CommandCenter.Dispatch.Keeping;

/// <summary>Files beside alarms: they show people and places, so they go with the words.</summary>
internal sealed class AttachmentTies : IAlarmTies
{
    public Task<IReadOnlyList<Guid>> HeldAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, Guid[] alarms, DateTimeOffset now, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Guid>>([]);

    public async Task<ErasedTable> EraseWordsAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, Guid[] alarms, CancellationToken cancellationToken) =>
        new("alarm_attachments", await DeleteAsync(connection, transaction, alarms, cancellationToken), 0);

    public async Task<long> DeleteAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, Guid[] alarms, CancellationToken cancellationToken) =>
        await AttachmentStore.DeleteOfAlarmsAsync(connection, transaction, alarms, cancellationToken);
}
