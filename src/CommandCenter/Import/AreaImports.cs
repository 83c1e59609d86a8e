using CommandCenter.Access;
using CommandCenter.Areas;
using CommandCenter.Contracts.Import;
using CommandCenter.Geo;
using CommandCenter.Storage;
using Microsoft.Extensions.Options;
using Npgsql;

namespace CommandCenter.Import;

/// <summary>Area files: reader, rules and store put together.</summary>
internal sealed class AreaImports(AreaImportStore store, AreaLoading loading, IOptions<ImportOptions> options)
{
    public IImportWork? Read(ImportText text, Datum datum, Viewer viewer, out ImportRefusal? refusal)
    {
        var problems = new ImportProblems();
        return AreaFileReader.Read(text.Utf8Bytes.Span, datum, options.Value, problems, out refusal) is { } file
            ? new Work(file, problems, viewer, store, loading)
            : null;
    }

    private sealed class Work(AreaFile file, ImportProblems problems, Viewer viewer, AreaImportStore store, AreaLoading loading) : IImportWork
    {
        private AreaPlan? _plan;
        private AreaTree _tree = AreaTree.Empty;

        public string AuditAction => "import-areas";

        public async Task<ImportPlan> PlanAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, bool toWrite, CancellationToken cancellationToken)
        {
            if (toWrite)
            {
                await ChangeFeed.BumpAsync(connection, transaction, AreaStore.Feed, cancellationToken);
            }

            _tree = new AreaTree(await AreaStore.LoadAsync(connection, transaction, cancellationToken), 0);
            _plan = AreaImportRules.Plan(file, _tree, _tree.OwnOf(viewer), problems);
            var changes = _plan.Writes.OrderBy(area => area.RowNumber)
                .Select(area => new ImportedRow(area.RowNumber, area.Code, area.Name, area.Stored is null, area.Fields));
            return new ImportPlan(ImportKind.Areas, file.Features, [.. changes], _plan.Unchanged, _plan.Left, problems);
        }

        public async Task<ImportWritten> WriteAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken cancellationToken)
        {
            await store.WriteAsync(connection, transaction, _plan!.Writes, cancellationToken);

            // Whoever administers or watches the new parent sees, from now on, whoever is at home in the area.
            return new ImportWritten(null, _plan.Writes.Where(area => area.Fields.Contains("parent")).Select(area => new AuditAct(
                AuditActions.MoveArea, area.Stored!.Id, Detail: $"{area.Code} from {CodeOf(area.Stored.ParentId)} to {area.Parent}")));
        }

        private string? CodeOf(int? areaId) => areaId is { } id ? _tree.Find(id)?.Area.Code : null;

        public Task RefreshAsync(CancellationToken cancellationToken) => loading.RefreshAsync(cancellationToken);
    }
}
