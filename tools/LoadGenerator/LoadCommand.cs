using System.CommandLine;
using System.Net.Sockets;
using CommandCenter.LoadGenerator.Center;
using CommandCenter.LoadGenerator.Runs;
using Npgsql;
using Spectre.Console;

namespace CommandCenter.LoadGenerator;

/// <summary>The command line; see <see cref="ExitStatus"/> for what it ends with.</summary>
internal sealed class LoadCommand(IAnsiConsole console)
{
    private static readonly (Scenario Scenario, string About)[] Scenarios =
    [
        (Scenario.District, "The daily staff of a district: 3,605 workers, a fix every 5 s, 20 walls"),
        (Scenario.Reserve, "Its reserve called up: 10,852 workers, 2,170 fixes/s, 200 walls"),
        (Scenario.City, "100,000 workers, 20,000 fixes/s, 500 walls over areas of 10,000"),
        (Scenario.Country, "4.5 million workers, 450,000 fixes/s in batches, 20 walls over areas of 10,000"),
        (Scenario.Ingest, "One fix a request, flat out at 64 and at 256 connections, in turns with an empty 200 of the same Kestrel"),
        (Scenario.BatchFlatOut, "Batches flat out, in turns with Redis alone taking the same bytes"),
        (Scenario.Fanout, "The same batched load without and with walls: what fan-out costs"),
        (Scenario.StalledWall, "One wall stops reading: what the others notice"),
        (Scenario.Replay, "The reserve's load without and with dispatchers who replay everyone's last hour: what the live picture notices"),
        (Scenario.Jobs, "The reserve's load without and with all background jobs over days of history: what the live picture notices, and what the jobs do. Empties what is reckoned of coverage"),
        (Scenario.Scale, "The same rate from ten times the workers: cost of a fix"),
    ];

    private readonly Option<string?> _server = new("--server") { Description = "A running server, such as http://localhost:8080" };
    private readonly Option<string?> _serverDll = new("--server-dll") { Description = "Start this CommandCenter.dll for the run, as a small demo, and stop it afterwards" };
    private readonly Option<string?> _data = new("--data") { Description = "The server's data folder (own server: default a temporary one, deleted afterwards)" };
    private readonly Option<string[]> _serverArguments = new("--server-argument") { Description = "Given to the own server, such as --server-argument=--TrackWriter:FlushSeconds=10; repeatable" };
    private readonly Option<string?> _postgres = new("--postgres") { Description = "PostgreSQL's connection string, where it is not in the data folder" };
    private readonly Option<string?> _redis = new("--redis") { Description = "host:port[,password=…], where it is not in the data folder" };
    private readonly Option<string?> _user = new("--user") { Description = "An administrator, where there is no demo.json" };
    private readonly Option<string?> _passwordFile = new("--password-file") { Description = "File with the administrator's password" };
    private readonly Option<bool> _yesRemote = new("--yes-remote") { Description = "Allow targets that are not on this machine" };
    private readonly Option<int?> _workers = new("--workers") { Description = "Workers, 1–8,000,000" };
    private readonly Option<double?> _rate = new("--fixes-per-second") { Description = "Fixes a second; 0: flat out" };
    private readonly Option<int?> _walls = new("--walls") { Description = "Walls that watch, 0–1,900" };
    private readonly Option<double?> _seconds = new("--seconds") { Description = "Seconds measured in each stage, 1–3,600" };
    private readonly Option<double?> _warmup = new("--warmup") { Description = "Seconds before that, 0–600" };
    private readonly Option<double?> _stall = new("--stall-seconds") { Description = "stalled-wall: how long the wall does not read, 1–600" };
    private readonly Option<int?> _dispatchers = new("--dispatchers") { Description = "replay: how many replay at once, 1–100" };
    private readonly Option<int?> _connections = new("--connections") { Description = "Connections that carry fixes, 1–4,000" };
    private readonly Option<int?> _batch = new("--batch") { Description = "Fixes a request, 1–5,000; 1: each phone for itself over the OsmAnd protocol" };
    private readonly Option<bool> _whole = new("--whole") { Description = "Walls watch everyone at once even beyond 15,000 workers (an own server is told to allow it)" };
    private readonly Option<double> _settle = new("--settle") { Description = "Longest wait for PostgreSQL to have all, seconds", DefaultValueFactory = _ => 150 };
    private readonly Option<string?> _json = new("--json") { Description = "Write the report to this file, too" };

