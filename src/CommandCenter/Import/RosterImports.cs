using CommandCenter.Access;
using CommandCenter.Areas;
using CommandCenter.Contracts.Import;
using CommandCenter.Storage;
using CommandCenter.Workers;
using Microsoft.Extensions.Options;
using Npgsql;

namespace CommandCenter.Import;

/// <summary>Roster files: reader, rules and store put together.</summary>
internal sealed class RosterImports(RosterImportStore store, WorkerLoading loading, IOptions<ImportOptions> options)
{
    public IImportWork? Read(ImportText text, Viewer viewer, out ImportRefusal? refusal)
    {
        var problems = new ImportProblems();
        return CsvTable.Read(text, RosterImportRules.Columns, options.Value.MaxRows, problems, out refusal) is { } table
            ? new Work(RosterImportRules.Read(table, problems), table.Count, problems, viewer, store, loading)
            : null;
    }

    private sealed class Work(
        IReadOnlyList<RosterRow> rows, int count, ImportProblems problems, Viewer viewer, RosterImportStore store, WorkerLoading loading) : IImportWork
    {
        private RosterPlan? _plan;
        private AreaTree _tree = AreaTree.Empty;

        public string AuditAction => "import-roster";

        public async Task<ImportPlan> PlanAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, bool toWrite, CancellationToken cancellationToken)
        {
            if (toWrite)
            {
                await ChangeFeed.HoldAsync(connection, transaction, AreaStore.Feed, cancellationToken);
                await ChangeFeed.BumpAsync(connection, transaction, WorkerStore.Feed, cancellationToken);
            }

            _tree = new AreaTree(await AreaStore.LoadAsync(connection, transaction, cancellationToken), 0);
            var own = _tree.OwnOf(viewer);
            var stored = await RosterImportStore.FindAsync(connection, transaction, rows.Select(row => row.Code), cancellationToken);
            var atHome = await RosterImportStore.CountAsync(connection, transaction, viewer.ScopeIn(_tree).IdsUnder(own), cancellationToken);
            _plan = RosterImportRules.Plan(rows, _tree, own, stored, atHome, problems);
            var changes = _plan.Writes.Select(worker => new ImportedRow(worker.Row, worker.Code, worker.Name, worker.Id is null, worker.Fields));
            return new ImportPlan(ImportKind.Roster, count, [.. changes], _plan.Unchanged, _plan.Left, problems);
        }

        public async Task<ImportWritten> WriteAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken cancellationToken)
        {
            await store.WriteAsync(connection, transaction, _plan!.Writes, cancellationToken);

            // A worker's home decides who sees the worker.
            return new ImportWritten(null, _plan.Writes.Where(worker => worker.Moved).Select(worker => new AuditAct(
                AuditActions.ChangeWorker, worker.HomeAreaId, worker.Id, $"from {CodeOf(worker.OldHomeAreaId)} to {CodeOf(worker.HomeAreaId)}")));
        }

        private string? CodeOf(int? areaId) => areaId is { } id ? _tree.Find(id)?.Area.Code : null;

        public Task RefreshAsync(CancellationToken cancellationToken) => loading.RefreshAsync(cancellationToken);
    }
}
