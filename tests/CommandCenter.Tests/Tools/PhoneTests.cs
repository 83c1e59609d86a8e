using CommandCenter.Contracts.Positions;
using CommandCenter.Phones;

namespace CommandCenter.Tests.Tools;

/// <summary>A phone's patience, against a server that fails on command.</summary>
internal sealed class PhoneTests
{
    private static readonly DeviceCredentials Device = new() { OsmandId = "id-1", User = "dev7", Password = "secret" };
    private static readonly Backoff Quick = new(TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(100));

    private readonly UploadCounters _counters = new();
    private FakeServer _server = null!;

    [SetUp]
    public async Task StartServer() => _server = await FakeServer.StartAsync();

    [TearDown]
    public async Task StopServer() => await _server.DisposeAsync();

    [Test]
    public async Task NothingWaitingIsIdle() =>
        Assert.That((await Make(PhoneProtocol.TraccarForm).UploadAsync(default)).Result, Is.EqualTo(UploadResult.Idle));

    [Test]
    public async Task FixSurvivesAServerThatCannotStore()
    {
        _server.FailNext(503);
        var phone = Make(PhoneProtocol.TraccarForm, fixes: 2);

        var first = await phone.UploadAsync(default);
        await DrainAsync(phone);

        Assert.Multiple(() =>
        {
            Assert.That(first.Result, Is.EqualTo(UploadResult.Away));
            Assert.That(first.WaitFor, Is.GreaterThan(TimeSpan.Zero));
            Assert.That(_server.Requests.Select(r => r.Text.Split("timestamp=")[1]), Is.EqualTo(new[] { "1000", "1000", "1001" }), "oldest first, the failed one again");
            Assert.That((_counters.Sent, _counters.Retried, _counters.Accepted), Is.EqualTo((2, 1, 2)));
        });
    }

    [Test]
    public async Task RetryAfterIsTheLeastWait()
    {
        _server.FailNext(429, retryAfter: "7");

        var outcome = await Make(PhoneProtocol.OwnTracks, fixes: 1).UploadAsync(default);

        Assert.That(outcome.Result, Is.EqualTo(UploadResult.Slowed));
        Assert.That(outcome.WaitFor, Is.InRange(TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(10)));
    }

    [Test]
    public async Task DeadServerIsAway()
    {
        var line = _server.Line.BaseAddress!;
        await _server.DisposeAsync();
        using var http = PhoneLine.Open(line);
        var phone = new Phone(PhoneApps.TryCreate(PhoneProtocol.BatchJson, Device)!, http, _counters, Quick);
        phone.Record(Fix(0));

        var outcome = await phone.UploadAsync(default);

        Assert.That((outcome.Result, outcome.Trouble), Is.EqualTo((UploadResult.Away, "no connection")));
        Assert.That(phone.Waiting, Is.EqualTo(1));
    }

    [Test]
    public async Task UnknownPhoneKeepsItsFixes()
    {
        _server.FailNext(401);
        var phone = Make(PhoneProtocol.OwnTracks, fixes: 3);

        Assert.That((await phone.UploadAsync(default)).Result, Is.EqualTo(UploadResult.NotKnown));
        Assert.That(phone.Waiting, Is.EqualTo(3));
    }

    [Test]
    public async Task RefusalsAreCountedByReasonAndNotSentAgain()
    {
        _server.Refuse = item => item.FixTime % 3_000 == 0 ? "too-old" : null;
        var phone = Make(PhoneProtocol.BatchMessagePack, fixes: 9);

        await DrainAsync(phone);

        Assert.Multiple(() =>
        {
            Assert.That(_counters.Accepted, Is.EqualTo(6));
            Assert.That(_counters.RefusedByReason, Is.EqualTo(new[] { new KeyValuePair<string, long>("too-old", 3) }));
            Assert.That(_server.Requests, Has.Count.EqualTo(1));
        });
    }

