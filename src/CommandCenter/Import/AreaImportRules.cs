using CommandCenter.Areas;
using CommandCenter.Contracts.Areas;
using CommandCenter.Contracts.Import;

namespace CommandCenter.Import;

/// <summary>
/// Holds the areas of a file against those stored under the importer's own area. Pure. Nothing is ever removed: a grid that is gone may have
/// tracks, accounts and scores of last year.
/// </summary>
public static class AreaImportRules
{
    /// <param name="file">What was read; its features' own problems are in <paramref name="problems"/> already.</param>
    /// <param name="tree">All that is stored.</param>
    /// <param name="own">The importer's area: the file stays within it.</param>
    /// <param name="problems">Takes what is wrong; with an error the plan is for counting alone.</param>
    public static AreaPlan Plan(AreaFile file, AreaTree tree, AreaNode own, ImportProblems problems)
    {
        var planned = new Dictionary<string, PlannedArea>(StringComparer.Ordinal);
        for (var at = own.Enter; at < own.Exit; at++)
        {
            planned[tree.Nodes[at].Area.Code] = PlannedArea.Of(tree.Nodes[at]);
        }

        var rows = new List<PlannedArea>();
        foreach (var row in file.Rows)
        {
            var stored = tree.Find(row.Code);
            if (stored is not null && !own.Contains(stored))
            {
                problems.Error(row.Row, row.Code, "code", ImportFault.CodeTaken, "This is the code of an area outside of yours.");
                continue;
            }

            var area = stored is null ? New(row, problems) : stored == own ? Own(row, stored, problems) : Changed(row, stored, problems);
            planned[row.Code] = area;
            rows.Add(area);
        }

        CheckParents(rows, planned, own, problems);
        AreaFitRules.Check(planned, problems);
        var writes = rows.Where(area => area.Stored is null || area.Fields.Count > 0).ToList();
        return new AreaPlan(InOrder(writes), rows.Count - writes.Count, CountLeft(rows, planned));
    }

    private static PlannedArea New(AreaRow row, ImportProblems problems)
    {
        RequireNew(row.Name is not null, "name");
        RequireNew(row.Kind is not null, "kind");
        RequireNew(row.Parent is not null, "parent");
        return new PlannedArea
        {
            Row = row,
            Code = row.Code,
            Name = row.Name ?? "",
            NameEn = row.NameEn,
            Kind = row.Kind,
            GridType = GridTypeOf(row, row.Kind, null, problems),
            Parent = row.Parent,
            Geometry = row.Geometry,
        };

        void RequireNew(bool there, string field)
        {
            if (!there)
            {
                problems.Error(row.Row, row.Code, field, ImportFault.Missing, $"It has no {field}, which a new area needs.");
            }
        }
    }

    private static PlannedArea Own(AreaRow row, AreaNode stored, ImportProblems problems)
    {
        var area = stored.Area;
        var moved = row.Parent is not null && row.Parent != stored.Parent?.Area.Code;
        if (moved || (row.Kind ?? area.Kind) != area.Kind || (row.GridType ?? area.GridType) != area.GridType)
        {
            problems.Error(
                row.Row, row.Code, moved ? "parent" : "kind", ImportFault.OwnArea, "This is your own area: its place in the tree is changed by somebody above you.");
        }

        // Whoever sees an area sees who walks in it: nobody widens their own. A root has nothing around it to take.
        if (stored.Parent is not null && row.Geometry is not null && !SameShape.Are(row.Geometry, area.Geometry))
        {
            problems.Error(row.Row, row.Code, "geometry", ImportFault.OwnArea, "This is your own area: its border is redrawn by somebody above you.");
        }

        return Changed(row with { Parent = null, Kind = null, GridType = null }, stored, problems);
    }

