using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using CommandCenter.Storage.Embedded;
using Npgsql;

namespace CommandCenter.Chaos.Center;

/// <summary>The real server as a process of its own, which can be killed and started again in the same place.</summary>
public sealed class CenterProcess(CenterPlace place) : IAsyncDisposable
{
    private const string Name = "commandcenter";

    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(180);

    private readonly Lock _log = new();
    private Process? _process;

    public CenterPlace Place { get; } = place;

    public Uri Url { get; } = new($"http://localhost:{place.Port}");

    public int ProcessId => _process?.Id ?? throw new InvalidOperationException("The server was not started.");

    /// <summary>What <c>services.json</c> says now.</summary>
    public ServicesFile Services => ServicesFile.Read(Path.Combine(Place.DataFolder, "services.json")) ?? throw new InvalidOperationException("There is no services.json.");

    public string PostgresConnection => Place.Postgres ?? new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = Services.Postgres!.Port!.Value,
        Username = Name,
        Password = Secret("postgres-password"),
        Database = Name,
        Pooling = false,
        Timeout = 5,
    }.ConnectionString;

    public RedisLine Redis => Place.Redis is { } given
        ? RedisLine.Of(given)
        : new RedisLine("127.0.0.1", Services.Redis!.Port!.Value, Secret("redis-password"));

    /// <summary>Does not wait for anything.</summary>
    public async Task LaunchAsync()
    {
        var command = new ProcessStartInfo("setpriv") { RedirectStandardOutput = true, RedirectStandardError = true };
        string[] words =
        [
            "--pdeathsig", "TERM", "dotnet", Path.Combine(AppContext.BaseDirectory, "CommandCenter.dll"), "--demo", "--data", Place.DataFolder,
            "--port", Place.Port.ToString(CultureInfo.InvariantCulture), $"--Demo:Size={Place.Size}",
            string.Create(CultureInfo.InvariantCulture, $"--TrackWriter:FlushSeconds={Place.FlushSeconds}"),
        ];
        foreach (var word in words)
        {
            command.ArgumentList.Add(word);
        }

        Give("ConnectionStrings__Postgres", Place.Postgres);
        Give("ConnectionStrings__Redis", Place.Redis);
        Directory.CreateDirectory(Place.DataFolder);
        _process = await ChildThread.StartAsync(command);
        _process.OutputDataReceived += Keep;
        _process.ErrorDataReceived += Keep;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();

        void Give(string name, string? value)
        {
            if (value is not null)
            {
                command.Environment[name] = value;
            }
        }
    }

    /// <summary>Until it says ready.</summary>
    /// <exception cref="TimeoutException">It does not within three minutes.</exception>
    public async Task UntilReadyAsync(CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = Url, Timeout = TimeSpan.FromSeconds(5) };
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < LongestStart)
        {
            if (_process!.HasExited)
            {
                throw new InvalidOperationException($"The server ended with status {_process.ExitCode}; its words are in {LogFile}.");
            }

            if (await IsReadyAsync(http, cancellationToken))
            {
                return;
            }

            await Task.Delay(20, cancellationToken);
        }

        throw new TimeoutException($"The server is not ready after {LongestStart.TotalSeconds} s; its words are in {LogFile}.");
    }

    /// <summary>kill -9; its own PostgreSQL and Redis are told to stop by the kernel.</summary>
    public async Task KillAsync()
    {
        ChildCommand.Send(ProcessId, Signal.Kill);
        await _process!.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            ChildCommand.Send(_process.Id, Signal.Terminate);
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            await _process.WaitForExitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!_process.HasExited)
            {
                _process.Kill();
            }
        }

        _process?.Dispose();
    }

    private string LogFile => Path.Combine(Place.DataFolder, "server.log");

    private static async Task<bool> IsReadyAsync(HttpClient http, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await http.GetAsync("/healthz/ready", cancellationToken);
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (Exception e) when (e is HttpRequestException or SocketException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }

    private string Secret(string name) => File.ReadAllText(Path.Combine(Place.DataFolder, "secrets", name)).Trim();

    private void Keep(object sender, DataReceivedEventArgs e)
    {
        if (e.Data is { } line)
        {
            lock (_log)
            {
                File.AppendAllText(LogFile, line + "\n");
            }
        }
    }
}
