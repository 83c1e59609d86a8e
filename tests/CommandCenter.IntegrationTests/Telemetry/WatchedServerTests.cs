using System.Net;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using CommandCenter.Contracts.Wall;
using CommandCenter.IntegrationTests.Access;
using CommandCenter.IntegrationTests.Harness;
using CommandCenter.Storage.Embedded;

namespace CommandCenter.IntegrationTests.Telemetry;

/// <summary>
/// What leaves a server for those who watch over it (metrics, traces, logs) in a run with phones, strangers, a wall, a sign-in that fails and a follow:
/// everything that docs/operations.md names, and nothing of anybody.
/// </summary>
public sealed partial class WatchedServerTests
{
    private const string Coordinates = "lat=37.8612&lon=112.5734";
    private readonly int _metricsPort = FreePort.Find();
    private Collector _collector = null!;
    private DemoServer _demo = null!;
    private string[] _secrets = [];

    [OneTimeSetUp]
    public async Task RunAsync()
    {
        _collector = await Collector.StartAsync(grpc: false);
        _demo = await DemoServer.StartAsync(
            $"--Telemetry:Otlp:Endpoint={_collector.Address}",
            "--Telemetry:MetricsSeconds=1",
            "--Telemetry:TraceShare=1",
            $"--Telemetry:PrometheusListen=http://127.0.0.1:{_metricsPort}",
            "--TrackWriter:FlushSeconds=1",
            "--PositionLog:TrimSeconds=1",
            "--Logging:Console:FormatterName=json",
            "--Logging:LogLevel:CommandCenter=Debug");
        await LiveAsync();
        _secrets = await PeopleAsync();
        await Eventually.TrueAsync(() => Required.All(name => _collector.Metrics.Any(metric => metric.Name == name)), "all metrics are told");
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _demo.DisposeAsync();
        await _collector.DisposeAsync();
    }

    private static readonly string[] Required =
    [
        "positions.received", "positions.accepted", "positions.refused", "positions.turned_away", "positionlog.length", "positionlog.picture.delay", "positionlog.writer.lag",
        "positionlog.writer.flush", "positionlog.stored", "wall.fix_to_wall", "wall.connections", "wall.frames", "wall.bytes", "commandcenter.audit.spooled",
        "commandcenter.ready", "commandcenter.redis.up", "db.client.connection.count", "http.server.request.duration",
    ];

    [Test]
    public void TellsNoMetricThatTheOperatorsPageDoesNotName()
    {
        var named = Names().Matches(File.ReadAllText(Page())).Select(match => match.Groups[1].Value).ToHashSet();

        Assert.That(_collector.Metrics.Where(metric => metric.Meter.StartsWith("CommandCenter.", StringComparison.Ordinal)).Select(metric => metric.Name), Is.SubsetOf(named));
        Assert.That(Required, Is.SubsetOf(named));
    }

    [Test]
    public async Task TracesRequestsByTheirRouteLotsAndConnects()
    {
        string[] expected = ["GET /osmand", "store tracks", "GET /api/workers/{code}/track", "CommandCenter.Wall.WallHub/OnConnectedAsync"];

        // Spans are told in batches, every few seconds.
        await Eventually.TrueAsync(() => expected.All(name => _collector.Spans.Any(span => span.Name == name)), "all kinds of spans are told");

        Assert.That(_collector.Spans.Select(span => span.Name), Has.None.EndsWith("/Shown").And.None.EndsWith("/Watch"));
    }

    [Test]
    public void SendsNothingOfAnybodyToTheCollector() => Assert.That(FoundIn(_collector.Everything), Is.Empty);

    [Test]
    public async Task AnswersPrometheusOnItsOwnPortAlone()
    {
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{_metricsPort}") };

        var text = await http.GetStringAsync("/metrics");

        Assert.That(text, Does.Contain("\ncommandcenter_ready 1\n").And.Contain("wall_fix_to_wall_seconds_bucket{le=\"0.5\"} ").And.Contain("# TYPE positions_received_total counter\n"));
        Assert.That(FoundIn(text), Is.Empty);
        Assert.That(await http.AnswersAsync("/api/session", HttpStatusCode.NotFound), Is.True);
        Assert.That(await (await _demo.Server.Http.GetAsync("/metrics")).Content.ReadAsStringAsync(), Does.Not.Contain("commandcenter_ready"));
    }

