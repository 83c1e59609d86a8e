using CommandCenter.Areas;
using CommandCenter.Contracts.Import;
using CommandCenter.Contracts.Workers;
using CommandCenter.Workers;

namespace CommandCenter.Import;

/// <summary>A worker as stored; <paramref name="Left"/>: no longer on the roster.</summary>
public sealed record StoredWorker(int Id, string Code, string Name, WorkerRole Role, int HomeAreaId, string? Phone, IReadOnlyList<string> Skills, bool Left);

/// <summary>A worker to add (<paramref name="Id"/> and <paramref name="OldHomeAreaId"/> null) or to change.</summary>
public sealed record PlannedWorker(
    int Row, int? Id, string Code, string Name, WorkerRole Role, int? OldHomeAreaId, int HomeAreaId, string? Phone, IReadOnlyList<string> Skills, IReadOnlyList<string> Fields)
{
    public bool Moved => OldHomeAreaId is { } old && old != HomeAreaId;
}

/// <summary>What a roster file would do.</summary>
public sealed record RosterPlan(IReadOnlyList<PlannedWorker> Writes, int Unchanged, int Left);

/// <summary>A row of a roster file that could be read.</summary>
/// <param name="Row">Its line.</param>
/// <param name="Code">The worker's name everywhere.</param>
/// <param name="Name">As written.</param>
/// <param name="Role">Null with a problem.</param>
/// <param name="Area">Code of the home area; null with a problem.</param>
/// <param name="Phone">Normalised; null when blank.</param>
/// <param name="PhoneGiven">The file has such a column: a blank one takes the number away.</param>
/// <param name="Skills">Null: the file has no such column, or a problem with it.</param>
public sealed record RosterRow(
    int Row, string Code, string? Name, WorkerRole? Role, string? Area, string? Phone, bool PhoneGiven, IReadOnlyList<string>? Skills = null);

/// <summary>Reads the rows of a roster file and holds them against the roster. Pure.</summary>
public static class RosterImportRules
{
    internal static readonly IReadOnlyList<CsvColumn> Columns =
    [
        new("code", true, "编号", "编码", "工号", "人员编号", "网格员编号"),
        new("name", true, "姓名"),
        new("role", true, "角色", "岗位", "类别"),
        new("area", true, "区划", "区划编码", "所属区划", "网格", "网格编码", "所属网格"),
        new("phone", false, "电话", "手机", "手机号", "电话号码", "联系电话", "联系方式"),
        new("skills", false, "技能", "特长", "专长"),
    ];

    private static readonly Dictionary<string, WorkerRole> Roles = WorkerNames.Roles
        .Select(pair => (pair.Key, pair.Value))
        .Concat(
        [
            ("网格长", WorkerRole.GridLeader),
            ("网格员", WorkerRole.GridWorker),
            ("专职网格员", WorkerRole.GridWorker),
            ("微网格员", WorkerRole.Auxiliary),
            ("微网格长", WorkerRole.Auxiliary),
            ("辅助力量", WorkerRole.Auxiliary),
            ("应急力量", WorkerRole.Reserve),
        ])
        .ToDictionary(pair => CsvColumn.Plain(pair.Item1), pair => pair.Item2);

    internal static IReadOnlyList<RosterRow> Read(IReadOnlyList<CsvRow> table, ImportProblems problems)
    {
        var rows = new List<RosterRow>();
        var rowOfCode = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        var rowOfPhone = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (at, values) in table)
        {
            if (problems.Code(at, null, "code", values[0]) is not { } code)
            {
                continue;
            }

            if (!rowOfCode.TryAdd(code, at))
            {
                problems.Error(at, code, "code", ImportFault.Duplicate, $"Row {rowOfCode[code]} has this code already.", $"{rowOfCode[code]}");
                continue;
            }

            var phone = problems.Phone(at, code, values[4]);
            if (phone is not null && !rowOfPhone.TryAdd(phone, at))
            {
                problems.Warn(at, code, "phone", ImportFault.SamePhone, $"Row {rowOfPhone[phone]} has this number, too.", $"{rowOfPhone[phone]}");
            }

            rows.Add(new RosterRow(
                at,
                code,
                problems.Text(at, code, "name", values[1], AreaRules.MaxNameLength),
                ReadRole(at, code, values[2], problems),
                problems.Code(at, code, "area", values[3]),
                phone,
                values[4] is not null,
                ReadSkills(at, code, values[5], problems)));
        }

