using System.Text;
using CommandCenter.Contracts.Positions;
using CommandCenter.Positions;
using CommandCenter.Positions.Batch;
using CommandCenter.Positions.Protocols;
using CommandCenter.Tests.Positions.Protocols;
using MessagePack;

namespace CommandCenter.Tests.Positions;

/// <summary>Valid payloads with bytes flipped, cut, doubled and spliced, from fixed seeds: nothing throws, and phones get only the answers they understand.</summary>
public sealed class FuzzTests
{
    private const string Id = PhoneServer.OsmandId;

    private static readonly byte[][] Seeds =
    [
        Bytes($"id={Id}&timestamp=1777622400&lat=37.8706&lon=112.5489&speed=0.2&bearing=26.2&altitude=103.0&accuracy=22.9&batt=93.0&charge=true&mock=true&alarm=sos"),
        Bytes($"id={Id}&location=37.8%2C112.5&timestamp=2026-05-01+08%3A00%3A00&valid=1&hdop=6"),
        Bytes($$$"""{"location":{"timestamp":"2026-05-01T08:00:00.862Z","coords":{"latitude":37.4219983,"longitude":112.084,"accuracy":5,"speed":0,"heading":-1,"altitude":5},"mock":true,"battery":{"level":1,"is_charging":false},"extras":{"alarm":"x"}},"device_id":"{{{Id}}}"}"""),
        Bytes($$"""[{"id":"{{Id}}","lat":37.8706,"lon":112.5489,"timestamp":1777622400,"speed":10.0,"charge":true},{"id":"{{Id}}","timestamp":1777622460}]"""),
        Bytes("""{"cog":271,"lon":112.29513,"acc":5,"vel":61,"lat":37.85833,"tst":1777622400,"alt":167,"_type":"location","tid":"JJ","t":"u","batt":67,"bs":2}"""),
        Bytes("""{"_type":"transition","wtst":1425042603,"lat":12.34,"lon":44.5,"tst":1777622400,"acc":130,"event":"enter"}"""),
        Bytes("""{"reports":[{"device":"d-one","fixTime":1777622400000,"longitude":112.5,"latitude":37.8,"speedMps":1.5,"mock":false},{"fixTime":"2026-05-01T08:00:00Z"}]}"""),
        MessagePackSerializer.Serialize(new PositionBatch { Reports = [new() { Device = "d-one", FixTime = 1_777_622_400_000, Longitude = 112.5, Latitude = 37.8, Mock = true }] }),
    ];

    private static readonly byte[][] Splices =
    [
        "null"u8.ToArray(), "NaN"u8.ToArray(), "-1"u8.ToArray(), "1e999"u8.ToArray(), "\"\\ud800\""u8.ToArray(), "%"u8.ToArray(), "%ff"u8.ToArray(), "{}"u8.ToArray(),
        "[[[[[[["u8.ToArray(), "\0"u8.ToArray(), [0xff, 0xfe], "9223372036854775808"u8.ToArray(), "&&=&"u8.ToArray(), [0xdd, 0xff, 0xff, 0xff, 0xff], [0xc1],
    ];

    [Test]
    public void NothingThatIsReadThrows()
    {
        var random = new Random(20260501);
        var options = new PositionOptions();
        for (var i = 0; i < 40_000; i++)
        {
            var body = Mutate(random);
            try
            {
                foreach (var report in OsmandRequest.Read("?id=abc", i % 2 == 0 ? "application/json" : null, body).Reports
                    .Concat(OwnTracksMessage.Read(body))
                    .Concat(BatchJson.Read(body, 100).Items.Select(item => item.Report))
                    .Concat(BatchMessagePack.Read(body, 100).Items.Select(item => item.Report)))
                {
                    var refusal = PositionRules.Judge(report, 1, 1, 1_777_622_400_000, options, out var fix);
                    if (refusal == Refusal.None && !fix.IsHeartbeat && (Math.Abs(fix.Longitude) > 180 || Math.Abs(fix.Latitude) > 90))
                    {
                        Assert.Fail($"kept {fix}");
                    }
                }
            }
            catch (Exception error) when (error is not AssertionException)
            {
                Assert.Fail($"{Convert.ToHexString(body)}: {error}");
            }
        }
    }

    [Test]
    public async Task APhoneIsNeverAnsweredWithWhatWouldSilenceIt()
    {
        await using var server = await PhoneServer.StartAsync(("DeviceReportsPerSecond", "100000"), ("DeviceBurst", "1000000"));
        var random = new Random(20260502);
        var types = new[] { "application/json", "application/x-www-form-urlencoded", "text/plain", null };
        for (var i = 0; i < 3_000; i++)
        {
            var body = Mutate(random);
            var osmand = await server.PostAsync($"/osmand?id={Id}", body, types[i % types.Length]);
            var ownTracks = await server.PostAsync("/owntracks", body, types[i % types.Length], $"{PhoneServer.User}:{PhoneServer.Password}");
            Assert.That(((int)osmand.StatusCode, (int)ownTracks.StatusCode), Is.EqualTo((200, 200)), Convert.ToHexString(body));
            Assert.That(await ownTracks.Content.ReadAsStringAsync(), Is.EqualTo("[]"));
        }
    }

    [Test]
    public async Task ABatchIsAnsweredPerItemOrRefusedAsUnreadable()
    {
        await using var server = await PhoneServer.StartAsync(("DeviceReportsPerSecond", "100000"), ("DeviceBurst", "1000000"));
        var random = new Random(20260503);
        for (var i = 0; i < 2_000; i++)
        {
            var body = Mutate(random);
            var basic = i % 3 == 0 ? $"g-one:{PhoneServer.GatewayPassword}" : $"{PhoneServer.User}:{PhoneServer.Password}";
            var answer = await server.PostAsync("/api/positions", body, i % 2 == 0 ? "application/json" : "application/x-msgpack", basic);
            Assert.That((int)answer.StatusCode, Is.AnyOf(200, 400), Convert.ToHexString(body));
        }
    }

    private static byte[] Mutate(Random random)
    {
        var body = Seeds[random.Next(Seeds.Length)].ToList();
        for (var changes = random.Next(1, 8); changes > 0; changes--)
        {
            var at = random.Next(body.Count + 1);
            switch (random.Next(6))
            {
                case 0 when at < body.Count: body[at] ^= (byte)(1 << random.Next(8)); break;
                case 1 when at < body.Count: body[at] = (byte)random.Next(256); break;
                case 2: body.RemoveRange(at, Math.Min(random.Next(1, 20), body.Count - at)); break;
                case 3: body.InsertRange(at, Splices[random.Next(Splices.Length)]); break;
                case 4: body.InsertRange(at, body.GetRange(at, Math.Min(random.Next(1, 40), body.Count - at))); break;
                case 5 when random.Next(4) == 0: body.RemoveRange(at, body.Count - at); break;
                default: body.Insert(at, (byte)"\"{}[]:,&=%+"[random.Next(11)]); break;
            }
        }

        return [.. body];
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
