using CommandCenter.Access;
using CommandCenter.Contracts.Devices;
using Npgsql;

namespace CommandCenter.Import;

/// <summary>
/// A file that was read and is now held against what is stored. All three steps are of one transaction: planned for a preview, or planned anew,
/// written and committed.
/// </summary>
internal interface IImportWork
{
    /// <summary>The word on the audit trail; it is stored, so never change one.</summary>
    string AuditAction { get; }

    /// <summary>Reads what is stored; <paramref name="toWrite"/> keeps it from changing until the transaction ends.</summary>
    Task<ImportPlan> PlanAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, bool toWrite, CancellationToken cancellationToken);

    /// <summary>Stores what was planned.</summary>
    Task<ImportWritten> WriteAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken cancellationToken);

    /// <summary>After the commit: this node knows before it answers.</summary>
    Task RefreshAsync(CancellationToken cancellationToken);
}

/// <summary>What writing a file brought about.</summary>
/// <param name="Devices">Enrolled, if the file enrols any.</param>
/// <param name="Acts">
/// What has a row of its own on the audit trail, as when it is done alone: all that changes who sees whom. The rest is in the row of the import as a whole.
/// </param>
internal sealed record ImportWritten(IReadOnlyList<EnrolledDevice>? Devices, IEnumerable<AuditAct> Acts);
