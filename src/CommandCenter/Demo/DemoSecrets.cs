using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using CommandCenter.Contracts.Access;
using CommandCenter.Storage.Embedded;
using CommandCenter.Workers;

namespace CommandCenter.Demo;

/// <summary>The file <c>demo.json</c> in the data folder: how to sign in, and as which phones to report.</summary>
public sealed record DemoFile(string Url, IReadOnlyList<DemoAccount> Accounts, IReadOnlyList<DemoDevice> Devices);

/// <param name="User">Name to sign in with.</param>
/// <param name="Password">Random.</param>
/// <param name="Role">wall, dispatcher, supervisor or administrator.</param>
/// <param name="Area">Code.</param>
public sealed record DemoAccount(string User, string Password, string Role, string Area);

/// <param name="OsmandId">Identifier for the OsmAnd protocol.</param>
/// <param name="User">User name for the other protocols.</param>
/// <param name="Password">Random.</param>
/// <param name="Worker">Code of the worker who carries it.</param>
public sealed record DemoDevice(string OsmandId, string User, string Password, string Worker);

/// <summary>The file <c>simulator.json</c> in the data folder: whom to move and along which streets.</summary>
public sealed record SimulatorFile(int Seed, IReadOnlyList<SimulatedWorker> Workers, SimulatedStreets Streets);

/// <param name="Worker">Code.</param>
/// <param name="Role">gridLeader, gridWorker, auxiliary or reserve.</param>
/// <param name="OsmandId">Identifier for the OsmAnd protocol.</param>
/// <param name="User">User name for the other protocols.</param>
/// <param name="Password">Random.</param>
/// <param name="Home">Longitude, latitude of a street node in the home area.</param>
/// <param name="Bounds">West, south, east, north of the home area.</param>
public sealed record SimulatedWorker(string Worker, string Role, string OsmandId, string User, string Password, double[] Home, double[] Bounds);

/// <param name="Nodes">Longitude, latitude.</param>
/// <param name="Edges">Two places in <paramref name="Nodes"/> each.</param>
public sealed record SimulatedStreets(IReadOnlyList<double[]> Nodes, IReadOnlyList<int[]> Edges);

/// <summary>
/// The secrets of one demo's data folder. The database has only hashes, so these files are where they are; the database keeps a
/// fingerprint to tell whether the files are its own.
/// </summary>
public sealed record DemoSecrets(IReadOnlyList<DemoAccount> Accounts, IReadOnlyList<DemoDevice> Devices, IReadOnlyList<DemoDevice> Simulated)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.Never,
    };

    private static readonly JsonSerializerOptions Indented = new(Json) { WriteIndented = true };

    public static DemoSecrets New(DemoDistrict district)
    {
        var plan = district.Plan;
        var accounts = Enum.GetValues<AccountRole>().Select(role => Account(role, role.ToString().ToLowerInvariant(), plan.Code))
            .Append(Account(AccountRole.Dispatcher, $"dispatcher-{plan.SmallAccount}", plan.SmallAccount))
            .ToList();
        var free = plan.SimulatedExcept
            .Select(area => district.Workers.First(worker => worker is { OnDuty: true, Role: Contracts.Workers.WorkerRole.GridWorker } && worker.Area.StartsWith(area, StringComparison.Ordinal)))
            .ToList();
        return new DemoSecrets(
            accounts,
            [.. free.Select(Device)],
            [.. district.Workers.Where(worker => worker.OnDuty).Except(free).Select(Device)]);
    }

    /// <summary>What the files say; null when one is missing or unreadable.</summary>
    public static DemoSecrets? Read(string folder)
    {
        try
        {
            var demo = JsonSerializer.Deserialize<DemoFile>(File.ReadAllText(DemoPath(folder)), Json);
            var simulator = JsonSerializer.Deserialize<SimulatorFile>(File.ReadAllText(SimulatorPath(folder)), Json);
            return demo is { Accounts: not null, Devices: not null } && simulator is { Workers: not null }
                ? new DemoSecrets(
                    demo.Accounts,
                    demo.Devices,
                    [.. simulator.Workers.Select(worker => new DemoDevice(worker.OsmandId, worker.User, worker.Password, worker.Worker))])
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            // Lost or damaged: the caller issues new ones and says so.
            return null;
        }
    }

    /// <summary>Both files, each whole or not at all, for their owner's eyes only.</summary>
    public void Write(string folder, string url, DemoDistrict district)
    {
        DataFolder.MakeFolder(folder);
        var workers = district.Workers.ToDictionary(worker => worker.Code);
        var areas = district.Areas.ToDictionary(area => area.Code);
        var simulated = Simulated.Where(device => workers.ContainsKey(device.Worker)).Select(device =>
        {
            var worker = workers[device.Worker];
            var box = areas[worker.Area].Outline.EnvelopeInternal;
            return new SimulatedWorker(
                worker.Code,
                worker.Role.Name(),
                device.OsmandId,
                device.User,
                device.Password,
                [worker.Home.X, worker.Home.Y],
                [box.MinX, box.MinY, box.MaxX, box.MaxY]);
        });
        var streets = new SimulatedStreets(
            [.. district.Streets.Nodes.Select(node => new[] { node.X, node.Y })],
            [.. district.Streets.Edges.Select(edge => new[] { edge.A, edge.B })]);
        SecretFile.Write(SimulatorPath(folder), JsonSerializer.Serialize(new SimulatorFile(district.Plan.Seed, [.. simulated], streets), Json));
        SecretFile.Write(DemoPath(folder), JsonSerializer.Serialize(new DemoFile(url, Accounts, Devices), Indented) + "\n");
    }

    /// <summary>SHA-256 of all secrets, in hex.</summary>
    public string Fingerprint() => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(this, Json)));

    private static string DemoPath(string folder) => Path.Combine(folder, "demo.json");

    private static string SimulatorPath(string folder) => Path.Combine(folder, "simulator.json");

    private static DemoAccount Account(AccountRole role, string user, string area) =>
        new(user, DeviceSecrets.New(), role.ToString().ToLowerInvariant(), area);

    private static DemoDevice Device(DemoWorker worker) =>
        new(DeviceSecrets.New(), "demo-" + worker.Code.ToLowerInvariant(), DeviceSecrets.New(), worker.Code);
}
