using System.Globalization;
using CommandCenter.Storage;

namespace CommandCenter;

/// <summary>What was asked for on the command line. <see cref="Settings"/> are configuration keys, which win over every other source.</summary>
internal sealed record CommandLine
{
    private const string Usage =
        """
        usage: CommandCenter [options]

          --data DIR          folder of the server's own PostgreSQL and Redis (default ./data)
          --port N            listen on http://localhost:N (default 8080)
          --listen URLS       listen elsewhere, such as http://0.0.0.0:8080 (several: separated by semicolons); not in demo mode
          --https             HTTPS on the port, with Https:Certificate and Https:Key or a local authority that https://…/ca explains;
                              plain HTTP on Https:PlainPort (default: the port after it) shows /ca and sends all else to HTTPS
          --demo, --no-demo   with or without demo data; a new data folder gets demo data unless ConnectionStrings:Postgres is set
          --Section:Key=VALUE any setting of appsettings.json, such as --Storage:RedisServer=/opt/redis/redis-server
          --help, --version

        exit status: 0 stopped as asked, 1 failed, 2 usage, 3 data of a newer version, 4 address in use, 5 a needed program is missing,
        6 data folder in use by another server, 7 data folder of the other mode (demo or not)
        """;

    /// <summary>To print and end with.</summary>
    public string? Answer { get; private init; }

    /// <summary>Null: nobody said.</summary>
    public bool? Demo { get; private init; }

    /// <summary>Null: nobody said.</summary>
    public string? Urls { get; private init; }

    public IReadOnlyDictionary<string, string?> Settings { get; private init; } = new Dictionary<string, string?>();

    /// <exception cref="StartupRefusedException">An option is unknown or its value makes no sense.</exception>
    public static CommandLine Parse(IReadOnlyList<string> arguments)
    {
        var line = new CommandLine();
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < arguments.Count; i++)
        {
            var (name, value) = Split(arguments[i]);
            string Value() => value ?? (++i < arguments.Count ? arguments[i] : throw Wrong($"{name} needs a value"));
            switch (name)
            {
                case "--help" or "-h":
                    return line with { Answer = Usage };
                case "--version":
                    return line with { Answer = typeof(CommandLine).Assembly.GetName().Version?.ToString(3) };
                case "--data":
                    settings["Storage:DataFolder"] = NotEmpty(name, Value());
                    break;
                case "--port":
                    line = line with { Urls = $"http://localhost:{Port(Value())}" };
                    break;
                case "--listen":
                    line = line with { Urls = NotEmpty(name, Value()) };
                    break;
                case "--https" when value is null:
                    settings["Https:Enabled"] = "true";
                    break;
                case "--demo" or "--no-demo" when value is null:
                    var demo = name == "--demo";
                    line = line.Demo is null || line.Demo == demo ? line with { Demo = demo } : throw Wrong("--demo and --no-demo exclude each other");
                    break;
                case var setting when setting.StartsWith("--", StringComparison.Ordinal) && setting.Contains(':', StringComparison.Ordinal) && value is not null:
                    settings[setting[2..]] = value;
                    break;
                default:
                    throw Wrong($"unknown option '{name}'");
            }
        }

        return line with { Settings = settings };
    }

    private static (string Name, string? Value) Split(string argument)
    {
        var equals = argument.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? (argument, null) : (argument[..equals], argument[(equals + 1)..]);
    }

    private static int Port(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65_536
            ? port
            : throw Wrong($"--port needs a number from 1 to 65535, not '{text}'");

    private static string NotEmpty(string name, string value) => value.Length > 0 ? value : throw Wrong($"{name} needs a value");

    private static StartupRefusedException Wrong(string what) => new(ExitCode.Usage, $"CommandCenter: {what} (see --help).");
}