    [Test]
    public void WritesEveryLineAsJsonAndNothingOfAnybody()
    {
        var log = _demo.Server.Output;

        Assert.That(log.Split('\n').Select(line => JsonDocument.Parse(line).RootElement.TryGetProperty("Category", out _)), Has.All.True);
        Assert.That(log, Does.Contain("Ready: "));
        Assert.That(FoundIn(log), Is.Empty);
    }

    [Test]
    public async Task GivesEachProblemWhatFindsItInTheLog()
    {
        var (status, body) = await _demo.CallAsync(null, "GET", "/api/workers");

        Assert.That(status, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(body.GetProperty("traceId").GetString(), Does.Match("^[0-9a-f]{32}$"));
    }

    private async Task LiveAsync()
    {
        var http = _demo.Server.Http;
        var device = _demo.Secrets.Devices[0];
        var dispatcher = _demo.Secrets.Accounts.First(account => account.Role == "dispatcher");
        using var bad = await http.PostAsJsonAsync("/api/session", new { user = dispatcher.User, password = "wrong-password-of-somebody" });
        using var stranger = await http.GetAsync($"/osmand?id=nobody-has-this-identifier&{Coordinates}");
        using var future = await http.GetAsync($"/osmand?id={device.OsmandId}&timestamp=4000000000&{Coordinates}");
        foreach (var path in (string[])[$"/api/workers/{device.Worker}", $"/api/workers/{device.Worker}/track", "/api/positions?area=140106", "/api/workers/nobody-of-that-code", "/api/nothing"])
        {
            await _demo.CallAsync(dispatcher.User, "GET", path);
        }

        await _demo.CallAsync(dispatcher.User, "POST", $"/api/workers/{device.Worker}/follow", new { reason = "lost at 112.5734" });
        await using var wall = await WallClient.ConnectAsync(_demo.Server, await DemoServer.SignInAsync(http, dispatcher.User, dispatcher.Password));
        var sent = 0L;
        await wall.UntilAsync(new WatchRequest { Area = "140106" }, frame =>
        {
            var isNews = !frame.Full && frame.Count > 0 && sent > 0;
            sent = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
            _ = http.GetAsync($"/osmand?id={device.OsmandId}&timestamp={sent}&{Coordinates}&speed=2&accuracy=8&batt=70");
            return isNews;
        });
    }

    /// <summary>Everything about people that the run had in its hands.</summary>
    private async Task<string[]> PeopleAsync()
    {
        var administrator = _demo.Secrets.Accounts.First(account => account.Role == "administrator").User;
        var (_, page) = await _demo.CallAsync(administrator, "GET", "/api/workers?limit=100");
        var workers = page.GetProperty("items").EnumerateArray().ToList();
        Assert.That(workers, Has.Count.GreaterThan(50));
        return
        [
            .. workers.SelectMany(worker => (string?[])[worker.GetProperty("name").GetString(), worker.GetProperty("code").GetString(), worker.GetProperty("phone").GetString()]).OfType<string>(),
            .. _demo.Secrets.Accounts.Select(account => account.Password),
            .. _demo.Secrets.Devices.SelectMany(device => (string[])[device.OsmandId, device.User, device.Password]),
            "112.5734", "37.8612", "1125734000", "378612000", "nobody-has-this-identifier", "nobody-of-that-code", "wrong-password-of-somebody", "lost at",
        ];
    }

    private IEnumerable<string> FoundIn(string text) => _secrets.Where(secret => text.Contains(secret, StringComparison.Ordinal)).Distinct();

    private static string Page([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "docs", "operations.md");

    /// <summary>The first cell of a row of the page's tables.</summary>
    [GeneratedRegex(@"^\| `([a-z_.]+)` ", RegexOptions.Multiline)]
    private static partial Regex Names();
}
