using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CommandCenter.IntegrationTests.Access;
using CommandCenter.IntegrationTests.Harness;

namespace CommandCenter.IntegrationTests.Hostile;

/// <summary>
/// Whatever is sent to whichever endpoint: never a 500, and each refusal is problem+json. By an administrator of the whole, so that the role keeps nothing out.
/// </summary>
public sealed class HostileRequestTests
{
    private const int MostBytes = 100_000;

    /// <summary>In the places of a path and in queries, as they stand on the wire.</summary>
    private static readonly string[] HostileWords =
    [
        "-1", "0", "2147483648", "99999999999999999999", "NaN", "1e9", "null", "true", "%FF", "%C3%28", "%ED%A0%80", "%F0%9F%92%A5", "..", "%2e%2e%2f", "a%0d%0ab", "%27%3B--",
        "*", "%25", "AAAA", "_____", new string('a', 2_000), "2026-13-45T99:99:99Z", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z",
    ];

    /// <summary>In the place of a field's value.</summary>
    private static readonly string[] HostileValues =
    [
        "null", "{}", "[]", "[null]", "[[[[[]]]]]", "true", "7", "-1", "1e308", "1e999", "99999999999999999999", "0.1", "\"\"", "\" \"", "\"\\u0000\"", "\"a\\u0000b\"",
        "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\\uffff\"", "\"\\ud83d\\udca5\"", "\"%s%n\"", "\"'; drop table areas; --\"", "\"../../etc\"",
        "{\"type\":\"\\ud800\"}", "{\"\\ud800\":1,\"type\":\"Polygon\"}", "{\"type\":\"Polygon\",\"coordinates\":[[[1e999,0],[0,0],[0,1],[1e999,0]]]}", "{\"type\":\"Polygon\",\"coordinates\":[[[\"\\ud800\"]]]}",
        "{\"type\":\"Polygon\",\"coordinates\":[[]]}", "{\"type\":\"MultiPolygon\",\"coordinates\":[[[[0,0],[0,0],[0,0],[0,0]]]]}", "[{\"area\":\"\\ud800\",\"seconds\":1e99}]", "[7]",
        "\"" + new string('网', 10_000) + "\"",
    ];