    private static PlannedArea Changed(AreaRow row, AreaNode stored, ImportProblems problems)
    {
        var area = stored.Area;
        var kind = row.Kind ?? area.Kind;
        var gridType = GridTypeOf(row, kind, area.GridType, problems);
        var nameEn = row.NameEnGiven ? row.NameEn : area.NameEn;
        var parent = row.Parent ?? stored.Parent?.Area.Code;
        var redrawn = row.Geometry is not null && !SameShape.Are(row.Geometry, area.Geometry);
        (string Field, bool Differs)[] fields =
        [
            ("name", (row.Name ?? area.Name) != area.Name),
            ("nameEn", nameEn != area.NameEn),
            ("kind", kind != area.Kind),
            ("gridType", gridType != area.GridType),
            ("parent", parent != stored.Parent?.Area.Code),
            ("geometry", redrawn),
        ];
        return new PlannedArea
        {
            Row = row,
            Stored = area,
            Code = row.Code,
            Name = row.Name ?? area.Name,
            NameEn = nameEn,
            Kind = kind,
            GridType = gridType,
            Parent = parent,
            Geometry = row.Geometry ?? area.Geometry,
            Fields = [.. fields.Where(f => f.Differs).Select(f => f.Field)],
        };
    }

    private static GridType? GridTypeOf(AreaRow row, AreaKind? kind, GridType? stored, ImportProblems problems)
    {
        if (kind == AreaKind.Grid)
        {
            return row.GridType ?? stored ?? GridType.Ordinary;
        }

        if (row.GridType is not null && kind is not null)
        {
            problems.Error(row.Row, row.Code, "gridType", ImportFault.Invalid, "'gridType' must be missing unless kind is grid.");
        }

        return null;
    }

    private static void CheckParents(List<PlannedArea> rows, Dictionary<string, PlannedArea> planned, AreaNode own, ImportProblems problems)
    {
        foreach (var area in rows.Where(area => area.Stored?.Id != own.Area.Id && area.Parent is not null && !planned.ContainsKey(area.Parent)))
        {
            problems.Error(
                area.RowNumber, area.Code, "parent", ImportFault.UnknownParent, $"There is no area {area.Parent} in your area, nor in the file.", area.Parent);
        }

        foreach (var area in planned.Values)
        {
            if (area.Code != own.Area.Code && area.Parent is { } code && planned.GetValueOrDefault(code) is { } parent
                && (area.Row ?? parent.Row) is { } row && area.Kind <= parent.Kind)
            {
                var isChild = row == area.Row;
                problems.Error(
                    row.Row,
                    row.Code,
                    "kind",
                    ImportFault.KindNotBelowParent,
                    isChild
                        ? $"A {area.Kind!.Value.Name()} cannot lie under {parent.Code}, which is a {parent.Kind!.Value.Name()}."
                        : $"Under it lies {area.Code}, which is a {area.Kind!.Value.Name()}.",
                    isChild ? parent.Code : area.Code);
            }
        }

        CheckCycles(rows, planned, problems);
    }

    private static void CheckCycles(List<PlannedArea> rows, Dictionary<string, PlannedArea> planned, ImportProblems problems)
    {
        // The walk on which an area was seen first: met again on the same walk it closes a ring.
        var walks = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var start in rows)
        {
            for (var area = start; area is not null; area = area.Parent is null ? null : planned.GetValueOrDefault(area.Parent))
            {
                if (!walks.TryAdd(area.Code, start.RowNumber))
                {
                    if (walks[area.Code] == start.RowNumber)
                    {
                        problems.Error(area.RowNumber, area.Code, "parent", ImportFault.Cycle, "Upwards from it one comes back to it.", area.Parent);
                    }

                    break;
                }
            }
        }
    }

    private static List<PlannedArea> InOrder(List<PlannedArea> writes)
    {
        return [.. writes.OrderBy(Depth).ThenBy(area => area.RowNumber)];

        // A parent is of a higher level than its child, so the level orders them; in a plan with errors the order means nothing.
        static int Depth(PlannedArea area) => (int)(area.Kind ?? 0);
    }

    private static int CountLeft(List<PlannedArea> rows, Dictionary<string, PlannedArea> planned)
    {
        var places = rows.Select(area => area.Code).Concat(rows.Select(area => area.Parent)).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return planned.Values.Count(area => area.Row is null && Above(area).Any(places.Contains));

        // Bounded by the kinds, which grow downwards; a ring in a broken file is not followed for ever.
        IEnumerable<string> Above(PlannedArea area)
        {
            for (var up = 0; up < 10 && area.Parent is { } code && planned.TryGetValue(code, out var parent); up++, area = parent)
            {
                yield return code;
            }
        }
    }
}
