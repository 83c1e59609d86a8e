using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using CommandCenter.IntegrationTests.Access;
using CommandCenter.IntegrationTests.Harness;

namespace CommandCenter.IntegrationTests.Import;

/// <summary>An empty center of an operator of district 140106, its administrator signed in, and files to import.</summary>
internal sealed partial class ImportCenter : IAsyncDisposable
{
    private readonly Dictionary<string, string> _tokens = [];

    private ImportCenter(Backends backends, ServerProcess server) => (Backends, Server) = (backends, server);

    public Backends Backends { get; }

    public ServerProcess Server { get; set; }

    public static async Task<ImportCenter> StartAsync(params string[] arguments)
    {
        var backends = await Backends.FreshAsync();
        var server = await ServerProcess.StartAsync(backends, ["--no-demo", "--Access:PasswordIterations=10000", .. arguments]);
        var center = new ImportCenter(backends, server);
        var token = "";
        await Eventually.TrueAsync(() => (token = Link().Match(server.Output).Groups[1].Value).Length > 0, "the link is printed");
        using var made = await server.Http.PostAsJsonAsync(
            "/api/setup", new { token, user = "root", password = "a long password", areaCode = "140106", areaName = "迎泽区" });
        Assert.That(made.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        center._tokens["root"] = (await made.ReadJsonAsync()).GetProperty("token").GetString()!;
        return center;
    }

    /// <summary>Another account; its name is its role, or the name given.</summary>
    public async Task AddAccountAsync(string role, string area, string? user = null)
    {
        user ??= role;
        var (status, body) = await CallAsync("root", "POST", "/api/accounts", JsonContent.Create(new { user, password = "a long password", role, area }));
        Assert.That(status, Is.EqualTo(HttpStatusCode.Created), body.ToString());
        _tokens[user] = await DemoServer.SignInAsync(Server.Http, user, "a long password");
    }

    public string TokenOf(string user) => _tokens[user];

    public async Task<(HttpStatusCode Status, JsonElement Body)> CallAsync(string? user, string method, string path, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = content };
        if (user is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _tokens[user]);
        }

        using var response = await Server.Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return (response.StatusCode, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement.Clone());
    }

    public Task<(HttpStatusCode Status, JsonElement Body)> ImportAsync(string kind, byte[] file, string query = "", string user = "root") =>
        CallAsync(user, "POST", $"/api/import/{kind}?{query}", Content(kind, file));

    /// <summary>Previews, then applies what was previewed.</summary>
    public async Task<JsonElement> ApplyAsync(string kind, byte[] file, string user = "root")
    {
        var (_, preview) = await ImportAsync(kind, file, user: user);
        var (status, report) = await ImportAsync(kind, file, $"apply=true&fingerprint={preview.GetProperty("fingerprint").GetString()}", user);
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), report.ToString());
        Assert.That(report.GetProperty("applied").GetBoolean());
        return report;
    }

    public static HttpContent Content(string kind, byte[] file)
    {
        var content = new ByteArrayContent(file);
        content.Headers.ContentType = new MediaTypeHeaderValue(kind == "areas" ? "application/geo+json" : "text/csv");
        return content;
    }

    /// <summary>One of docs/examples.</summary>
    public static byte[] Example(string name, [CallerFilePath] string here = "") =>
        File.ReadAllBytes(Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "docs", "examples", name)));

    public static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    public async Task<long> CountAsync(string sql)
    {
        await using var command = Backends.DataSource.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Backends.DisposeAsync();
    }

    [GeneratedRegex("/setup#([A-Za-z0-9_-]{20,})")]
    private static partial Regex Link();
}
