using CommandCenter.Phones;
using CommandCenter.Simulator;

namespace CommandCenter.Tests.Tools;

/// <summary>The whole simulator against the fake server, for a few seconds of real time.</summary>
internal sealed class SimulationTests
{
    private FakeServer _server = null!;

    [SetUp]
    public async Task StartServer() => _server = await FakeServer.StartAsync();

    [TearDown]
    public async Task StopServer() => await _server.DisposeAsync();

    [Test]
    public async Task AllPhonesReportThroughAllProtocolsAndLoseNothingToAFailingServer()
    {
        for (var i = 0; i < 30; i++)
        {
            _server.FailNext(i % 3 == 0 ? 429 : 503, retryAfter: "1");
        }

        var (simulation, lines) = await RunAsync(workers: 60, TimeSpan.FromSeconds(8));

        Assert.Multiple(() =>
        {
            Assert.That(_server.Requests.Select(r => r.Path).Distinct(), Is.EquivalentTo(new[] { "/osmand", "/owntracks", "/api/positions" }));
            Assert.That(_server.Requests.Select(r => r.ContentType).Distinct(), Does.Contain("application/x-msgpack"));
            Assert.That(simulation.Counters.Retried, Is.GreaterThanOrEqualTo(20));
            Assert.That(simulation.Counters.Accepted, Is.GreaterThan(100));
            Assert.That(simulation.Counters.Refused + simulation.Counters.Dropped, Is.Zero);
            Assert.That(lines, Has.Count.LessThanOrEqualTo(2), string.Join('\n', lines));
        });
    }

    [Test]
    public async Task EachPhonesFixesArriveInTheirOrder()
    {
        for (var i = 0; i < 10; i++)
        {
            _server.FailNext(503);
        }

        await RunAsync(workers: 25, TimeSpan.FromSeconds(6));

        var forms = _server.Requests.Where(r => r.ContentType?.StartsWith("application/x-www-form", StringComparison.Ordinal) == true)
            .Select(r => r.Text.Split('&').Select(f => f.Split('=')).ToDictionary(f => f[0], f => f[1]))
            .GroupBy(f => f["id"], f => long.Parse(f["timestamp"], System.Globalization.CultureInfo.InvariantCulture)).ToList();
        Assert.That(forms, Has.Count.GreaterThan(3));
        Assert.That(forms.Select(f => f.ToList()), Has.All.Ordered);
    }

    [Test]
    public async Task OutageIsToldOnceAndItsEndOnce()
    {
        var address = _server.Line.BaseAddress!;
        await _server.DisposeAsync();
        var lines = new List<string>();
        var watch = new ServerWatch(TimeProvider.System, lines.Add);
        using var http = PhoneLine.Open(address);
        var simulation = Make(workers: 30, http, watch);
        using var ending = new CancellationTokenSource(TimeSpan.FromSeconds(5));

        await simulation.RunAsync(ending.Token);

        Assert.That(lines, Is.EqualTo(new[] { "the server is away (no connection); the phones keep their fixes and try again" }));
        Assert.That(simulation.Waiting, Is.GreaterThan(30));

        watch.Note(UploadOutcome.Delivered);
        watch.Note(UploadOutcome.Delivered);
        Assert.That(lines.Skip(1), Has.One.StartsWith("the server is back after"));
    }

    [Test]
    public void OneFailureAmongSuccessesIsNoOutage()
    {
        var lines = new List<string>();
        var watch = new ServerWatch(TimeProvider.System, lines.Add);

        watch.Note(UploadOutcome.Delivered);
        watch.Note(new UploadOutcome(UploadResult.Away, TimeSpan.FromSeconds(1), "the server answers 503"));

        Assert.That((watch.IsUp, lines.Count), Is.EqualTo(((bool?)true, 0)));
    }

    private async Task<(Simulation Simulation, List<string> Lines)> RunAsync(int workers, TimeSpan time)
    {
        var lines = new List<string>();
        var simulation = Make(workers, _server.Line, new ServerWatch(TimeProvider.System, lines.Add));
        using var ending = new CancellationTokenSource(time);
        await simulation.RunAsync(ending.Token);
        return (simulation, lines);
    }

    private static Simulation Make(int workers, HttpClient http, ServerWatch watch)
    {
        var plan = new SimulatorPlan { Seed = 1, Streets = Streets.Town(), Workers = [.. Enumerable.Range(0, 100).Select(i => Streets.Worker(i))] };
        var settings = new SimulationSettings
        {
            Seed = plan.Seed,
            Workers = workers,
            Pace = new SimulationPace(1, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3)),
            SosSpacing = TimeSpan.Zero,
        };
        return new Simulation(plan, settings, http, watch, TimeProvider.System, _ => { });
    }
}
