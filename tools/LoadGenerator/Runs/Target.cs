using System.Net;
using CommandCenter.LoadGenerator.Center;
using Npgsql;

namespace CommandCenter.LoadGenerator.Runs;

/// <summary>What is loaded, and where its parts are.</summary>
internal sealed record Target(Uri Url, string Postgres, RedisAddress? Redis, Accounts Accounts, (int Server, int Postgres, int Redis) Processes);

/// <summary>What the command line says of the target: a server that runs, or one to start for the run.</summary>
internal sealed record TargetOptions
{
    public Uri? Server { get; init; }

    public string? ServerDll { get; init; }

    public string? Data { get; init; }

    public IReadOnlyList<string> ServerArguments { get; init; } = [];

    public string? Postgres { get; init; }

    public RedisAddress? Redis { get; init; }

    public (string User, string Password)? Administrator { get; init; }

    public bool YesRemote { get; init; }

    /// <summary>Where the load may go: this machine alone, unless the person insists.</summary>
    public static bool IsLoopback(string? host) =>
        host is not null && (host == "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address)));

    /// <summary>What cannot be, for people; null when all is well.</summary>
    public string? Fault()
    {
        if ((Server is null) == (ServerDll is null))
        {
            return "give --server URL for one that runs or --server-dll FILE to start one, and not both";
        }

        if (ServerDll is not null && !File.Exists(ServerDll))
        {
            return $"--server-dll: there is no {ServerDll}";
        }

        if (Server is { Scheme: not "http" })
        {
            return "--server: plain http alone; put the generator behind the proxy that ends HTTPS";
        }

        if (Server is not null && Data is null && (Postgres is null || Administrator is null))
        {
            return "--server needs --data DIR, or --postgres together with --user and --password-file";
        }

        return Server is null ? null : RemoteFault(Server.Host, "--server");
    }

    public async Task<(Target Target, OwnServer? Own, string? Temporary)> OpenAsync(Scenario scenario, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (Server is not null)
        {
            return (Of(Server, Data is null ? null : new DataFolder(Data)), null, null);
        }

        var temporary = Data is null ? Directory.CreateTempSubdirectory("commandcenter-load-").FullName : null;
        var folder = Data ?? temporary!;

        // All that such walls watch goes into one frame.
        string[] markers = scenario.Whole ? [$"--Wall:MaxMarkers={Math.Clamp(scenario.Workers + 20_000, 20_000, 1_000_000)}"] : [];
        var own = await OwnServer.StartAsync(
            ServerDll!,
            port => ["--data", folder, "--port", $"{port}", "--demo", "--Demo:Size=small", .. markers, .. ServerArguments],
            "healthz/ready",
            clock,
            cancellationToken);
        return (Of(own.Url, new DataFolder(folder)), own, temporary);
    }

    private Target Of(Uri url, DataFolder? folder)
    {
        var postgres = Postgres ?? folder?.Postgres() ?? throw new RunFailedException("PostgreSQL is not in the data folder: give --postgres.");
        var redis = Redis ?? folder?.Redis();
        var accounts = Administrator is { } administrator ? new Accounts(administrator, administrator)
            : folder?.DemoAccounts() ?? throw new RunFailedException("The data folder has no demo.json: give --user and --password-file of an administrator.");
        var fault = RemoteFault(new NpgsqlConnectionStringBuilder(postgres).Host, "--postgres") ?? (redis is null ? null : RemoteFault(redis.Host, "--redis"));
        return fault is null ? new Target(url, postgres, redis, accounts, folder?.Processes() ?? default) : throw new RunFailedException(fault);
    }

    private string? RemoteFault(string? host, string option) =>
        YesRemote || IsLoopback(host) ? null : $"{option}: {host} is another machine; load may harm it, so say --yes-remote if that is meant";
}