    [Test]
    public async Task RateLimitedItemsAreSentAgainInTheirOrder()
    {
        var left = 4;
        _server.Refuse = _ => left-- > 0 ? null : "rate-limited";
        var phone = Make(PhoneProtocol.BatchJson, fixes: 6);

        var first = await phone.UploadAsync(default);
        left = 10;
        await DrainAsync(phone);

        Assert.Multiple(() =>
        {
            Assert.That(first.Result, Is.EqualTo(UploadResult.Slowed));
            Assert.That(TimesOf(_server.Requests.Last()), Is.EqualTo(new[] { 1_004_000L, 1_005_000L }));
            Assert.That((_counters.Sent, _counters.Retried, _counters.Accepted, _counters.Refused), Is.EqualTo((6, 2, 6, 0)));
        });
    }

    [Test]
    public async Task BatchTooLargeIsHalvedUntilItFits()
    {
        _server.Most = 100;
        var phone = Make(PhoneProtocol.BatchJson, fixes: 700);

        await DrainAsync(phone);

        var stored = _server.Requests.Select(TimesOf).Where(t => t.Length <= 100).SelectMany(t => t).ToArray();
        Assert.That(stored, Is.EqualTo(Enumerable.Range(0, 700).Select(i => Fix(i).FixTimeMs)), "each once, oldest first");
        Assert.That((_counters.Sent, _counters.Accepted), Is.EqualTo((700, 700)));
    }

    [Test]
    public async Task RequestRefusedAsAWholeGivesItsReason()
    {
        _server.FailNext(400, body: """{"type":"/problems/malformed","reason":"malformed"}""");
        var phone = Make(PhoneProtocol.BatchJson, fixes: 2);

        await DrainAsync(phone);

        Assert.That(_counters.RefusedByReason.Single(), Is.EqualTo(new KeyValuePair<string, long>("malformed", 2)));
    }

    [Test]
    public async Task AnswerThatIsNoAnswerIsStrangeAndLosesNothing()
    {
        _server.FailNext(200, body: "[]");
        var phone = Make(PhoneProtocol.BatchJson, fixes: 2);

        Assert.That((await phone.UploadAsync(default)).Result, Is.EqualTo(UploadResult.Strange));
        Assert.That(phone.Waiting, Is.EqualTo(2));
    }

    [Test]
    public async Task WaitsGrowWhileNothingSucceeds()
    {
        var phone = Make(PhoneProtocol.TraccarForm, fixes: 1);
        for (var i = 0; i < 5; i++)
        {
            _server.FailNext(503);
        }

        var waits = new List<TimeSpan>();
        for (var i = 0; i < 5; i++)
        {
            waits.Add((await phone.UploadAsync(default)).WaitFor);
        }

        Assert.That(waits[4], Is.GreaterThan(waits[0] * 3).And.LessThanOrEqualTo(Quick.Longest));
    }

    [Test]
    public void FullQueueDropsTheOldestAndCountsIt()
    {
        var phone = new Phone(PhoneApps.TryCreate(PhoneProtocol.TraccarForm, Device)!, _server.Line, _counters, Quick, queueLimit: 3);
        for (var i = 0; i < 5; i++)
        {
            phone.Record(Fix(i));
        }

        Assert.That((phone.Waiting, _counters.Dropped), Is.EqualTo((3, 2)));
    }

    private static long[] TimesOf(Arrived request) =>
        [.. request.Json.GetProperty("reports").EnumerateArray().Select(r => r.GetProperty("fixTime").GetInt64())];

    private static PhoneFix Fix(int i) => new() { FixTimeMs = (1_000 + i) * 1_000L, Longitude = 112.5, Latitude = 37.8 };

    private Phone Make(PhoneProtocol protocol, int fixes = 0)
    {
        var phone = new Phone(PhoneApps.TryCreate(protocol, Device)!, _server.Line, _counters, Quick);
        for (var i = 0; i < fixes; i++)
        {
            phone.Record(Fix(i));
        }

        return phone;
    }

    private static async Task DrainAsync(Phone phone)
    {
        for (var tries = 0; phone.Waiting > 0; tries++)
        {
            Assert.That(tries, Is.LessThan(1_000), "the phone does not get rid of its fixes");
            await phone.UploadAsync(default);
        }
    }
}
