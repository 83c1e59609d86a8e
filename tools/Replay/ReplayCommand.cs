using System.CommandLine;
using System.Globalization;
using CommandCenter.Phones;
using CommandCenter.Replay.Reading;
using CommandCenter.Replay.Shifting;

namespace CommandCenter.Replay;

/// <summary>The command line; see <see cref="ReplayRun"/> for the exit codes, and 1 for an argument.</summary>
public sealed class ReplayCommand
{
    private const int BadArgument = 1;

    private readonly Option<string?> _server = new("--server") { Description = "The server's address, such as http://localhost:8080; not needed with --dry-run" };
    private readonly Option<string[]> _input = new("--input") { Description = "GPX, GeoLife PLT or CSV files, packed with gzip or not", Required = true, AllowMultipleArgumentsPerToken = true };
    private readonly Option<string[]> _device = new("--device") { Description = "A device's OsmAnd id, or user:password; repeat it, tracks are dealt out in turn" };
    private readonly Option<string> _protocol = new("--protocol") { Description = "How the devices speak", DefaultValueFactory = _ => "batch" };
    private readonly Option<string> _speed = new("--speed") { Description = "How much faster than real time, or max: at once", DefaultValueFactory = _ => "1" };
    private readonly Option<string?> _columns = new("--columns") { Description = "Columns of a CSV file by name or number: lat=…,lon=…,time=…,id=…[,speed=…,heading=…,accuracy=…,altitude=…]" };
    private readonly Option<string?> _shiftTo = new("--shift-to") { Description = "lon,lat to which the middle of all tracks is moved" };
    private readonly Option<string?> _shiftPlace = new("--shift-place") { Description = "Metres east,north by which all tracks are moved" };
    private readonly Option<string?> _shiftTime = new("--shift-time") { Description = "now, a duration such as +PT2H, or the moment of the first fix; with --speed max now means ending now" };
    private readonly Option<bool> _byDay = new("--by-day") { Description = "Each UTC day of a track is a track of its own" };
    private readonly Option<Arrange> _arrange = new("--arrange") { Description = "Tracks in time: as recorded, all beginning together, or chained on each device" };
    private readonly Option<string?> _from = new("--from") { Description = "Leave out what was recorded before" };
    private readonly Option<string?> _to = new("--to") { Description = "Leave out what was recorded at or after" };
    private readonly Option<long?> _limit = new("--limit") { Description = "Play the first N fixes only" };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Read, shift and report, but send nothing" };

    public RootCommand Build()
    {
        _protocol.AcceptOnlyFromAmong("osmand", "owntracks", "batch");
        var root = new RootCommand("Plays recorded tracks through the public protocols, shifted in place and time.")
        {
            _server, _input, _device, _protocol, _speed, _columns, _shiftTo, _shiftPlace, _shiftTime, _byDay, _arrange, _from, _to, _limit, _dryRun,
        };
        root.SetAction(RunAsync);
        return root;
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var configuration = arguments.InvocationConfiguration;
        var options = Check(arguments, out var fault);
        var dry = arguments.GetValue(_dryRun);
        Uri? server = null;
        if (options is not null && !dry)
        {
            server = PhoneLine.ParseAddress(arguments.GetValue(_server) ?? "", out var addressFault);
            fault = addressFault ?? (options.Apps.Count == 0 ? "--device: expected at least one device to send as" : "");
        }

        if (options is null || fault.Length > 0)
        {
            await configuration.Error.WriteLineAsync(fault);
            return BadArgument;
        }

        using var http = server is null ? null : PhoneLine.Open(server);
        return await new ReplayRun(options, TimeProvider.System, configuration.Output, configuration.Error).RunAsync(http, cancellationToken);
    }

    private ReplayOptions? Check(ParseResult arguments, out string fault)
    {
        double pace = 0;
        var speed = arguments.GetRequiredValue(_speed);
        var atOnce = speed.Equals("max", StringComparison.OrdinalIgnoreCase);
        var limit = arguments.GetValue(_limit) ?? long.MaxValue;
        fault = !atOnce && (!double.TryParse(speed, NumberStyles.Float, CultureInfo.InvariantCulture, out pace) || pace is not (> 0 and <= 10_000))
            ? $"--speed: expected max or a number above 0, found '{speed}'"
            : limit < 1 ? "--limit: expected a number above 0"
            : arguments.GetValue(_shiftTo) is not null && arguments.GetValue(_shiftPlace) is not null ? "Give --shift-to or --shift-place, not both."
            : "";
        if (fault.Length > 0
            || !TryPair("--shift-to", arguments.GetValue(_shiftTo), "longitude,latitude", (x, y) => x is >= -180 and <= 180 && y is > -85 and < 85, out var target, out fault)
            || !TryPair("--shift-place", arguments.GetValue(_shiftPlace), "metres east,north", (x, y) => Math.Abs(x) < 2e7 && Math.Abs(y) < 1e7, out var way, out fault)
            || !TryMoment("--from", arguments.GetValue(_from), long.MinValue, out var from, out fault)
            || !TryMoment("--to", arguments.GetValue(_to), long.MaxValue, out var to, out fault)
            || TimeShift.Parse(arguments.GetValue(_shiftTime), out fault) is not { } shiftTime
            || ColumnMap.Parse(arguments.GetValue(_columns) ?? "", out fault) is not { } columns
            || DeviceList.Parse(arguments.GetValue(_device) ?? [], arguments.GetRequiredValue(_protocol), out fault) is not { } apps)
        {
            return null;
        }

        return new ReplayOptions
        {
            Inputs = arguments.GetRequiredValue(_input),
            Columns = columns,
            Wanted = new Wanted(from, to, limit),
            Apps = apps,
            Speed = atOnce ? null : pace,
            ShiftTo = target,
            ShiftPlace = way,
            ShiftTime = shiftTime,
            ByDay = arguments.GetValue(_byDay),
            Arrange = arguments.GetValue(_arrange),
        };
    }

    private static bool TryPair(string option, string? text, string what, Func<double, double, bool> fits, out (double X, double Y)? pair, out string fault)
    {
        (pair, fault) = (null, "");
        if (text is null)
        {
            return true;
        }

        var parts = text.Split(',');
        if (parts.Length == 2 && FixFields.TryNumber(parts[0], out var x) && FixFields.TryNumber(parts[1], out var y) && fits(x, y))
        {
            pair = (x, y);
            return true;
        }

        fault = $"{option}: expected {what} and found '{text}'";
        return false;
    }

    private static bool TryMoment(string option, string? text, long otherwise, out long momentMs, out string fault)
    {
        (momentMs, fault) = (otherwise, "");
        if (text is not null && !TimeText.TryParse(text, out momentMs))
        {
            fault = $"{option}: expected a moment such as 2026-11-22T08:00:00Z and found '{text}'";
        }

        return fault.Length == 0;
    }
}
