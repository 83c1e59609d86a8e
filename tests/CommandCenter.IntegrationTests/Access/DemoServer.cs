using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using CommandCenter.Demo;
using CommandCenter.IntegrationTests.Harness;

namespace CommandCenter.IntegrationTests.Access;

/// <summary>A server with the demo district on a fresh database, and its people signed in by bearer token.</summary>
internal sealed class DemoServer : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string> _tokens = [];

    private DemoServer(Backends backends) => Backends = backends;

    public Backends Backends { get; }

    public ServerProcess Server { get; private set; } = null!;

    public DemoSecrets Secrets { get; private set; } = null!;

    public string Folder => _folder.Path;

    /// <param name="options">More of the server's command line.</param>
    public static async Task<DemoServer> StartAsync(params string[] options)
    {
        var demo = new DemoServer(await Backends.FreshAsync());
        demo.Server = await demo.LaunchAsync(demo.Folder, ["--demo", .. options]);
        demo.Secrets = DemoSecrets.Read(demo.Folder)!;
        foreach (var account in demo.Secrets.Accounts)
        {
            demo._tokens[account.User] = await SignInAsync(demo.Server.Http, account.User, account.Password);
        }

        return demo;
    }

    public Task<ServerProcess> LaunchAsync(string folder, string mode = "--demo") => LaunchAsync(folder, [mode]);

    public async Task<ServerProcess> LaunchAsync(string folder, string[] options)
    {
        var server = await ServerProcess.LaunchAsync(folder, ServerProcess.Environment(Backends), [.. options, "--Access:PasswordIterations=10000"]);
        await server.UntilReadyAsync();
        return server;
    }

    public static async Task<string> SignInAsync(HttpClient http, string user, string password)
    {
        using var response = await http.PostAsJsonAsync("/api/session", new { user, password });
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), user);
        return (await response.ReadJsonAsync()).GetProperty("token").GetString()!;
    }

    /// <param name="user">A demo account's name; null: nobody.</param>
    /// <param name="method">Of the request.</param>
    /// <param name="path">With query.</param>
    /// <param name="body">Sent as JSON.</param>
    /// <param name="on">The node to ask; null: the first.</param>
    public async Task<(HttpStatusCode Status, JsonElement Body)> CallAsync(
        string? user, string method, string path, object? body = null, ServerProcess? on = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = body is null ? null : JsonContent.Create(body) };
        if (user is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _tokens[user]);
        }

        using var response = await (on ?? Server).Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return (response.StatusCode, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement.Clone());
    }

    public string TokenOf(string user) => _tokens[user];

    public void Remember(string user, string token) => _tokens[user] = token;

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Backends.DisposeAsync();
        _folder.Dispose();
    }
}
