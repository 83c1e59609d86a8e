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

    /// <summary>Stores what was planned; the devices enrolled, if it enrols any.</summary>
    Task<IReadOnlyList<EnrolledDevice>?> WriteAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken cancellationToken);

    /// <summary>After the commit: this node knows before it answers.</summary>
    Task RefreshAsync(CancellationToken cancellationToken);
}
