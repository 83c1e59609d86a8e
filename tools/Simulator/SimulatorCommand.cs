using System.CommandLine;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CommandCenter.Phones;

namespace CommandCenter.Simulator;

/// <summary>The command line. Exit codes: 0 ended by a signal, 1 an argument, 2 the plan.</summary>
public sealed class SimulatorCommand
{
    private const int BadArgument = 1;
    private const int BadPlan = 2;

    private readonly Option<string> _server = new("--server") { Description = "The server's address, such as http://localhost:8080", Required = true };
    private readonly Option<string> _plan = new("--plan") { Description = "The plan, which the server in demo mode writes as simulator.json", Required = true };
    private readonly Option<string?> _ca = new("--ca") { Description = "The certificate authority to trust over https, such as https-ca.crt in the server's secrets (default: the system's)" };
    private readonly Option<double> _speed = new("--speed") { Description = "How much faster than the clock the workers walk (0.1–10); fixes bear the true time", DefaultValueFactory = _ => 1 };
    private readonly Option<double> _interval = new("--interval") { Description = "Seconds between two fixes on patrol (1–600)", DefaultValueFactory = _ => 10 };
    private readonly Option<double> _restInterval = new("--rest-interval") { Description = "Seconds between two signs of life at rest (1–3600)", DefaultValueFactory = _ => 45 };
    private readonly Option<int?> _seed = new("--seed") { Description = "Another course of chance than the plan's" };
    private readonly Option<int?> _workers = new("--workers") { Description = "Play the plan's first N workers only" };
    private readonly Option<string?> _mix = new("--mix") { Description = "Shares of the apps, such as traccar=0.5,owntracks=0.3,batch=0.2 (also osmand, traccar-form, traccar-nested, traccar-array, batch-json, batch-msgpack)" };
    private readonly Option<double> _offline = new("--offline") { Description = "Share of its time that a phone is out of reach (0–0.9)", DefaultValueFactory = _ => PhoneTroubles.Usual.Offline };
    private readonly Option<double> _wrongClocks = new("--wrong-clocks") { Description = "Share of phones whose clock is wrong by minutes or hours (0–1)", DefaultValueFactory = _ => PhoneTroubles.Usual.WrongClocks };
    private readonly Option<double> _mocks = new("--mocks") { Description = "Share of phones with a made-up place (0–1)", DefaultValueFactory = _ => PhoneTroubles.Usual.Mocks };
    private readonly Option<double> _sosMinutes = new("--sos-minutes") { Description = "At most one SOS, marked as a drill, in so many minutes (1–10000; 0: none)", DefaultValueFactory = _ => 10 };
    private readonly Option<bool> _noShifts = new("--no-shifts") { Description = "Everyone on duty all day, instead of one hour off each" };

    public RootCommand Build()
    {
        var root = new RootCommand("Plays the demo's grid workers: they patrol the streets and their phones report through the public protocols.")
        {
            _server, _plan, _ca, _speed, _interval, _restInterval, _seed, _workers, _mix, _offline, _wrongClocks, _mocks, _sosMinutes, _noShifts,
        };
        root.SetAction(RunAsync);
        return root;
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var error = arguments.InvocationConfiguration.Error;
        var server = PhoneLine.ParseAddress(arguments.GetRequiredValue(_server), out var fault);
        fault ??= CheckNumbers(arguments);
        var mix = AppMix.Usual;
        if (fault is null && arguments.GetValue(_mix) is { } shares && (mix = AppMix.Parse(shares, out var mixFault)) is null)
        {
            fault = mixFault;
        }

        X509Certificate2? authority = null;
        if (fault is null && arguments.GetValue(_ca) is { } file && (authority = ReadAuthority(file)) is null)
        {
            fault = $"--ca: {file} is no certificate that can be read";
        }

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

        using (authority)
        {
            await PlayAsync(plan, Settings(arguments, plan, mix!), server!, authority, arguments.InvocationConfiguration.Output, cancellationToken);
        }

        return 0;
    }

    private static async Task PlayAsync(SimulatorPlan plan, SimulationSettings settings, Uri server, X509Certificate2? authority, TextWriter output, CancellationToken cancellationToken)
    {
        var clock = TimeProvider.System;
        var status = new StatusLine(output, inPlace: !Console.IsOutputRedirected, clock);
        var watch = new ServerWatch(clock, status.Log);
        using var http = PhoneLine.Open(server, authority: authority);
        using var deskLine = PhoneLine.Open(server, connections: 1, authority);
        var simulation = new Simulation(plan, settings, http, watch, clock, status.Log, plan.Desk is { } desk
            ? codes => new DutyDesk(deskLine, desk, codes, clock, status.Log)
            : null);
        status.Log($"{simulation.Workers} workers of {plan.Workers.Count} report to {server.GetLeftPart(UriPartial.Authority)}");
        if (settings.Shifts && plan.Desk is null)
        {
            status.Log("the plan names no desk: nobody goes off duty");
        }

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
    }

    private static X509Certificate2? ReadAuthority(string file)
    {
        try
        {
            return X509CertificateLoader.LoadCertificateFromFile(file);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private string? CheckNumbers(ParseResult arguments)
    {
        var sos = arguments.GetValue(_sosMinutes);
        return Between(_speed, 0.1, 10)
            ?? Between(_interval, 1, 600)
            ?? Between(_restInterval, 1, 3_600)
            ?? Between(_offline, 0, 0.9)
            ?? Between(_wrongClocks, 0, 1)
            ?? Between(_mocks, 0, 1)
            ?? (sos is 0 or (>= 1 and <= 10_000) ? null : "--sos-minutes: expected minutes from 1 to 10000, or 0")
            ?? (arguments.GetValue(_workers) is null or > 0 ? null : "--workers: expected a number above 0");

        string? Between(Option<double> option, double low, double high) =>
            arguments.GetValue(option) is var value && value >= low && value <= high
                ? null
                : FormattableString.Invariant($"{option.Name}: expected a number from {low} to {high}");
    }

    private SimulationSettings Settings(ParseResult arguments, SimulatorPlan plan, AppMix mix) => new()
    {
        Seed = arguments.GetValue(_seed) ?? plan.Seed,
        Workers = arguments.GetValue(_workers) ?? int.MaxValue,
        Pace = new SimulationPace(
            arguments.GetValue(_speed), TimeSpan.FromSeconds(arguments.GetValue(_interval)), TimeSpan.FromSeconds(arguments.GetValue(_restInterval))),
        Mix = mix,
        Troubles = new PhoneTroubles
        {
            Offline = arguments.GetValue(_offline),
            WrongClocks = arguments.GetValue(_wrongClocks),
            Mocks = arguments.GetValue(_mocks),
        },
        SosSpacing = TimeSpan.FromMinutes(arguments.GetValue(_sosMinutes)),
        Shifts = !arguments.GetValue(_noShifts),
    };
}
