using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using CommandCenter.Contracts.Access;
using CommandCenter.Contracts.Workers;
using CommandCenter.Geo;
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
/// <param name="Seed">Of all chance.</param>
/// <param name="Zone">In which the shifts' hours are meant.</param>
/// <param name="Desk">The dispatcher who sends people on and off duty; null in files of older versions.</param>
/// <param name="Workers">The daily staff.</param>
/// <param name="Streets">A connected graph.</param>
/// <param name="Water">GeoJSON polygons that only bridges cross.</param>
public sealed record SimulatorFile(
    int Seed, string? Zone, DeskAccount? Desk, IReadOnlyList<SimulatedWorker> Workers, SimulatedStreets Streets, IReadOnlyList<JsonElement>? Water);

/// <param name="User">A dispatcher's name to sign in with.</param>
/// <param name="Password">Random.</param>
public sealed record DeskAccount(string User, string Password);

/// <param name="Worker">Code.</param>
/// <param name="Role">gridLeader, gridWorker, auxiliary or reserve.</param>
/// <param name="OsmandId">Identifier for the OsmAnd protocol.</param>
/// <param name="User">User name for the other protocols.</param>
/// <param name="Password">Random.</param>
/// <param name="Home">Longitude, latitude of a street node in the home area.</param>
/// <param name="Bounds">West, south, east, north of the home area.</param>
public sealed record SimulatedWorker(string Worker, string Role, string OsmandId, string User, string Password, double[] Home, double[] Bounds);

/// <param name="Nodes">Longitude, latitude.</param>
/// <param name="Edges">Two places in <paramref name="Nodes"/> and the class of street (0 path … 4 trunk, see <see cref="StreetClass"/>) each.</param>
public sealed record SimulatedStreets(IReadOnlyList<double[]> Nodes, IReadOnlyList<int[]> Edges);

/// <summary>
/// The secrets of one demo's data folder. The database has only hashes, so these files are where they are; the database keeps a
/// fingerprint to tell whether the files are its own.
/// </summary>
/// <param name="Accounts">For people.</param>
/// <param name="Devices">For people to try.</param>
/// <param name="Simulated">For the simulator.</param>
/// <param name="Desk">For the simulator; left out of the fingerprint where it is missing, as in files of older versions.</param>
public sealed record DemoSecrets(
    IReadOnlyList<DemoAccount> Accounts,
    IReadOnlyList<DemoDevice> Devices,
    IReadOnlyList<DemoDevice> Simulated,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DeskAccount? Desk)
{
    private const string Zone = "Asia/Shanghai";

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
        var onDuty = district.Workers.Where(worker => worker.OnDuty).ToList();
        return new DemoSecrets(
            accounts,
            [.. onDuty.Where(worker => worker.Role == WorkerRole.Reserve).Select(Device)],
            [.. onDuty.Where(worker => worker.Role != WorkerRole.Reserve).Select(Device)],
            new DeskAccount("simulator-desk", DeviceSecrets.New()));
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
                    [.. simulator.Workers.Select(worker => new DemoDevice(worker.OsmandId, worker.User, worker.Password, worker.Worker))],
                    simulator.Desk)
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
        var simulated = Simulated.Select(device =>
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
            [.. district.Streets.Edges.Select(edge => new[] { edge.A, edge.B, (int)district.Streets.ClassOf(edge) })]);
        var file = new SimulatorFile(district.Plan.Seed, Zone, Desk, [.. simulated], streets, [.. district.Water.Select(GeoJsonWriter.ToElement)]);
        SecretFile.Write(SimulatorPath(folder), JsonSerializer.Serialize(file, Json));
        WriteAccounts(folder, url);
    }

    /// <summary><c>demo.json</c> alone: its address may have changed since the last start.</summary>
    public void WriteAccounts(string folder, string url) =>
        SecretFile.Write(DemoPath(folder), JsonSerializer.Serialize(new DemoFile(url, Accounts, Devices), Indented) + "\n");

    /// <summary>SHA-256 of all secrets, in hex.</summary>
    public string Fingerprint() => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(this, Json)));

    private static string DemoPath(string folder) => Path.Combine(folder, "demo.json");

    private static string SimulatorPath(string folder) => Path.Combine(folder, "simulator.json");

    private static DemoAccount Account(AccountRole role, string user, string area) =>
        new(user, DeviceSecrets.New(), role.ToString().ToLowerInvariant(), area);

    private static DemoDevice Device(DemoWorker worker) =>
        new(DeviceSecrets.New(), "demo-" + worker.Code.ToLowerInvariant(), DeviceSecrets.New(), worker.Code);
}
