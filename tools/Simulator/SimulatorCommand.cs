using System.CommandLine;
using CommandCenter.Phones;

namespace CommandCenter.Simulator;

/// <summary>The command line. Exit codes: 0 ended by a signal, 1 an argument, 2 the plan.</summary>
public sealed class SimulatorCommand
{
    private const int BadArgument = 1;
    private const int BadPlan = 2;

    private readonly Option<string> _server = new("--server") { Description = "The server's address, such as http://localhost:8080", Required = true };
    private readonly Option<string> _plan = new("--plan") { Description = "The plan, which the server in demo mode writes as simulator.json", Required = true };
    private readonly Option<double> _speed = new("--speed") { Description = "How much faster than the clock the workers live (0.1–10)", DefaultValueFactory = _ => 1 };
    private readonly Option<double> _interval = new("--interval") { Description = "Seconds between two fixes on patrol (1–600); at rest three times as long", DefaultValueFactory = _ => 5 };
    private readonly Option<int?> _seed = new("--seed") { Description = "Another course of chance than the plan's" };
    private readonly Option<int?> _workers = new("--workers") { Description = "Play the plan's first N workers only" };

    public RootCommand Build()
    {
        var root = new RootCommand("Plays the demo's grid workers: they patrol the streets and their phones report through the public protocols.")
        {
            _server, _plan, _speed, _interval, _seed, _workers,
        };
        root.SetAction(RunAsync);
        return root;
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var error = arguments.InvocationConfiguration.Error;
        var (speed, interval) = (arguments.GetValue(_speed), arguments.GetValue(_interval));
        var server = PhoneLine.ParseAddress(arguments.GetRequiredValue(_server), out var fault);
        fault ??= speed is >= 0.1 and <= 10 ? null : "--speed: expected a number from 0.1 to 10";
        fault ??= interval is >= 1 and <= 600 ? null : "--interval: expected seconds from 1 to 600";
        fault ??= arguments.GetValue(_workers) is null or > 0 ? null : "--workers: expected a number above 0";
        if (fault is not null)
        {
            await error.WriteLineAsync(fault);
            return BadArgument;
        }

        var plan = SimulatorPlan.Read(arguments.GetRequiredValue(_plan), out var planFault);
        if (plan is null)
        {
            await error.WriteLineAsync("The plan cannot be played: " + planFault);
            return BadPlan;
        }

        var output = arguments.InvocationConfiguration.Output;
        var clock = TimeProvider.System;
        var status = new StatusLine(output, inPlace: !Console.IsOutputRedirected, clock);
        var watch = new ServerWatch(clock, status.Log);
        using var http = PhoneLine.Open(server!);
        var pace = new SimulationPace(speed, TimeSpan.FromSeconds(interval));
        var simulation = new Simulation(
            plan, arguments.GetValue(_seed) ?? plan.Seed, arguments.GetValue(_workers) ?? int.MaxValue, pace, http, watch, clock);
        status.Log($"{simulation.Workers} workers of {plan.Workers.Count} report to {server!.GetLeftPart(UriPartial.Authority)}");
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var reporting = status.RunAsync(simulation, watch, ending.Token);
        try
        {
            await simulation.RunAsync(cancellationToken);
        }
        finally
        {
            await ending.CancelAsync();
            await reporting;
        }

        status.Log("stopped; " + StatusLine.Text(simulation, watch));
        return 0;
    }
}
