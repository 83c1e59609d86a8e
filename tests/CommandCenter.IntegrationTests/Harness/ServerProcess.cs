using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using CommandCenter.Storage.Embedded;

namespace CommandCenter.IntegrationTests.Harness;

/// <summary>The real server as a process of its own, on a free port, with everything it says kept.</summary>
public sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();

    private ServerProcess(Process process, int port, string? dataFolder)
    {
        _process = process;
        Port = port;
        DataFolder = dataFolder;
        Url = new Uri($"http://localhost:{port}");
        Http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = Url, Timeout = TimeSpan.FromSeconds(30) };
        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Port { get; }

    public Uri Url { get; }

    public string? DataFolder { get; }

    /// <summary>Keeps no cookies: one test's sign-in is not the next one's.</summary>
    public HttpClient Http { get; }

    public int ProcessId => _process.Id;

    /// <summary>Everything said on both outputs so far.</summary>
    public string Output => string.Join('\n', _lines);

    /// <summary>What <c>services.json</c> in its data folder says now.</summary>
    public ServicesFile Services => ServicesFile.Read(Path.Combine(DataFolder!, "services.json")) ?? throw new InvalidOperationException("no services.json");

    /// <summary>With its own PostgreSQL and Redis in <paramref name="dataFolder"/>; returns when it is ready.</summary>
    public static async Task<ServerProcess> StartAsync(string dataFolder, params string[] arguments)
    {
        var server = await LaunchAsync(dataFolder, null, arguments);
        await server.UntilReadyAsync();
        return server;
    }

    /// <summary>On the backends of this assembly; returns when it is ready.</summary>
    public static async Task<ServerProcess> StartAsync(Backends backends, params string[] arguments)
    {
        var server = await LaunchAsync(null, Environment(backends), arguments);
        await server.UntilReadyAsync();
        return server;
    }

    /// <summary>With a data folder of its own on backends that the environment names; returns when it is ready.</summary>
    public static async Task<ServerProcess> StartAsync(string dataFolder, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var server = await LaunchAsync(dataFolder, environment, arguments);
        await server.UntilReadyAsync();
        return server;
    }

    public static Dictionary<string, string> Environment(Backends backends) => new()
    {
        ["ConnectionStrings__Postgres"] = backends.Postgres,
        ["ConnectionStrings__Redis"] = backends.RedisAddress,
    };

    /// <summary>Does not wait for anything.</summary>
    public static async Task<ServerProcess> LaunchAsync(string? dataFolder, IReadOnlyDictionary<string, string>? environment, params string[] arguments)
    {
        var port = arguments is [.., "--port", var given] ? int.Parse(given, CultureInfo.InvariantCulture) : FreePort.Find();
        var command = new ProcessStartInfo("setpriv") { RedirectStandardOutput = true, RedirectStandardError = true };

        // A test run that is killed takes its servers along.
        string[] words = ["--pdeathsig", "TERM", "dotnet", Path.Combine(AppContext.BaseDirectory, "CommandCenter.dll")];
        string[] data = dataFolder is null ? [] : ["--data", dataFolder];
        string[] listen = arguments.Contains("--port") || arguments.Contains("--listen") ? [] : ["--port", port.ToString(CultureInfo.InvariantCulture)];
        foreach (var word in (string[])[.. words, .. data, .. listen, .. arguments])
        {
            command.ArgumentList.Add(word);
        }

        // Tests that want the whole district say --Demo:Size=district.
        command.Environment["Demo__Size"] = "small";
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            command.Environment[name] = value;
        }

        return new ServerProcess(await ChildThread.StartAsync(command), port, dataFolder);
    }

    /// <summary>For a start that must fail: its exit status and everything it said.</summary>
    public static async Task<(int ExitCode, string Output)> RunToEndAsync(string? dataFolder, params string[] arguments)
    {
        await using var server = await LaunchAsync(dataFolder, null, arguments);
        return (await server.EndAsync(TimeSpan.FromSeconds(60)), server.Output);
    }

    public Task UntilReadyAsync() => Eventually.TrueAsync(
        async () =>
        {
            Assert.That(_process.HasExited, Is.False, () => $"the server ended:\n{Output}");
            return await Http.AnswersAsync("/healthz/ready", HttpStatusCode.OK);
        },
        "ready",
        TimeSpan.FromSeconds(90));

    /// <summary>SIGTERM; returns its exit status.</summary>
    public Task<int> StopAsync()
    {
        ChildCommand.Send(_process.Id, Signal.Terminate);
        return EndAsync(TimeSpan.FromSeconds(30));
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        ChildCommand.Send(_process.Id, Signal.Kill);
        await EndAsync(TimeSpan.FromSeconds(10));
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await StopAsync();
        }

        Http.Dispose();
        _process.Dispose();
    }

    private async Task<int> EndAsync(TimeSpan within)
    {
        try
        {
            await _process.WaitForExitAsync().WaitAsync(within);
        }
        catch (TimeoutException)
        {
            _process.Kill();
            Assert.Fail($"the server did not end within {within.TotalSeconds} s:\n{Output}");
        }

        return _process.ExitCode;
    }

    private void Keep(object sender, DataReceivedEventArgs e)
    {
        if (e.Data is { } line)
        {
            _lines.Enqueue(line);
        }
    }
}
