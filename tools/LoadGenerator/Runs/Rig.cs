using System.Globalization;
using System.Net;
using CommandCenter.LoadGenerator.Center;
using CommandCenter.LoadGenerator.Load;
using CommandCenter.LoadGenerator.Measuring;
using Npgsql;
using Spectre.Console;

namespace CommandCenter.LoadGenerator.Runs;

/// <summary>What a run has while it lasts: the server, its database, the accounts signed in, the workers enrolled and the ledger.</summary>
internal sealed class Rig : IAsyncDisposable
{
    private readonly HttpClient _http;
    private readonly HttpClient _wallHttp;
    private readonly OwnServer? _own;
    private readonly string? _temporary;

    private Rig(Target target, OwnServer? own, string? temporary, IAnsiConsole console, TimeProvider clock)
    {
        (Target, _own, _temporary, Console, Clock) = (target, own, temporary, console, clock);
        _http = Open(target.Url);
        _wallHttp = Open(target.Url);
        Client = new CenterClient(_http, clock);
        Database = NpgsqlDataSource.Create(target.Postgres);
        Stored = new StoredFixes(Database, clock);
        Meter = new UsageMeter(
            new ProcessTree(target.Processes.Server, withChildren: false),
            new ProcessTree(target.Processes.Redis, withChildren: false),
            new ProcessTree(target.Processes.Postgres, withChildren: true),
            clock);
    }

    public Target Target { get; }

    public IAnsiConsole Console { get; }

    public TimeProvider Clock { get; }

    /// <summary>Signed in as the administrator.</summary>
    public CenterClient Client { get; }

    public NpgsqlDataSource Database { get; }

    public StoredFixes Stored { get; }

    public UsageMeter Meter { get; }

    public IPEndPoint EndPoint { get; private set; } = null!;

    public string Host => Target.Url.Authority;

    /// <summary>Code of the area that the accounts are for.</summary>
    public string Root { get; private set; } = "";

    public string WallToken { get; private set; } = "";

    public GatewayAccess Gateway { get; private set; } = null!;

    public LoadWorkers Workers { get; private set; } = null!;

    public Ledger Ledger { get; private set; } = null!;

    public FixTurns Turns { get; private set; } = null!;

    /// <summary>Fixes stored before the run, and what they take on disk.</summary>
    public long StoredBefore { get; private set; }

    public long BytesBefore { get; private set; }

    public static async Task<Rig> SetUpAsync(TargetOptions options, Scenario scenario, IAnsiConsole console, TimeProvider clock, CancellationToken cancellationToken)
    {
        var (target, own, temporary) = await options.OpenAsync(scenario, clock, cancellationToken);
        var rig = new Rig(target, own, temporary, console, clock);
        try
        {
            await rig.SignInAsync(cancellationToken);
            return rig;
        }
        catch
        {
            await rig.DisposeAsync();
            throw;
        }
    }

    /// <summary>Enrols what is missing and starts the books: called again for more workers, it opens new ones.</summary>
    public async Task EnrolAsync(int workers, CancellationToken cancellationToken)
    {
        var start = Clock.GetTimestamp();
        var ground = await Client.GroundOfAsync(Root, cancellationToken);
        await Client.EnsureAreasAsync(Root, workers, cancellationToken);
        Workers = await new Preparation(Database, Clock, Console.WriteLine).EnsureAsync(workers, ground, cancellationToken);
        var written = Clock.GetElapsedTime(start).TotalSeconds;
        Gateway ??= await Client.EnrolGatewayAsync(Root, cancellationToken);
        await Client.UntilKnownAsync(Gateway, Workers, cancellationToken);
        Ledger = new Ledger(workers);
        Turns = new FixTurns(workers);
        StoredBefore = await Stored.CountAsync(cancellationToken);
        BytesBefore = await Stored.BytesAsync(cancellationToken);
        Console.WriteLine(Prepared(workers, Clock.GetElapsedTime(start).TotalSeconds, written));
    }

    public async ValueTask DisposeAsync()
    {
        if (Gateway is { } gateway)
        {
            try
            {
                await Client.RevokeGatewayAsync(gateway, CancellationToken.None);
            }
            catch (HttpRequestException e)
            {
                Console.WriteLine($"The run's gateway {gateway.User} could not be revoked: {e.Message}");
            }
        }

        _http.Dispose();
        _wallHttp.Dispose();
        await Database.DisposeAsync();
        if (_own is not null)
        {
            await _own.DisposeAsync();
        }

        if (_temporary is not null)
        {
            Directory.Delete(_temporary, recursive: true);
        }
    }

    /// <summary>What it took of the machine stands here, because the stages' tables begin after it.</summary>
    private string Prepared(int workers, double seconds, double written)
    {
        var (generator, server) = (new ProcessTree(Environment.ProcessId, withChildren: false).Read(), new ProcessTree(Target.Processes.Server, withChildren: false).Read());
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{workers} workers and devices are enrolled and known to the server ({seconds:0.0} s, of which writing {written:0.0} s; so far the generator took {generator.CpuSeconds:0.0} s of processor and {generator.Bytes / 1e6:0} MB, the server {server.CpuSeconds:0.0} s and {server.Bytes / 1e6:0} MB)");
    }

    // Without cookies: the bearer token says who asks.
    private static HttpClient Open(Uri url) => new(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = url, Timeout = TimeSpan.FromMinutes(5) };

    private async Task SignInAsync(CancellationToken cancellationToken)
    {
        var session = await Client.SignInAsync(Target.Accounts.Administrator.User, Target.Accounts.Administrator.Password, cancellationToken);
        Root = session.Area;
        WallToken = (await new CenterClient(_wallHttp, Clock).SignInAsync(Target.Accounts.Wall.User, Target.Accounts.Wall.Password, cancellationToken)).Token!;
        var addresses = await Dns.GetHostAddressesAsync(Target.Url.DnsSafeHost, cancellationToken);
        EndPoint = new IPEndPoint(addresses[0], Target.Url.Port);
    }
}
