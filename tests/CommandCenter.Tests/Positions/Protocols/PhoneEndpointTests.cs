using System.Net;
using System.Text.Json;
using CommandCenter.Positions;
using CommandCenter.Tracks;

namespace CommandCenter.Tests.Positions.Protocols;

public sealed class PhoneEndpointTests
{
    private const string Id = PhoneServer.OsmandId;

    private PhoneServer _server = null!;

    [SetUp]
    public async Task SetUp() => _server = await PhoneServer.StartAsync();

    [TearDown]
    public async Task TearDown() => await _server.DisposeAsync();

    [Test]
    public async Task KeepsAFixOfAQueryAndOfAForm()
    {
        var query = await _server.OsmandAsync($"id={Id}&lat=37.8706&lon=112.5489&speed=10");
        var form = await _server.PostAsync("/osmand", $"id={Id}&lat=37.8707&lon=112.549", "application/x-www-form-urlencoded; charset=UTF-8");
        Assert.That((query.StatusCode, form.StatusCode), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.OK)));
        Assert.That(await query.Content.ReadAsByteArrayAsync(), Is.Empty);
        Assert.That(_server.Intake.Kept.Select(f => (f.DeviceId, f.WorkerId, f.LatitudeE7)), Is.EqualTo(new[] { (1, 1, 378_706_000), (1, 1, 378_707_000) }));
        Assert.That(_server.Intake.Kept.First().SpeedMps, Is.EqualTo(5.14));
    }

    [Test]
    public async Task AHeartbeatKeepsTheWorkerOnline()
    {
        await _server.OsmandAsync($"id={Id}&batt=50");
        Assert.That(_server.Intake.Kept.Single().IsHeartbeat, Is.True);
    }

    [TestCase("lat=0&lon=0", Refusal.NullIsland)]
    [TestCase("lat=91&lon=0", Refusal.OutOfRange)]
    [TestCase("lat=1&lon=2&timestamp=1000000000", Refusal.TooOld)]
    [TestCase("lat=1&lon=2&timestamp=9999999999", Refusal.FromTheFuture)]
    [TestCase("lat=1&lon=2&timestamp=never", Refusal.Malformed)]
    [TestCase("lat=1&lon=2&valid=false", Refusal.NoCoordinates)]
    public async Task ABadFixOfAnEnrolledPhoneIsAnsweredOkAndCounted(string query, Refusal expected)
    {
        Assert.That((await _server.OsmandAsync($"id={Id}&{query}")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        var ((device, reason), count) = _server.Refusals.Drain().Counts.Single();
        Assert.That((device, reason, count.Count), Is.EqualTo((1, expected, 1L)));
        Assert.That(count.Detail, Is.Not.Empty);
        Assert.That(_server.Intake.Kept, Is.Empty);
    }

    [Test]
    public async Task AnUnreadableBodyOfAnEnrolledPhoneIsAnsweredOkAndCounted()
    {
        var osmand = await _server.PostAsync($"/osmand?id={Id}", "{\"location\":", "application/json");
        var ownTracks = await _server.OwnTracksAsync("{\"_type\":");
        Assert.That((osmand.StatusCode, ownTracks.StatusCode), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.OK)));
        Assert.That(_server.Refusals.Drain().Counts.Single().Value.Count, Is.EqualTo(2));
    }

    [TestCase("id=nobody&lat=1&lon=2", HttpStatusCode.Unauthorized, "unknown-device")]
    [TestCase("lat=1&lon=2", HttpStatusCode.Unauthorized, "unknown-device")]
    [TestCase("id=" + PhoneServer.RevokedOsmandId, HttpStatusCode.Forbidden, "revoked-device")]
    public async Task StrangersAreTurnedAway(string query, HttpStatusCode expected, string reason)
    {
        var answer = await _server.OsmandAsync(query);
        Assert.That(answer.StatusCode, Is.EqualTo(expected));
        Assert.That(await ReasonAsync(answer), Is.EqualTo(reason));
    }

    [Test]
    public async Task StrangersAreLimitedByAddressButEnrolledPhonesThereAreNot()
    {
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 35; i++)
        {
            answers.Add((await _server.OsmandAsync($"id=guess{i}")).StatusCode);
        }

        Assert.That(answers.Take(30), Is.All.EqualTo(HttpStatusCode.Unauthorized));
        var last = await _server.OsmandAsync("id=guess");
        Assert.That((last.StatusCode, last.Headers.RetryAfter!.Delta), Is.EqualTo((HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(2))));
        Assert.That((await _server.OsmandAsync($"id={Id}&lat=1&lon=2")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task ADeviceBeyondItsBurstIsToldWhenToComeBack()
    {
        var items = string.Join(',', Enumerable.Repeat($$"""{"id":"{{Id}}"}""", 5_000));
        Assert.That((await _server.PostAsync("/osmand", $"[{items}]")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        var answer = await _server.PostAsync("/osmand", $"[{items}]");
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));
        Assert.That(answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds, Is.InRange(20, 25));
        Assert.That(_server.Intake.Kept, Has.Count.EqualTo(5_000));
    }

    [Test]
    public async Task TooLargeABodyOrArrayIsRefused()
    {
        var body = await _server.PostAsync("/osmand", new string(' ', 300_000));
        using var chunked = new HttpRequestMessage(HttpMethod.Post, $"/osmand?id={Id}") { Content = new StreamContent(new MemoryStream(new byte[300_000])) };
        chunked.Headers.TransferEncodingChunked = true;
        var array = await _server.PostAsync($"/osmand?id={Id}", "[" + string.Join(',', Enumerable.Repeat("{}", 5_001)) + "]");
        Assert.That(
            (body.StatusCode, (await _server.Client.SendAsync(chunked)).StatusCode, array.StatusCode),
            Is.EqualTo((HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.RequestEntityTooLarge)));
    }

    [TestCase(IntakeOutcome.Unavailable)]
    [TestCase(IntakeOutcome.Full)]
    public async Task WhatCannotBeStoredMayBeSentAgainAtOnceAndForFree(IntakeOutcome outcome)
    {
        _server.Intake.Outcome = outcome;
        for (var i = 0; i < 3; i++)
        {
            var away = await _server.BatchAsync("[" + string.Join(',', Enumerable.Repeat("""{"fixTime":1}""", 5_000)) + "]");
            Assert.That((away.StatusCode, away.Headers.RetryAfter!.Delta), Is.EqualTo((HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(5))));
        }

        _server.Intake.Outcome = IntakeOutcome.Durable;
        Assert.That((await _server.OsmandAsync($"id={Id}&lat=1&lon=2")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task AnSosIsRaisedFirstAndKeptAsAFix()
    {
        await _server.OsmandAsync($"id={Id}&lat=37.8&lon=112.5&alarm=sos");
        Assert.That(_server.Alarms.Raised, Is.EqualTo(new[] { (1, "sos") }));
        Assert.That(_server.Intake.Kept.Single().Flags, Is.EqualTo(FixFlags.Sos));
    }

    [Test]
    public async Task AnSosIsRaisedEvenWhenItsFixIsRefusedOrTheDeviceIsTooFast()
    {
        await using var slow = await PhoneServer.StartAsync(("DeviceReportsPerSecond", "1"));
        await slow.OsmandAsync($"id={Id}&lat=0&lon=0&timestamp=1&alarm=sos");
        await slow.BatchAsync("[" + string.Join(',', Enumerable.Repeat("""{"fixTime":1}""", 4_999)) + "]");
        var answer = await slow.PostAsync("/osmand", $$"""[{"id":"{{Id}}","alarm":"sos"},{"id":"{{Id}}"},{"id":"{{Id}}"},{"id":"{{Id}}"},{"id":"{{Id}}"},{"id":"{{Id}}"},{"id":"{{Id}}"},{"id":"{{Id}}"}]""");
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));
        Assert.That(slow.Alarms.Raised, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task AnSosThatIsNotDurableIsNotAnsweredOk()
    {
        _server.Alarms.RedisIsAway = true;
        Assert.That((await _server.OsmandAsync($"id={Id}&alarm=sos")).StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
    }

    [TestCase("""{"_type":"location","lat":37.8,"lon":112.5,"tst":$}""", 1)]
    [TestCase("""{"_type":"location","lat":0,"lon":0,"tst":$}""", 0)]
    [TestCase("""{"_type":"waypoint","lat":37.8,"lon":112.5,"tst":$}""", 0)]
    [TestCase("", 0)]
    public async Task OwnTracksIsAnsweredWithAnArray(string body, int kept)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        var answer = await _server.OwnTracksAsync(body.Replace("$", now, StringComparison.Ordinal));
        Assert.That((answer.StatusCode, await answer.Content.ReadAsStringAsync()), Is.EqualTo((HttpStatusCode.OK, "[]")));
        Assert.That(answer.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/json"));
        Assert.That(_server.Intake.Kept, Has.Count.EqualTo(kept));
    }

    [TestCase(null)]
    [TestCase("d-one:wrong")]
    [TestCase("nobody:password-of-device-one")]
    [TestCase("g-one:password-of-the-gateway", Description = "a gateway is no phone")]
    public async Task OwnTracksWithoutItsCredentialsIsChallenged(string? basic)
    {
        var answer = await _server.PostAsync("/owntracks", "{}", basic: basic);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(answer.Headers.WwwAuthenticate.Single().Scheme, Is.EqualTo("Basic"));
    }

    [Test]
    public async Task SecretsNeverReachLogsOrTraces()
    {
        var tags = new List<string>();
        using var listener = new System.Diagnostics.ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref System.Diagnostics.ActivityCreationOptions<System.Diagnostics.ActivityContext> _) => System.Diagnostics.ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => tags.AddRange(activity.TagObjects.Select(t => $"{t.Key}={t.Value}").Append(activity.OperationName).Append(activity.DisplayName)),
        };
        System.Diagnostics.ActivitySource.AddActivityListener(listener);
        using (var client = new System.Net.Sockets.TcpClient())
        {
            // A raw request: HttpClient, in the same process, would write traces of its own.
            await client.ConnectAsync(IPAddress.Loopback, _server.Client.BaseAddress!.Port);
            var basic = Convert.ToBase64String("d-one:password-of-device-one"u8);
            var request = $"POST /osmand?id={Id}&lat=x&access_token=token-secret HTTP/1.1\r\nHost: x\r\nAuthorization: Basic {basic}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
            await client.GetStream().WriteAsync(System.Text.Encoding.ASCII.GetBytes(request));
            using var reader = new StreamReader(client.GetStream());
            Assert.That(await reader.ReadToEndAsync(), Does.StartWith("HTTP/1.1 200"));
        }

        using (var client = new System.Net.Sockets.TcpClient())
        {
            await client.ConnectAsync(IPAddress.Loopback, _server.Client.BaseAddress!.Port);
            await client.GetStream().WriteAsync(System.Text.Encoding.ASCII.GetBytes($"GET /osmand?id={Id} and a bad line HTTP/1.1\r\n\r\n"));
            using var reader = new StreamReader(client.GetStream());
            Assert.That(await reader.ReadToEndAsync(), Does.StartWith("HTTP/1.1 400"));
        }

        var written = string.Join('\n', _server.Logged.Concat(tags));
        Assert.That(tags, Has.Some.EqualTo("Microsoft.AspNetCore.Hosting.HttpRequestIn").Or.Some.Contains("/osmand"), "the trace was seen");
        Assert.That(_server.Logged, Is.Not.Empty);
        Assert.That(written, Does.Not.Contain(Id).And.Not.Contain("token-secret").And.Not.Contain("password-of-device-one")
            .And.Not.Contain(Convert.ToBase64String("d-one:password-of-device-one"u8)));
    }

    private static async Task<string?> ReasonAsync(HttpResponseMessage answer)
    {
        Assert.That(answer.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/problem+json"));
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return problem.RootElement.GetProperty("reason").GetString();
    }
}
