using System.CommandLine;
using System.Globalization;
using CommandCenter.Chaos.Center;
using CommandCenter.Chaos.Faults;
using CommandCenter.Chaos.Fuzz;
using CommandCenter.Chaos.Storm;
using CommandCenter.Storage.Embedded;

namespace CommandCenter.Chaos;

/// <summary>The command line. Exit codes: 0 good, 1 an argument, 2 something was lost, doubled or untrue, 3 the center did not come up.</summary>
internal static class ChaosCommand
{
    internal const int BadArgument = 1;
    internal const int Bad = 2;
    internal const int NoCenter = 3;

    private static readonly Option<string?> Data = new("--data") { Description = "The center's data folder (default: a new one under the temporary folder, left for a look)" };
    private static readonly Option<double> Minutes = new("--minutes") { Description = "How long faults go on (0–1440); each happens at least once", DefaultValueFactory = _ => 5 };
    private static readonly Option<int?> Seed = new("--seed") { Description = "Of the faults' order, moments and spells (default: by chance; it is printed)" };
    private static readonly Option<int> Workers = new("--workers") { Description = "Workers who report (20–10852)", DefaultValueFactory = _ => ChaosSettings.ReserveWorkers };
    private static readonly Option<int> Rate = new("--rate") { Description = "Fixes per second in all (1–10000)", DefaultValueFactory = _ => ChaosSettings.ReserveRate };
    private static readonly Option<int> WallCount = new("--walls") { Description = "Walls that watch the district (1–200)", DefaultValueFactory = _ => 4 };
    private static readonly Option<int> Phones = new("--phones") { Description = "Workers who report by themselves, in every protocol (0–1000)", DefaultValueFactory = _ => 20 };
    private static readonly Option<string?> Kinds = new("--faults") { Description = $"Which faults, comma-separated (default: all), or none: {string.Join(", ", FaultNames.All)}" };
    private static readonly Option<double> Spell = new("--longest-spell") { Description = "Seconds that a stop lasts at most (1–60)", DefaultValueFactory = _ => 8 };
    private static readonly Option<int> Alarms = new("--alarms") { Description = "SOS pressed each minute on the phones in turn (0–6000)", DefaultValueFactory = _ => 120 };
    private static readonly Option<string?> Postgres = new("--postgres") { Description = "Connection string of a PostgreSQL to use; then only server-kill and server-stop are possible" };
    private static readonly Option<string?> Redis = new("--redis") { Description = "Connection string of a Redis to use, together with --postgres" };

    public static RootCommand Build()
    {
        var root = new RootCommand("Kills and stops a center's server, Redis and PostgreSQL under load, and proves that every answered fix and every answered alarm is stored once and shown.")
        {
            Data, Minutes, Seed, Workers, Rate, WallCount, Phones, Kinds, Spell, Alarms, Postgres, Redis,
        };
        root.SetAction(RunAsync);
        root.Subcommands.Add(FuzzCommand.Build());
        root.Subcommands.Add(StormCommand.Build());
        return root;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var (output, error) = (arguments.InvocationConfiguration.Output, arguments.InvocationConfiguration.Error);
        var external = arguments.GetValue(Postgres) is not null;
        var faults = arguments.GetValue(Kinds) is { } names ? FaultNames.Parse(names)
            : external ? [Fault.ServerKill, Fault.ServerStop]
            : Enum.GetValues<Fault>();
        if (CheckArguments(arguments, faults, external) is { } fault)
        {
            await error.WriteLineAsync(fault);
            return BadArgument;
        }

        var workers = arguments.GetValue(Workers);
        var place = new CenterPlace(
            arguments.GetValue(Data) ?? Directory.CreateTempSubdirectory("commandcenter-chaos-").FullName,
            FreePort.Find(),
            workers > 200 ? "district" : "small",
            arguments.GetValue(Postgres),
            arguments.GetValue(Redis),
            FlushSeconds: 5);
        var settings = new ChaosSettings(
            place,
            arguments.GetValue(Seed) ?? Random.Shared.Next(),
            TimeSpan.FromMinutes(arguments.GetValue(Minutes)),
            workers,
            arguments.GetValue(Rate),
            arguments.GetValue(WallCount),
            arguments.GetValue(Phones),
            faults!,
            TimeSpan.FromSeconds(arguments.GetValue(Spell)),
            arguments.GetValue(Alarms));
        Say($"the center's folder is {place.DataFolder}");
        try
        {
            var report = await new ChaosRun(settings, Say).RunAsync(cancellationToken);
            await output.WriteLineAsync(report.ToString());
            return report.IsGood ? 0 : Bad;
        }
        catch (Exception e) when (e is TimeoutException or InvalidOperationException or HttpRequestException)
        {
            await error.WriteLineAsync($"BAD (seed {settings.Seed}): {e.Message}");
            return NoCenter;
        }

        void Say(string text) => output.WriteLine(DateTimeOffset.Now.ToString("HH:mm:ss ", CultureInfo.InvariantCulture) + text);
    }

    private static string? CheckArguments(ParseResult arguments, IReadOnlyList<Fault>? faults, bool external)
    {
        return Between(Minutes, 0, 1_440)
            ?? Between(Spell, 1, 60)
            ?? Whole(Workers, 20, ChaosSettings.ReserveWorkers)
            ?? Whole(Rate, 1, 10_000)
            ?? Whole(WallCount, 1, 200)
            ?? Whole(Phones, 0, 1_000)
            ?? Whole(Alarms, 0, 6_000)
            ?? (faults is null ? $"--faults: expected some of {string.Join(", ", FaultNames.All)}" : null)
            ?? (external != arguments.GetValue(Redis) is not null ? "--postgres and --redis belong together" : null)
            ?? (external && faults!.Any(f => f is not (Fault.ServerKill or Fault.ServerStop)) ? "--faults: with --postgres and --redis only server-kill and server-stop" : null);

        string? Between(Option<double> option, double low, double high) =>
            arguments.GetValue(option) is var value && value >= low && value <= high ? null : FormattableString.Invariant($"{option.Name}: expected a number from {low} to {high}");

        string? Whole(Option<int> option, int low, int high) =>
            arguments.GetValue(option) is var value && value >= low && value <= high ? null : FormattableString.Invariant($"{option.Name}: expected a whole number from {low} to {high}");
    }
}