    public RootCommand Build()
    {
        var root = new RootCommand(
            "Loads a server through its public endpoints and checks that sent = accepted = stored = shown; another exit status than 0 when not. Workers, their devices and duty "
            + "are enrolled by COPY straight into PostgreSQL (through HTTP it would take hours), so use it on a center that is there to be tested.");
        foreach (var (scenario, about) in Scenarios)
        {
            var command = new Command(scenario.Name, about)
            {
                _server, _serverDll, _data, _serverArguments, _postgres, _redis, _user, _passwordFile, _yesRemote,
                _workers, _rate, _walls, _seconds, _warmup, _stall, _dispatchers, _connections, _batch, _whole, _settle, _json,
            };
            command.SetAction((arguments, token) => RunAsync(arguments, scenario, token));
            root.Add(command);
        }

        root.Add(BaselineServer.Build());
        return root;
    }

    private async Task<int> RunAsync(ParseResult arguments, Scenario preset, CancellationToken cancellationToken)
    {
        var error = arguments.InvocationConfiguration.Error;
        var scenario = Shape(arguments, preset);
        var target = TargetOf(arguments, out var fault);
        fault ??= scenario.Fault() ?? target.Fault();
        if (fault is not null)
        {
            await error.WriteLineAsync(fault);
            return ExitStatus.BadArgument;
        }

        try
        {
            await using var rig = await Rig.SetUpAsync(target, scenario, console, TimeProvider.System, cancellationToken);
            var report = await new Run(rig, scenario).ToTheEndAsync(TimeSpan.FromSeconds(arguments.GetValue(_settle)), cancellationToken);
            ReportTables.Print(report, console);
            if (arguments.GetValue(_json) is { } file)
            {
                await report.WriteAsync(file, cancellationToken);
            }

            return report.Mismatches.Count == 0 ? ExitStatus.Done : ExitStatus.Mismatch;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await error.WriteLineAsync("The run was ended from outside; nothing of it is reported.");
            return ExitStatus.Failed;
        }
        catch (Exception e) when (e is RunFailedException or HttpRequestException or NpgsqlException or SocketException or IOException)
        {
            await error.WriteLineAsync($"The run broke off: {e.Message}");
            return ExitStatus.Failed;
        }
    }

    private Scenario Shape(ParseResult arguments, Scenario preset) => preset with
    {
        Workers = arguments.GetValue(_workers) ?? preset.Workers,
        FixesPerSecond = arguments.GetValue(_rate) ?? preset.FixesPerSecond,
        Walls = arguments.GetValue(_walls) ?? preset.Walls,
        Seconds = arguments.GetValue(_seconds) ?? preset.Seconds,
        WarmupSeconds = arguments.GetValue(_warmup) ?? preset.WarmupSeconds,
        StallSeconds = arguments.GetValue(_stall) ?? preset.StallSeconds,
        Dispatchers = arguments.GetValue(_dispatchers) ?? preset.Dispatchers,
        Connections = arguments.GetValue(_connections) ?? preset.Connections,
        Batch = arguments.GetValue(_batch) ?? preset.Batch,
        Whole = arguments.GetValue(_whole),
    };

    private TargetOptions TargetOf(ParseResult arguments, out string? fault)
    {
        fault = null;
        Uri? server = null;
        if (arguments.GetValue(_server) is { } address && !Uri.TryCreate(address, UriKind.Absolute, out server))
        {
            fault = $"--server: expected an address such as http://localhost:8080 and found '{address}'";
        }

        var redis = arguments.GetValue(_redis) is { } text ? RedisAddress.Parse(text) : null;
        if (redis is null && arguments.GetValue(_redis) is not null)
        {
            fault ??= "--redis: expected host:port, and ,password=… after it where there is one";
        }

        var password = ReadPassword(arguments.GetValue(_passwordFile), ref fault);
        return new TargetOptions
        {
            Server = server,
            ServerDll = arguments.GetValue(_serverDll),
            Data = arguments.GetValue(_data),
            ServerArguments = arguments.GetValue(_serverArguments) ?? [],
            Postgres = arguments.GetValue(_postgres),
            Redis = redis,
            Administrator = arguments.GetValue(_user) is { } user && password is not null ? (user, password) : null,
            YesRemote = arguments.GetValue(_yesRemote),
        };
    }

    private static string? ReadPassword(string? file, ref string? fault)
    {
        try
        {
            return file is null ? null : File.ReadAllText(file).TrimEnd('\r', '\n');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            fault ??= $"--password-file: {e.Message}";
            return null;
        }
    }
}
