using System.CommandLine;
using CommandCenter.Chaos.Center;
using CommandCenter.Storage.Embedded;

namespace CommandCenter.Chaos.Storm;

/// <summary><c>chaos storm</c>.</summary>
internal static class StormCommand
{
    private static readonly Option<string?> Data = new("--data") { Description = "The center's data folder (default: a new one under the temporary folder)" };
    private static readonly Option<int> Workers = new("--workers") { Description = "Phones (20–10852)", DefaultValueFactory = _ => ChaosSettings.ReserveWorkers };
    private static readonly Option<int> Walls = new("--walls") { Description = "Walls (1–1000)", DefaultValueFactory = _ => 200 };
    private static readonly Option<double> Within = new("--within") { Description = "Seconds within which all phones come back (0–600)", DefaultValueFactory = _ => 10 };
    private static readonly Option<int> Alarms = new("--alarms") { Description = "SOS pressed each minute while everybody comes back (0–6000)", DefaultValueFactory = _ => 300 };

    public static Command Build()
    {
        var command = new Command("storm", "Takes the server away from all walls and phones and gives it back: how long until everybody shows the same.") { Data, Workers, Walls, Within, Alarms };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var (workers, walls, within, alarms) = (arguments.GetValue(Workers), arguments.GetValue(Walls), arguments.GetValue(Within), arguments.GetValue(Alarms));
        var fault = workers is < 20 or > ChaosSettings.ReserveWorkers ? $"--workers: expected a whole number from 20 to {ChaosSettings.ReserveWorkers}"
            : walls is < 1 or > 1_000 ? "--walls: expected a whole number from 1 to 1000"
            : within is < 0 or > 600 ? "--within: expected seconds from 0 to 600"
            : alarms is < 0 or > 6_000 ? "--alarms: expected a whole number from 0 to 6000"
            : null;
        if (fault is not null)
        {
            await arguments.InvocationConfiguration.Error.WriteLineAsync(fault);
            return ChaosCommand.BadArgument;
        }

        var folder = arguments.GetValue(Data) ?? Directory.CreateTempSubdirectory("commandcenter-storm-").FullName;
        var place = new CenterPlace(folder, FreePort.Find(), workers > 200 ? "district" : "small", null, null, FlushSeconds: 5);
        var report = await new StormRun(place, workers, walls, TimeSpan.FromSeconds(within), alarms, arguments.InvocationConfiguration.Output.WriteLine).RunAsync(cancellationToken);
        await arguments.InvocationConfiguration.Output.WriteLineAsync(report.ToString());
        return report.IsGood ? 0 : ChaosCommand.Bad;
    }
}
