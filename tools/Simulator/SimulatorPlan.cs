using System.Text.Json;
using CommandCenter.Contracts.Workers;
using CommandCenter.Phones;

namespace CommandCenter.Simulator;

/// <summary>The file that the server writes in demo mode: whom to play, with which credentials, on which streets. Degrees WGS-84, (lon, lat).</summary>
public sealed class SimulatorPlan
{
    private const long LargestFile = 256L << 20;
    private static readonly JsonSerializerOptions Wire = new(JsonSerializerDefaults.Web);

    public required int Seed { get; init; }

    public required IReadOnlyList<PlannedWorker> Workers { get; init; }

    public required StreetGraph Streets { get; init; }

    public WaterBodies Water { get; init; } = WaterBodies.None;

    /// <summary>Null: the file names none, and nobody's duty changes.</summary>
    public PlannedDesk? Desk { get; init; }

    /// <summary>Null and a sentence for people when the file cannot be used.</summary>
    public static SimulatorPlan? Read(string path, out string fault)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
        {
            fault = $"there is no file {path}";
            return null;
        }

        if (file.Length > LargestFile)
        {
            fault = $"{path} is larger than {LargestFile >> 20} MB";
            return null;
        }

        try
        {
            using var stream = file.OpenRead();
            var document = JsonSerializer.Deserialize<PlanDocument>(stream, Wire);
            var plan = Check(document, out fault);
            fault = plan is null ? $"{path}: {fault}" : "";
            return plan;
        }
        catch (JsonException error)
        {
            fault = $"{path}, line {error.LineNumber + 1}: expected the plan's JSON at {error.Path ?? "its start"}";
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            fault = $"{path} cannot be read: {error.Message}";
        }

        return null;
    }

    private static SimulatorPlan? Check(PlanDocument? document, out string fault)
    {
        if (document?.Workers is not { Count: > 0 } planned)
        {
            fault = "expected at least one worker in \"workers\"";
            return null;
        }

        if (document.Streets is not { Nodes: { } nodes, Edges: { } edges })
        {
            fault = "expected \"streets\" with \"nodes\" and \"edges\"";
            return null;
        }

        var water = WaterBodies.Read(document.Water, out fault);
        var streets = water is null ? null : StreetGraph.Build(nodes, edges, out fault, water);
        if (streets is null)
        {
            return null;
        }

        if (document.Desk is { } named && (string.IsNullOrEmpty(named.User) || string.IsNullOrEmpty(named.Password)))
        {
            fault = "expected \"user\" and \"password\" in \"desk\"";
            return null;
        }

        var workers = new List<PlannedWorker>(planned.Count);
        var codes = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < planned.Count; i++)
        {
            var worker = CheckWorker(planned[i], out fault);
            if (worker is not null && !codes.Add(worker.Code))
            {
                fault = $"{worker.Code} is there twice";
                worker = null;
            }

            if (worker is null)
            {
                fault = $"worker {i + 1}: {fault}";
                return null;
            }

            workers.Add(worker);
        }

        return new SimulatorPlan
        {
            Seed = document.Seed,
            Workers = workers,
            Streets = streets,
            Water = water!,
            Desk = document.Desk is { } desk ? new PlannedDesk { User = desk.User!, Password = desk.Password! } : null,
        };
    }

    private static PlannedWorker? CheckWorker(PlanWorkerDocument worker, out string fault)
    {
        var device = new DeviceCredentials { OsmandId = worker.OsmandId, User = worker.User, Password = worker.Password };
        WorkerRole role = default;
        fault = string.IsNullOrWhiteSpace(worker.Worker) ? "expected a code in \"worker\""
            : !Enum.TryParse(worker.Role, ignoreCase: true, out role) || !Enum.IsDefined(role)
                ? $"expected a role of gridLeader, gridWorker, auxiliary, reserve and found '{worker.Role}'"
            : !device.HasOsmandId && !device.HasPassword ? "expected \"osmandId\", or \"user\" and \"password\""
            : worker.Home is not [var lon, var lat] || !StreetGraph.IsPlace(lon, lat) ? "expected \"home\" as [lon, lat]"
            : worker.Bounds is not null and not [_, _, _, _] ? "expected \"bounds\" as [west, south, east, north]"
            : "";
        return fault.Length > 0 ? null : new PlannedWorker(worker.Worker!, role, device, worker.Home![0], worker.Home[1], Bounds.Of(worker.Bounds));
    }

    private sealed record PlanDocument(
        int Seed, PlanDeskDocument? Desk, IReadOnlyList<PlanWorkerDocument>? Workers, PlanStreets? Streets, IReadOnlyList<JsonElement>? Water);

    private sealed record PlanDeskDocument(string? User, string? Password);

    private sealed record PlanWorkerDocument(
        string? Worker, string? Role, string? OsmandId, string? User, string? Password, double[]? Home, double[]? Bounds);

    private sealed record PlanStreets(IReadOnlyList<double[]>? Nodes, IReadOnlyList<int[]>? Edges);
}

/// <summary>The account that changes workers' duty. Not a record: a printed record would show the password.</summary>
public sealed class PlannedDesk
{
    public required string User { get; init; }

    public required string Password { get; init; }
}

/// <summary>One worker to play.</summary>
public sealed record PlannedWorker(string Code, WorkerRole Role, DeviceCredentials Device, double HomeLongitude, double HomeLatitude, Bounds Bounds);

/// <summary>Degrees; the worker stays inside where the streets allow it.</summary>
public readonly record struct Bounds(double West, double South, double East, double North)
{
    public static readonly Bounds Everywhere = new(-180, -90, 180, 90);

    public bool Holds(double longitude, double latitude) =>
        longitude >= West && longitude <= East && latitude >= South && latitude <= North;

    internal static Bounds Of(double[]? corners) => corners is [var w, var s, var e, var n] ? new Bounds(w, s, e, n) : Everywhere;
}
