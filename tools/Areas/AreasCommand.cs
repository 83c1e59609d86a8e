using System.CommandLine;
using CommandCenter.Center;
using CommandCenter.Contracts.Import;
using Spectre.Console;

namespace CommandCenter.AreaFiles;

/// <summary>The command line; see <see cref="ExitStatus"/> for what it ends with.</summary>
internal sealed class AreasCommand(IAnsiConsole console)
{
    private readonly Option<string> _server = new("--server") { Description = "The server's address", DefaultValueFactory = _ => "http://localhost:8080" };
    private readonly Option<string> _user = new("--user") { Description = "Who imports; the file must stay within this account's area", Required = true };
    private readonly Option<FileInfo?> _passwordFile = new("--password-file") { Description = $"File with the password; otherwise {CenterConnection.PasswordVariable} or a question" };
    private readonly Argument<string[]> _files = new("files") { Description = "areas.geojson, roster.csv, devices.csv, in the order to import them", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string?> _kind = new("--kind") { Description = "areas, roster or devices; otherwise by the file's name" };
    private readonly Option<string?> _datum = new("--datum") { Description = "What the degrees of an area file mean: wgs84 (default), gcj02 or bd09" };
    private readonly Option<bool> _apply = new("--apply") { Description = "Store the file after its preview" };
    private readonly Option<bool> _yes = new("--yes") { Description = "Apply without asking" };
    private readonly Option<string?> _secrets = new("--secrets") { Description = "Where to keep the secrets of new devices (default: <file>.secrets.csv)" };
    private readonly Option<string?> _output = new("--output") { Description = "File to write; otherwise to the terminal" };

    public RootCommand Build()
    {
        _kind.AcceptOnlyFromAmong("areas", "roster", "devices");
        _datum.AcceptOnlyFromAmong("wgs84", "gcj02", "bd09");
        var import = new Command("import", "Previews files and, with --apply, stores each whole or not at all.")
        {
            _files, _server, _user, _passwordFile, _kind, _datum, _apply, _yes, _secrets,
        };
        import.SetAction((arguments, token) => GuardAsync(arguments, client => ImportAsync(arguments, client, token), token));
        var export = new Command("export", "Writes all areas of the account as GeoJSON that import takes back.") { _server, _user, _passwordFile, _output };
        export.SetAction((arguments, token) => GuardAsync(arguments, client => ExportAsync(arguments, client, token), token));
        return new RootCommand("Brings an operator's own files of areas, workers and devices into a center.") { import, export };
    }

    private async Task<int> ImportAsync(ParseResult arguments, CenterClient client, CancellationToken cancellationToken)
    {
        var run = new ImportRun(client, console);
        foreach (var file in arguments.GetRequiredValue(_files))
        {
            var kind = Enum.TryParse<ImportKind>(arguments.GetValue(_kind), ignoreCase: true, out var named) ? named : KindOf(file);
            var status = await run.RunAsync(
                file, kind, arguments.GetValue(_datum), arguments.GetValue(_apply), arguments.GetValue(_yes), arguments.GetValue(_secrets), cancellationToken);
            if (status != ExitStatus.Done)
            {
                return status;
            }
        }

        return ExitStatus.Done;
    }

    private async Task<int> ExportAsync(ParseResult arguments, CenterClient client, CancellationToken cancellationToken)
    {
        if (arguments.GetValue(_output) is not { } path)
        {
            await ExportRun.WriteAsync(client, arguments.InvocationConfiguration.Output, cancellationToken);
            return ExitStatus.Done;
        }

        await using var file = new StreamWriter(path);
        console.WriteLine($"{await ExportRun.WriteAsync(client, file, cancellationToken)} areas written to {path}.");
        return ExitStatus.Done;
    }

    private async Task<int> GuardAsync(ParseResult arguments, Func<CenterClient, Task<int>> run, CancellationToken cancellationToken)
    {
        var error = arguments.InvocationConfiguration.Error;
        try
        {
            if (CenterConnection.AddressOf(arguments.GetRequiredValue(_server)) is not { } server)
            {
                await error.WriteLineAsync($"--server: expected an address such as http://localhost:8080 and found '{arguments.GetValue(_server)}'");
                return ExitStatus.BadArgument;
            }

            if (await PasswordAsync(arguments, cancellationToken) is not { } password)
            {
                await error.WriteLineAsync($"No password: give --password-file or set {CenterConnection.PasswordVariable}.");
                return ExitStatus.BadArgument;
            }

            // A large file may be validated for a while before anything is answered.
            using var http = new HttpClient { BaseAddress = server, Timeout = TimeSpan.FromMinutes(10) };
            var center = new CenterConnection(http);
            await center.SignInAsync(arguments.GetRequiredValue(_user), password, cancellationToken);
            return await run(new CenterClient(center));
        }
        catch (ServerRefusedException e)
        {
            await error.WriteLineAsync(e.Message);
            return ExitStatus.Refused;
        }
        catch (HttpRequestException e)
        {
            await error.WriteLineAsync($"{arguments.GetValue(_server)} cannot be reached: {e.Message}");
            return ExitStatus.NotReachable;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync(e.Message);
            return ExitStatus.BadArgument;
        }
    }

    private async Task<string?> PasswordAsync(ParseResult arguments, CancellationToken cancellationToken) =>
        await CenterConnection.PasswordAsync(arguments.GetValue(_passwordFile), cancellationToken)
        ?? (console.Profile.Capabilities.Interactive ? await new TextPrompt<string>("Password:").Secret().ShowAsync(console, cancellationToken) : null);

    /// <summary>GeoJSON holds areas; a CSV file is a roster unless its name speaks of devices.</summary>
    internal static ImportKind KindOf(string file)
    {
        var name = Path.GetFileName(file);
        return name.EndsWith("json", StringComparison.OrdinalIgnoreCase) ? ImportKind.Areas
            : name.Contains("device", StringComparison.OrdinalIgnoreCase) || name.Contains("设备", StringComparison.Ordinal) ? ImportKind.Devices
            : ImportKind.Roster;
    }
}
