using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using CommandCenter.Demo;
using CommandCenter.IntegrationTests.Access;
using CommandCenter.IntegrationTests.Harness;
using Dapper;

namespace CommandCenter.IntegrationTests.Jobs;

/// <summary>Server processes on one fresh database that have the jobs of <see cref="TestJobs"/>.</summary>
internal sealed class JobCenter : IAsyncDisposable
{
    public const string Tables = """
        create table test_gate (open_to int not null, fail text);
        insert into test_gate values (100, null);
        create table test_steps (window_from text not null, step int not null, pid int not null, times int not null default 1, primary key (window_from, step));
        create table test_ticks (id int generated always as identity primary key, pid int not null, begun timestamptz not null, ended timestamptz);
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly List<ServerProcess> _servers = [];
    private readonly Dictionary<string, string> _tokens = [];

    private JobCenter(Backends backends) => Backends = backends;

    public Backends Backends { get; }

    public IReadOnlyList<ServerProcess> Servers => _servers;

    /// <summary>Of servers that are added.</summary>
    public string[] Arguments { get; private init; } = [];

    public static async Task<JobCenter> StartAsync(int servers = 1, bool ticking = false, params string[] arguments)
    {
        var center = new JobCenter(await Backends.FreshAsync()) { Arguments = arguments };
        await center.ExecuteAsync(Tables);
        for (var number = 0; number < servers; number++)
        {
            await center.AddAsync(ticking);
        }

        return center;
    }

    public async Task<ServerProcess> AddAsync(bool ticking = false)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder.Path, $"node{_servers.Count}")).FullName;
        if (_servers.Count > 0)
        {
            foreach (var file in new[] { "demo.json", "simulator.json" })
            {
                File.Copy(Path.Combine(_folder.Path, "node0", file), Path.Combine(folder, file));
            }
        }

        var server = await ServerProcess.LaunchAsync(
            folder,
            EnvironmentOf(ServerProcess.Environment(Backends), ticking),
            ["--demo", "--Access:PasswordIterations=10000", "--Jobs:LookSeconds=0.5", "--Jobs:CheckInSeconds=2", .. Arguments]);
        _servers.Add(server);
        await server.UntilReadyAsync();
        foreach (var account in DemoSecrets.Read(folder)!.Accounts.Where(account => !_tokens.ContainsKey(account.User)))
        {
            _tokens[account.User] = await DemoServer.SignInAsync(server.Http, account.User, account.Password);
        }

        return server;
    }

    public async Task SignInAsync(string user, string password) => _tokens[user] = await DemoServer.SignInAsync(_servers[0].Http, user, password);

    /// <summary>With the jobs of this assembly beside those that the server has.</summary>
    public static Dictionary<string, string> EnvironmentOf(Dictionary<string, string> environment, bool ticking)
    {
        environment["DOTNET_STARTUP_HOOKS"] = typeof(JobCenter).Assembly.Location;
        environment["ASPNETCORE_HOSTINGSTARTUPASSEMBLIES"] = typeof(JobCenter).Assembly.GetName().Name!;
        if (ticking)
        {
            environment[TestJobs.Ticking] = "1";
        }

        return environment;
    }

    public async Task<(HttpStatusCode Status, JsonElement Body)> CallAsync(string user, string method, string path, object? body = null, int on = 0)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _tokens[user]);
        using var response = await _servers[on].Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return (response.StatusCode, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement.Clone());
    }

    /// <summary>The new run's id.</summary>
    public async Task<long> AskAsync(string from, string to, int on = 0, string job = "stepping")
    {
        var (status, run) = await CallAsync("administrator", "POST", $"/api/jobs/{job}/runs", new { from, to }, on);
        Assert.That(status, Is.EqualTo(HttpStatusCode.Created), run.ToString());
        return run.GetProperty("id").GetInt64();
    }

    public async Task<JsonElement> RunAsync(long id, int on = 0) => (await CallAsync("administrator", "GET", $"/api/jobs/runs/{id}", on: on)).Body;

    public async Task<JsonElement> UntilAsync(long id, string state, int on = 0)
    {
        JsonElement run = default;
        await Eventually.TrueAsync(
            async () =>
            {
                run = await RunAsync(id, on);

                // 503 while PostgreSQL's connections are broken.
                return run.TryGetProperty("state", out var now) && now.GetString() == state;
            },
            $"run {id} {state}");
        return run;
    }

    public Task OpenAsync(int to) => ExecuteAsync("update test_gate set open_to = @to", new { to });

    public Task FailAsync(string? with) => ExecuteAsync("update test_gate set fail = @with", new { with });

    public async Task ExecuteAsync(string sql, object? arguments = null)
    {
        await using var connection = await Backends.DataSource.OpenConnectionAsync();
        await connection.ExecuteAsync(sql, arguments);
    }

    public async Task<T> ReadAsync<T>(string sql, object? arguments = null)
    {
        await using var connection = await Backends.DataSource.OpenConnectionAsync();
        return (await connection.QuerySingleAsync<T>(sql, arguments))!;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers)
        {
            await server.DisposeAsync();
        }

        await Backends.DisposeAsync();
        _folder.Dispose();
    }
}