    private static readonly (string Name, byte[] Body, string? Type)[] BrokenBodies =
    [
        ("no body", [], null),
        ("empty", [], "application/json"),
        ("cut off", "{\"name\":"u8.ToArray(), "application/json"),
        ("null", "null"u8.ToArray(), "application/json"),
        ("array", "[]"u8.ToArray(), "application/json"),
        ("text", "\"x\""u8.ToArray(), "application/json"),
        ("number", "1e999"u8.ToArray(), "application/json"),
        ("two values", "{}{}"u8.ToArray(), "application/json"),
        ("no UTF-8", [(byte)'{', (byte)'"', 0xFF, 0xC0, (byte)'"', (byte)':', (byte)'1', (byte)'}'], "application/json"),
        ("UTF-16", Encoding.Unicode.GetBytes("{\"name\":\"x\"}"), "application/json; charset=utf-16"),
        ("no charset there is", "{}"u8.ToArray(), "application/json; charset=klingon"),
        ("deep", Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("{\"geometry\":", 5_000))), "application/json"),
        ("deep arrays", Encoding.ASCII.GetBytes("{\"geometry\":" + new string('[', 20_000) + new string(']', 20_000) + "}"), "application/json"),
        ("too large", Encoding.ASCII.GetBytes("{\"name\":\"" + new string('a', MostBytes) + "\"}"), "application/json"),
        ("text/plain", "{}"u8.ToArray(), "text/plain"),
        ("form", "user=a&password=b"u8.ToArray(), "application/x-www-form-urlencoded"),
        ("multipart without end", "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n"u8.ToArray(), "multipart/form-data; boundary=x"),
        ("csv", "code,name\n\"a"u8.ToArray(), "text/csv"),
        ("zeros", new byte[1_000], "application/geo+json"),
    ];

    private DemoServer _demo = null!;
    private string _token = null!;
    private IReadOnlyList<HostileEndpoint> _endpoints = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _demo = await DemoServer.StartAsync($"--Web:MaxBodyBytes={MostBytes}", "--Access:AddressFailures=10000");
        var administrator = _demo.Secrets.Accounts.Single(account => account.User == "administrator");
        _token = await DemoServer.SignInAsync(_demo.Server.Http, administrator.User, administrator.Password);
        var (_, document) = await _demo.CallAsync(null, "GET", "/openapi/v1.json");
        _endpoints = HostileEndpoint.Of(document);
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _demo.DisposeAsync();

    [Test]
    public void KnowsTheServersEndpointsAndTheirFields()
    {
        Assert.That(_endpoints.Select(endpoint => endpoint.ToString()), Is.SupersetOf(new[] { "POST /api/areas", "PUT /api/workers/{code}", "GET /api/audit", "POST /api/import/areas" }));
        Assert.That(_endpoints.Single(endpoint => endpoint.ToString() == "POST /api/areas").Fields, Does.Contain("geometry"));
        Assert.That(_endpoints.Count(endpoint => endpoint.Fields.Count > 0), Is.GreaterThan(10));
    }

    [Test]
    public async Task RefusesEveryBrokenBody()
    {
        await UntilAllAsync(
            from endpoint in _endpoints
            where endpoint.TakesABody
            from broken in BrokenBodies
            select (endpoint.Method, endpoint.Harmless(), (byte[]?)broken.Body, broken.Type, broken.Name, endpoint.Fields.Count > 0 && !endpoint.Path.EndsWith("/follow", StringComparison.Ordinal)));
    }

    [Test]
    public async Task AnswersEveryHostileValueInABodysField()
    {
        await UntilAllAsync(
            from endpoint in _endpoints
            from body in endpoint.Bodies(HostileValues)
            select (endpoint.Method, endpoint.Harmless(), (byte[]?)Encoding.UTF8.GetBytes(body), (string?)"application/json", body, false));
    }

    [Test]
    public async Task AnswersEveryHostileWordInAnAddress()
    {
        await UntilAllAsync(
            from endpoint in _endpoints
            from address in endpoint.Addresses(HostileWords)
            select (endpoint.Method, address, endpoint.TakesABody ? "{}"u8.ToArray() : null, endpoint.TakesABody ? "application/json" : null, "", false));
    }

    /// <summary>All are sent, so that one run shows all that is wrong.</summary>
    private async Task UntilAllAsync(IEnumerable<(string Method, string Address, byte[]? Body, string? Type, string What, bool MustRefuse)> requests)
    {
        var (count, wrong) = (0, new List<string>());
        foreach (var (method, address, body, type, what, mustRefuse) in requests)
        {
            count++;
            using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(_demo.Server.Url, address));
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _token);
            if (body is not null)
            {
                request.Content = new ByteArrayContent(body);
                request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
                request.Headers.ExpectContinue = body.Length > MostBytes;

                // A server that refuses a body unread closes the connection, and the next request must not have begun on it.
                request.Headers.ConnectionClose = body.Length > MostBytes;
            }

            using var answer = await _demo.Server.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            if (await WrongAsync(answer, mustRefuse) is { } complaint)
            {
                wrong.Add($"{method} {Cut(address)} {Cut(what)}: {complaint}");
            }
        }

        TestContext.Out.WriteLine($"{count} requests");
        Assert.That(count, Is.Positive);
        Assert.That(wrong, Is.Empty, () => string.Join('\n', wrong.Take(40)));
    }

    private static async Task<string?> WrongAsync(HttpResponseMessage answer, bool mustRefuse)
    {
        var status = (int)answer.StatusCode;
        var type = answer.Content.Headers.ContentType?.MediaType;
        if (status < 400)
        {
            return mustRefuse ? $"{status}, though it makes no sense" : null;
        }

        if (status >= 500)
        {
            return $"{status} {await answer.Content.ReadAsStringAsync()}";
        }

        if (answer.StatusCode == HttpStatusCode.UnprocessableEntity && type == "application/json")
        {
            return null; // an import's report
        }

        if (type != "application/problem+json")
        {
            return $"{status} as {type ?? "nothing"}";
        }

        if (answer.RequestMessage!.Method == HttpMethod.Head)
        {
            return null;
        }

        var problem = await answer.ReadJsonAsync();
        return problem.TryGetProperty("status", out var said) && said.GetInt32() == status && problem.TryGetProperty("title", out _) ? null : $"{status} is told as {problem}";
    }

    private static string Cut(string text) => text.Length <= 120 ? text : text[..120] + "…";
}