        return rows;
    }

    /// <param name="rows">Of the file.</param>
    /// <param name="tree">All areas.</param>
    /// <param name="own">The importer's area: the file stays within it.</param>
    /// <param name="stored">Those of the file's codes that are on the roster or were, by code in any case.</param>
    /// <param name="atHome">How many workers are at home in <paramref name="own"/>.</param>
    /// <param name="problems">Takes what is wrong.</param>
    public static RosterPlan Plan(
        IReadOnlyList<RosterRow> rows, AreaTree tree, AreaNode own, IReadOnlyDictionary<string, StoredWorker> stored, int atHome, ImportProblems problems)
    {
        var writes = new List<PlannedWorker>();
        var (unchanged, seen) = (0, 0);
        foreach (var row in rows)
        {
            var was = stored.GetValueOrDefault(row.Code);
            if (!MayTake(row, was, tree, own, problems))
            {
                continue;
            }

            seen += was is null ? 0 : 1;
            var home = row.Area is null ? null : tree.Find(row.Area);
            if (row.Area is not null && !own.Contains(home))
            {
                problems.Error(row.Row, row.Code, "area", ImportFault.UnknownArea, $"There is no area {row.Area} in your area.", row.Area);
                continue;
            }

            if (home is null || row.Role is not { } role || row.Name is null)
            {
                continue;
            }

            var worker = Planned(row, was, home.Area.Id, role);
            if (was is not null && worker.Fields.Count == 0)
            {
                unchanged++;
            }
            else
            {
                writes.Add(worker);
            }
        }

        return new RosterPlan(writes, unchanged, atHome - seen);
    }

    private static bool MayTake(RosterRow row, StoredWorker? was, AreaTree tree, AreaNode own, ImportProblems problems)
    {
        if (was is null)
        {
            return true;
        }

        if (!own.Contains(tree.Find(was.HomeAreaId)))
        {
            problems.Error(row.Row, row.Code, "code", ImportFault.CodeTaken, "This is the code of a worker outside of your area.");
            return false;
        }

        if (was.Left)
        {
            problems.Error(row.Row, row.Code, "code", ImportFault.WorkerLeft, "This was the code of a worker who left: a new one gets a new code.");
            return false;
        }

        return true;
    }

    private static PlannedWorker Planned(RosterRow row, StoredWorker? was, int homeAreaId, WorkerRole role)
    {
        var phone = row.PhoneGiven ? row.Phone : was?.Phone;
        var skills = row.Skills ?? was?.Skills ?? [];
        (string Field, bool Differs)[] fields = was is null
            ? []
            :
            [
                ("name", row.Name != was.Name),
                ("role", role != was.Role),
                ("area", homeAreaId != was.HomeAreaId),
                ("phone", phone != was.Phone),
                ("skills", !WorkerSkills.Same(skills, was.Skills)),
            ];
        return new PlannedWorker(
            row.Row, was?.Id, was?.Code ?? row.Code, row.Name!, role, was?.HomeAreaId, homeAreaId, phone, skills, [.. fields.Where(f => f.Differs).Select(f => f.Field)]);
    }

    private static string[]? ReadSkills(int row, string code, string? value, ImportProblems problems)
    {
        if (value is null)
        {
            return null;
        }

        if (WorkerSkills.Parse(value) is { } skills)
        {
            return skills;
        }

        problems.Error(row, code, "skills", ImportFault.Invalid, "'skills' must be up to 10 skills of up to 32 characters each, with 、 or ; between them.");
        return null;
    }

    private static WorkerRole? ReadRole(int row, string code, string? value, ImportProblems problems)
    {
        if (problems.IsMissing(row, code, "role", value))
        {
            return null;
        }

        if (Roles.TryGetValue(CsvColumn.Plain(value!), out var role))
        {
            return role;
        }

        problems.Error(
            row, code, "role", ImportFault.Invalid, $"'role' must be one of {string.Join(", ", WorkerNames.Roles.Keys)} (网格长, 网格员, 微网格员, 应急力量).");
        return null;
    }
}
