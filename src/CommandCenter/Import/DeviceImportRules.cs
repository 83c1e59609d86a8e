using CommandCenter.Areas;
using CommandCenter.Contracts.Import;

namespace CommandCenter.Import;

/// <summary>A row of a device file that could be read; a worker may have several devices with different labels.</summary>
public sealed record EnrolmentRow(int Row, string Worker, string? Label);

/// <summary>A device in force, as stored.</summary>
public sealed record StoredDevice(int WorkerId, string? Label);

/// <summary>A device to enrol.</summary>
public sealed record PlannedDevice(int Row, int WorkerId, int HomeAreaId, string Worker, string? Label);

/// <summary>What a device file would do.</summary>
public sealed record DevicePlan(IReadOnlyList<PlannedDevice> Writes, int Unchanged);

/// <summary>Reads the rows of a device file and holds them against roster and devices. Pure.</summary>
public static class DeviceImportRules
{
    public const int MaxLabelLength = 100;

    internal static readonly IReadOnlyList<CsvColumn> Columns =
    [
        new("worker", true, "编号", "编码", "工号", "人员编号", "网格员", "网格员编号"),
        new("label", false, "标签", "备注", "设备", "设备名称", "手机型号"),
    ];

    internal static IReadOnlyList<EnrolmentRow> Read(IReadOnlyList<CsvRow> table, ImportProblems problems)
    {
        var rows = new List<EnrolmentRow>();
        var seen = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (var (at, values) in table)
        {
            if (problems.Code(at, null, "worker", values[0]) is not { } worker)
            {
                continue;
            }

            var label = problems.OptionalText(at, worker, "label", values[1], MaxLabelLength);
            if (!seen.TryAdd($"{worker}\n{label}", at))
            {
                var first = seen[$"{worker}\n{label}"];
                problems.Error(at, worker, "label", ImportFault.Duplicate, $"Row {first} is the same device: give the second one a label of its own.", $"{first}");
                continue;
            }

            rows.Add(new EnrolmentRow(at, worker, label));
        }

        return rows;
    }

    /// <param name="rows">Of the file.</param>
    /// <param name="tree">All areas.</param>
    /// <param name="own">The importer's area: the workers are at home in it.</param>
    /// <param name="workers">Those of the file's workers that are on the roster or were, by code in any case.</param>
    /// <param name="devices">Devices in force of these.</param>
    /// <param name="problems">Takes what is wrong.</param>
    public static DevicePlan Plan(
        IReadOnlyList<EnrolmentRow> rows,
        AreaTree tree,
        AreaNode own,
        IReadOnlyDictionary<string, StoredWorker> workers,
        IReadOnlySet<StoredDevice> devices,
        ImportProblems problems)
    {
        var writes = new List<PlannedDevice>();
        var unchanged = 0;
        foreach (var row in rows)
        {
            if (workers.GetValueOrDefault(row.Worker) is not { } worker || !own.Contains(tree.Find(worker.HomeAreaId)))
            {
                problems.Error(row.Row, row.Worker, "worker", ImportFault.UnknownWorker, $"There is no worker {row.Worker} in your area.", row.Worker);
            }
            else if (worker.Left)
            {
                problems.Error(row.Row, row.Worker, "worker", ImportFault.WorkerLeft, "This worker left.", row.Worker);
            }
            else if (devices.Contains(new StoredDevice(worker.Id, row.Label)))
            {
                unchanged++;
            }
            else
            {
                writes.Add(new PlannedDevice(row.Row, worker.Id, worker.HomeAreaId, worker.Code, row.Label));
            }
        }

        return new DevicePlan(writes, unchanged);
    }
}
