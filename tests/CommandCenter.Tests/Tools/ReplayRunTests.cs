using CommandCenter.Phones;
using CommandCenter.Replay;
using CommandCenter.Replay.Shifting;

namespace CommandCenter.Tests.Tools;

/// <summary>Replay from file to server, against the fake.</summary>
internal sealed class ReplayRunTests
{
    private readonly Backoff _quick = new(TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(50));
    private FakeServer _server = null!;
    private StringWriter _said = null!;
    private string _file = "";

    [SetUp]
    public async Task StartServer()
    {
        _server = await FakeServer.StartAsync();
        _said = new StringWriter();
        _file = Path.Combine(Directory.CreateTempSubdirectory("replay").FullName, "walk.csv");
        await File.WriteAllTextAsync(_file, "lat,lon,time,track\n"
            + string.Concat(Enumerable.Range(0, 1_200).Select(i => $"37.85,112.55,{1_700_000_000 + i},{i % 3}\n")) + "37.85,east,1700000000,1\n");
    }

    [TearDown]
    public async Task StopServer()
    {
        await _server.DisposeAsync();
        await _said.DisposeAsync();
        Directory.Delete(Path.GetDirectoryName(_file)!, recursive: true);
    }

    [Test]
    public async Task PastIsUploadedInBatchesThatEndNow()
    {
        _server.FailNext(503);
        _server.FailNext(429, retryAfter: "1");
        var before = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();

        var code = await RunAsync("batch", ["u1:p1", "u2:p2"]);

        var times = Times();
        Assert.Multiple(() =>
        {
            Assert.That(code, Is.Zero, _said.ToString());
            Assert.That(times, Has.Count.EqualTo(1_200));
            Assert.That(times.Max(), Is.InRange(before, before + 5_000));
            Assert.That(times.Max() - times.Min(), Is.EqualTo(1_199_000));
            Assert.That(_said.ToString(), Does.Contain("read 1200 fixes, skipped 1 lines"));
            Assert.That(_said.ToString(), Does.Contain("walk.csv, line 1202: expected a longitude from -180 to 180, found 'east'"));
            Assert.That(_said.ToString(), Does.Contain("sent 1200, accepted 1200, refused 0"));
        });
    }

    [Test]
    public async Task RefusalsAreToldByReason()
    {
        _server.Refuse = item => item.FixTime % 2_000 < 1_000 ? "off-duty" : null;

        await RunAsync("batch", ["u1:p1"]);

        Assert.That(_said.ToString(), Does.Contain("refused off-duty: 600"));
    }

    [Test]
    public async Task OsmandSendsOneRequestAFix()
    {
        Assert.That(await RunAsync("osmand", ["id1"], limit: 20), Is.Zero);
        Assert.That(_server.Requests, Has.Count.EqualTo(20));
    }

    [Test]
    public async Task RealTimeIsKept()
    {
        var started = System.Diagnostics.Stopwatch.GetTimestamp();

        await RunAsync("owntracks", ["u1:p1"], limit: 3, speed: 2);

        var arrived = _server.Requests.Select(r => System.Diagnostics.Stopwatch.GetElapsedTime(started, r.Timestamp).TotalSeconds).ToArray();
        Assert.That(arrived[2] - arrived[0], Is.InRange(0.8, 3), "two seconds at double speed");
    }

    [Test]
    public async Task UnknownDeviceEndsWithASentence()
    {
        _server.FailNext(401);

        Assert.That(await RunAsync("owntracks", ["u1:wrong"], limit: 5), Is.EqualTo(3));
        Assert.That(_said.ToString(), Does.Contain("device 1: 5 not delivered: the server does not accept this phone (401)"));
        Assert.That(_said.ToString(), Does.Not.Contain("wrong"));
    }

    [Test]
    public async Task GivesUpOnAServerThatStaysAway()
    {
        for (var i = 0; i < 100; i++)
        {
            _server.FailNext(503);
        }

        Assert.That(await RunAsync("batch", ["u1:p1"]), Is.EqualTo(3));
        Assert.That(_said.ToString(), Does.Contain("1200 not delivered: the server answers 503"));
    }

    [Test]
    public async Task DryRunSendsNothing()
    {
        Assert.That(await RunAsync("batch", [], dry: true), Is.Zero);
        Assert.That(_server.Requests, Is.Empty);
        Assert.That(_said.ToString(), Does.Contain("3 tracks, 1200 fixes"));
    }

    [Test]
    public async Task WarnsOfFixesThatServersRefuse()
    {
        await RunAsync("batch", [], dry: true, shift: TimeShiftKind.None);

        Assert.That(_said.ToString(), Does.Contain("note: 1200 fixes are older than 30 days and 0 lie in the future"));
    }

    [Test]
    public void DevicesMustFitTheProtocolAndAreNotRepeated()
    {
        Assert.That(DeviceList.Parse(["u1:secret"], "osmand", out var fault), Is.Null);
        Assert.That(fault, Is.EqualTo("--device number 1: osmand expects an OsmAnd id"));
        Assert.That(DeviceList.Parse(["ok:1", "osmand-id"], "batch", out fault), Is.Null);
        Assert.That(fault, Does.Contain("number 2").And.Contain("user:password").And.Not.Contain("osmand-id"));
    }

    [TestCase("--speed 0", "--speed")]
    [TestCase("--shift-to 37.8,112.5", "--shift-to: expected longitude,latitude")]
    [TestCase("--shift-to 1,2 --shift-place 1,2", "not both")]
    [TestCase("--from tomorrow", "--from: expected a moment")]
    [TestCase("--limit 0", "--limit")]
    [TestCase("--columns x", "--columns")]
    [TestCase("", "--device")]
    public async Task BadArgumentsAreExplained(string arguments, string sentence)
    {
        var error = new StringWriter();
        var code = await new ReplayCommand().Build()
            .Parse($"--server http://localhost:1 --input {_file} {arguments}")
            .InvokeAsync(new System.CommandLine.InvocationConfiguration { Output = _said, Error = error });

        Assert.That(code, Is.EqualTo(1));
        Assert.That(error.ToString(), Does.Contain(sentence));
    }

    private async Task<int> RunAsync(string protocol, string[] devices, long limit = long.MaxValue, double? speed = null, bool dry = false, TimeShiftKind shift = TimeShiftKind.Now)
    {
        var options = new ReplayOptions
        {
            Inputs = [_file],
            Apps = DeviceList.Parse(devices, protocol, out _)!,
            Speed = speed,
            ShiftTime = new TimeShift(shift),
            Wanted = new(Limit: limit),
        };
        var run = new ReplayRun(options, TimeProvider.System, _said, _said) { Backoff = _quick, Patience = 12 };
        return await run.RunAsync(dry ? null : _server.Line, default);
    }

    private List<long> Times() => [.. _server.Requests.Skip(2).SelectMany(r =>
        r.Json.GetProperty("reports").EnumerateArray().Select(i => i.GetProperty("fixTime").GetInt64()))];
}
