using System.CommandLine;

namespace CommandCenter.Chaos.Fuzz;

/// <summary><c>chaos fuzz</c>: the long runs, by hand.</summary>
internal static class FuzzCommand
{
    private static readonly Option<long> Rounds = new("--rounds") { Description = "For each target (10–1000000000)", DefaultValueFactory = _ => 1_000_000 };
    private static readonly Option<int> Seed = new("--seed") { Description = "Of the mutations", DefaultValueFactory = _ => 20_261_122 };
    private static readonly Option<string?> Only = new("--target") { Description = $"One of {string.Join(", ", FuzzTargets.All.Select(t => t.Name))} (default: all)" };

    public static Command Build()
    {
        var command = new Command("fuzz", "Feeds every parser of public input with damaged input: none may throw what it does not document, and memory must stay flat.") { Rounds, Seed, Only };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult arguments)
    {
        var only = arguments.GetValue(Only);
        var targets = FuzzTargets.All.Where(t => only is null || t.Name == only).ToList();
        var rounds = arguments.GetValue(Rounds);
        if (targets.Count == 0 || rounds is < 10 or > 1_000_000_000)
        {
            arguments.InvocationConfiguration.Error.WriteLine(targets.Count == 0 ? $"--target: there is no '{only}'" : "--rounds: expected a number from 10 to 1000000000");
            return ChaosCommand.BadArgument;
        }

        var good = true;
        foreach (var target in targets)
        {
            var result = FuzzRun.Run(target, rounds, arguments.GetValue(Seed));
            arguments.InvocationConfiguration.Output.WriteLine(result.ToString());
            good &= result.IsGood;
        }

        return good ? 0 : ChaosCommand.Bad;
    }
}
