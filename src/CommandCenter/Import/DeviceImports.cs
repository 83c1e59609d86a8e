using CommandCenter.Access;
using CommandCenter.Areas;
using CommandCenter.Contracts.Import;
using CommandCenter.Storage;
using CommandCenter.Workers;
using Microsoft.Extensions.Options;
using Npgsql;

namespace CommandCenter.Import;

/// <summary>Device files: reader, rules and store put together.</summary>
internal sealed class DeviceImports(DeviceImportStore store, DeviceLoading loading, IOptions<ImportOptions> options)
{
    public IImportWork? Read(ImportText text, Viewer viewer, out ImportRefusal? refusal)
    {
        var problems = new ImportProblems();
        return CsvTable.Read(text, DeviceImportRules.Columns, options.Value.MaxRows, problems, out refusal) is { } table
            ? new Work(DeviceImportRules.Read(table, problems), table.Count, problems, viewer, store, loading)
            : null;
    }

    private sealed class Work(
        IReadOnlyList<EnrolmentRow> rows, int count, ImportProblems problems, Viewer viewer, DeviceImportStore store, DeviceLoading loading) : IImportWork
    {
        private DevicePlan? _plan;

        public string AuditAction => "import-devices";

        public async Task<ImportPlan> PlanAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, bool toWrite, CancellationToken cancellationToken)
        {
            if (toWrite)
            {
                await ChangeFeed.HoldAsync(connection, transaction, AreaStore.Feed, cancellationToken);
                await ChangeFeed.HoldAsync(connection, transaction, WorkerStore.Feed, cancellationToken);
                await ChangeFeed.BumpAsync(connection, transaction, DeviceStore.Feed, cancellationToken);
            }

            var tree = new AreaTree(await AreaStore.LoadAsync(connection, transaction, cancellationToken), 0);
            var workers = await RosterImportStore.FindAsync(connection, transaction, rows.Select(row => row.Worker), cancellationToken);
            var devices = await DeviceImportStore.InForceAsync(connection, transaction, [.. workers.Values.Select(worker => worker.Id)], cancellationToken);
            _plan = DeviceImportRules.Plan(rows, tree, tree.OwnOf(viewer), workers, devices, problems);
            var changes = _plan.Writes.Select(device => new ImportedRow(device.Row, device.Worker, device.Label, true, []));
            return new ImportPlan(ImportKind.Devices, count, [.. changes], _plan.Unchanged, 0, problems);
        }

        public async Task<ImportWritten> WriteAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken cancellationToken)
        {
            var devices = await store.WriteAsync(connection, transaction, _plan!.Writes, viewer.AccountId, cancellationToken);

            // Each of these decides whose place a phone tells.
            return new ImportWritten(devices, devices.Zip(_plan.Writes, (device, plan) =>
                new AuditAct(AuditActions.EnrolDevice, plan.HomeAreaId, plan.WorkerId, device.User)));
        }

        public Task RefreshAsync(CancellationToken cancellationToken) => loading.RefreshAsync(cancellationToken);
    }
}
