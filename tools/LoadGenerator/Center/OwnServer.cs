using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace CommandCenter.LoadGenerator.Center;

/// <summary>A program started for the run, on a free port, and told to stop with it: the server under test, or the baseline's.</summary>
internal sealed class OwnServer : IAsyncDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(120);

    private readonly Process _process;
    private readonly Queue<string> _lastLines = new();

    private OwnServer(Process process, int port)
    {
        _process = process;
        Url = new Uri($"http://127.0.0.1:{port}/");
        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public Uri Url { get; }

    public int ProcessId => _process.Id;

    /// <param name="dll">Run by dotnet.</param>
    /// <param name="arguments">Given the port.</param>
    /// <param name="ready">Answers 200 once it is ready.</param>
    /// <param name="clock">Bounds the wait.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<OwnServer> StartAsync(
        string dll, Func<int, IEnumerable<string>> arguments, string ready, TimeProvider clock, CancellationToken cancellationToken)
    {
        var port = FreePort();

        // A run that is killed takes its server along.
        var command = new ProcessStartInfo("setpriv") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["--pdeathsig", "TERM", "dotnet", dll, .. arguments(port)])
        {
            command.ArgumentList.Add(argument);
        }

        var server = new OwnServer(await LaunchAsync(command), port);
        try
        {
            await server.UntilReadyAsync(ready, clock, cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            // SIGTERM, which .NET has no call for: the server then stops its PostgreSQL and Redis itself.
            using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            await _process.WaitForExitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!_process.HasExited)
            {
                _process.Kill();
            }
        }

        _process.Dispose();
    }

    /// <summary>From a thread that lives as long as the child: the kernel's parent-death signal follows the thread that forked.</summary>
    private static Task<Process> LaunchAsync(ProcessStartInfo command)
    {
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() =>
        {
            try
            {
                var process = Process.Start(command) ?? throw new RunFailedException("dotnet did not start.");
                started.SetResult(process);
                process.WaitForExit();
            }
            catch (Exception e)
            {
                started.TrySetException(e);
            }
        })
        { IsBackground = true, Name = "child" }.Start();
        return started.Task;
    }

    private async Task UntilReadyAsync(string ready, TimeProvider clock, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = Url, Timeout = TimeSpan.FromSeconds(5) };
        var start = clock.GetTimestamp();
        while (!await AnswersAsync(http, ready, cancellationToken))
        {
            if (_process.HasExited || clock.GetElapsedTime(start) > StartPatience)
            {
                throw new RunFailedException($"The server did not become ready:\n{string.Join('\n', _lastLines)}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), clock, cancellationToken);
        }
    }

    private static async Task<bool> AnswersAsync(HttpClient http, string path, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await http.GetAsync(path, cancellationToken);
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (Exception e) when (e is HttpRequestException or SocketException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private void Keep(object sender, DataReceivedEventArgs e)
    {
        if (e.Data is { } line)
        {
            lock (_lastLines)
            {
                _lastLines.Enqueue(line);
                if (_lastLines.Count > 40)
                {
                    _lastLines.Dequeue();
                }
            }
        }
    }
}
