using System.Net;
using System.Text.Json;
using CommandCenter.Contracts.Positions;
using CommandCenter.Positions;
using CommandCenter.Tests.Positions.Protocols;
using MessagePack;

namespace CommandCenter.Tests.Positions.Batch;

public sealed class BatchEndpointTests
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private PhoneServer _server = null!;

    [SetUp]
    public async Task SetUp() => _server = await PhoneServer.StartAsync();

    [TearDown]
    public async Task TearDown() => await _server.DisposeAsync();

    [Test]
    public async Task EveryItemIsAnsweredWithItsReasonAndGoodOnesAreKept()
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        var answer = await _server.BatchAsync($$"""
            {"reports":[
              {"fixTime":{{now}},"longitude":112.5,"latitude":37.8},
              {"fixTime":{{now + 3_600_000}},"longitude":112.5,"latitude":37.8},
              {"fixTime":{{now - 600_000}},"longitude":112.5,"latitude":37.8,"accuracyMeters":500,"mock":true,"speedMps":80},
              {"fixTime":{{now}}},
              {"fixTime":{{now}},"longitude":"east","latitude":37.8},
              {"fixTime":{{now}},"longitude":0,"latitude":0},
              {"fixTime":1,"longitude":112.5,"latitude":37.8},
              {"fixTime":{{now}},"longitude":112.5},
              {"fixTime":{{now}},"longitude":112.5,"latitude":97.8}]}
            """);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        var result = JsonSerializer.Deserialize<PositionBatchResult>(await answer.Content.ReadAsStringAsync(), Json)!;
        Assert.That((result.Accepted, result.Refused), Is.EqualTo((3, 6)));
        Assert.That(result.Items.Select(i => i.Index), Is.EqualTo(Enumerable.Range(0, 9)));
        Assert.That(result.Items.Select(i => i.Reason ?? i.Status), Is.EqualTo(new[]
        {
            "accepted", "from-the-future", "accepted", "heartbeat", "malformed", "null-island", "too-old", "no-coordinates", "out-of-range",
        }));
        Assert.That(result.Items[2].Flags, Is.EqualTo(new[] { "mock", "inaccurate", "implausible-speed", "late" }));
        Assert.That(result.Items[4].Detail, Is.EqualTo("longitude must be a number"));
        Assert.That(_server.Intake.Kept, Has.Count.EqualTo(3));
    }

    [TestCase("application/x-msgpack")]
    [TestCase("application/msgpack")]
    [TestCase("application/vnd.msgpack")]
    public async Task SpeaksMessagePackBothWays(string contentType)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        var batch = new PositionBatch { Reports = [new() { FixTime = now, Longitude = 112.5, Latitude = 37.8, Battery = 50 }, new() { FixTime = now }, new() { FixTime = 1 }] };
        var answer = await _server.PostAsync("/api/positions", MessagePackSerializer.Serialize(batch), contentType, $"{PhoneServer.User}:{PhoneServer.Password}");
        Assert.That((answer.StatusCode, answer.Content.Headers.ContentType!.MediaType), Is.EqualTo((HttpStatusCode.OK, "application/x-msgpack")));
        var result = MessagePackSerializer.Deserialize<PositionBatchResult>(await answer.Content.ReadAsByteArrayAsync());
        Assert.That(result.Items.Select(i => i.Reason ?? i.Status), Is.EqualTo(new[] { "accepted", "heartbeat", "too-old" }));
        Assert.That(_server.Intake.Kept.First().BatteryPercent, Is.EqualTo(50));
    }

    [Test]
    public async Task AcceptChoosesTheAnswersFormat()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/positions") { Content = new StringContent("[]", System.Text.Encoding.UTF8, "application/json") };
        request.Headers.Accept.ParseAdd("application/x-msgpack");
        var answer = await _server.SendAsync(request, $"{PhoneServer.User}:{PhoneServer.Password}");
        Assert.That(answer.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/x-msgpack"));
    }

    [Test]
    public async Task AGatewaySpeaksForTheDevicesOfItsArea()
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        string Item(string device) => $$"""{{{device}}"fixTime":{{now}},"longitude":112.5,"latitude":37.8}""";
        var answer = await _server.BatchAsync(
            $"[{Item("\"device\":\"d-one\",")},{Item("\"device\":\"d-two\",")},{Item("\"device\":\"d-elsewhere\",")},{Item("\"device\":\"d-revoked\",")},{Item("")},{Item("\"device\":\"nobody\",")},7,{Item("\"device\":\"d-one\",")}]",
            $"g-one:{PhoneServer.GatewayPassword}");
        var result = JsonSerializer.Deserialize<PositionBatchResult>(await answer.Content.ReadAsStringAsync(), Json)!;
        Assert.That(result.Items.Select(i => i.Reason ?? i.Status), Is.EqualTo(new[]
        {
            "accepted", "accepted", "unknown-device", "revoked-device", "unknown-device", "unknown-device", "malformed", "accepted",
        }));
        Assert.That(_server.Intake.Kept.Select(f => f.DeviceId).Order(), Is.EqualTo(new[] { 1, 1, 2 }));
    }

    [Test]
    public async Task ADevicesOwnCredentialsIgnoreTheNameInItems()
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        await _server.BatchAsync($$"""[{"device":"d-two","fixTime":{{now}},"longitude":112.5,"latitude":37.8}]""");
        Assert.That(_server.Intake.Kept.Single().DeviceId, Is.EqualTo(1));
    }

    [Test]
    public async Task ADeviceThatIsTooFastCostsAGatewayOnlyThatDevicesItems()
    {
        await using var slow = await PhoneServer.StartAsync(("DeviceReportsPerSecond", "1"));
        await slow.BatchAsync("[" + string.Join(',', Enumerable.Repeat("""{"fixTime":1}""", 5_000)) + "]");
        var ofOne = string.Join(',', Enumerable.Repeat("""{"device":"d-one","fixTime":1}""", 100));
        var answer = await slow.BatchAsync($$"""[{{ofOne}},{"device":"d-two","fixTime":1}]""", $"g-one:{PhoneServer.GatewayPassword}");
        var result = JsonSerializer.Deserialize<PositionBatchResult>(await answer.Content.ReadAsStringAsync(), Json)!;
        Assert.That(result.Items.Take(100).Select(i => i.Reason), Is.All.EqualTo("rate-limited"));
        Assert.That(result.Items[100].Reason, Is.EqualTo("too-old"));
    }

    [Test]
    public async Task WhatIsWrongWithTheWholeIsSaid()
    {
        var many = await _server.BatchAsync("[" + string.Join(',', Enumerable.Repeat("{}", 5_001)) + "]");
        var broken = await _server.BatchAsync("{\"reports\":[{]}");
        var form = await _server.PostAsync("/api/positions", "a=b", "application/x-www-form-urlencoded", $"{PhoneServer.User}:{PhoneServer.Password}");
        var large = await _server.BatchAsync("[" + new string(' ', (2 * 1024 * 1024) + 1) + "]");
        var stranger = await _server.BatchAsync("[]", "nobody:nothing");
        Assert.That((int)many.StatusCode, Is.EqualTo(413));
        Assert.That(await many.Content.ReadAsStringAsync(), Does.Contain("5000 reports"));
        Assert.That((int)broken.StatusCode, Is.EqualTo(400));
        Assert.That(await broken.Content.ReadAsStringAsync(), Does.Contain("line 1, byte 14"));
        Assert.That(((int)form.StatusCode, (int)large.StatusCode, (int)stranger.StatusCode), Is.EqualTo((415, 413, 401)));
        Assert.That(stranger.Headers.WwwAuthenticate.Single().Scheme, Is.EqualTo("Basic"));
    }

    [Test]
    public async Task OpenApiDescribesTheBodyInBothFormats()
    {
        using var document = JsonDocument.Parse(await _server.Client.GetStringAsync("/openapi/v1.json"));
        var body = document.RootElement.GetProperty("paths").GetProperty("/api/positions").GetProperty("post").GetProperty("requestBody").GetProperty("content");
        Assert.That(body.EnumerateObject().Select(c => c.Name), Is.EquivalentTo(new[] { "application/json", "application/x-msgpack" }));
        Assert.That(body.GetProperty("application/json").GetProperty("schema").GetRawText(), Does.Contain("PositionBatch").Or.Contain("reports"));
    }

    [Test]
    public async Task AnEmptyBatchIsAnswered()
    {
        var answer = await _server.BatchAsync("""{"reports":[]}""");
        Assert.That(await answer.Content.ReadAsStringAsync(), Is.EqualTo("""{"accepted":0,"refused":0,"items":[]}"""));
    }
}
