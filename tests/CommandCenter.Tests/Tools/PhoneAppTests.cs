using System.Text.Json;
using CommandCenter.Contracts.Positions;
using CommandCenter.Phones;
using CommandCenter.Positions.Protocols;
using MessagePack;

namespace CommandCenter.Tests.Tools;

/// <summary>What the apps put on the wire, next to what the real ones send (their payloads are quoted at each app).</summary>
internal sealed class PhoneAppTests
{
    private static readonly DeviceCredentials Device = new() { OsmandId = "id-1", User = "dev7", Password = "pa:ss" };

    private static readonly PhoneFix Moving = new()
    {
        FixTimeMs = 1_795_336_000_789,
        Longitude = 112.56123456,
        Latitude = 37.86,
        SpeedMps = 1.5,
        HeadingDegrees = 63.26,
        AccuracyMeters = 4.6,
        AltitudeMeters = 789.4,
        BatteryPercent = 79,
    };

    private static readonly PhoneFix Alive = new() { FixTimeMs = 1_795_336_000_000, BatteryPercent = 50 };

    [Test]
    public void QueryHasSecondsAndKnots()
    {
        var request = Compose(PhoneProtocol.OsmandQuery, Moving);

        Assert.That(
            request.RequestUri!.OriginalString,
            Is.EqualTo("osmand?id=id-1&lat=37.86&lon=112.5612346&timestamp=1795336000&accuracy=4.6&altitude=789.4&speed=2.92&bearing=63.3&batt=79&charge=false"));
        Assert.That(request.Content, Is.Null);
    }

    [Test]
    public async Task FormHasTheNamesOfTheQuery()
    {
        var request = Compose(PhoneProtocol.TraccarForm, Moving);

        Assert.That(request.Content!.Headers.ContentType!.MediaType, Is.EqualTo("application/x-www-form-urlencoded"));
        Assert.That(await request.Content.ReadAsStringAsync(), Does.StartWith("id=id-1&lat=37.86&lon=112.5612346&timestamp=1795336000").And.Contain("speed=2.92"));
    }

    [Test]
    public async Task HeartbeatIsAFormWithoutAPlace()
    {
        var request = Compose(PhoneProtocol.TraccarForm, Alive);

        Assert.That(await request.Content!.ReadAsStringAsync(), Is.EqualTo("id=id-1&timestamp=1795336000&batt=50&charge=false"));
    }

    [Test]
    public async Task NestedJsonHasMetresASecondAndIsoTime()
    {
        var body = await JsonOf(Compose(PhoneProtocol.TraccarNested, Moving));
        var location = body.GetProperty("location");

        Assert.Multiple(() =>
        {
            Assert.That(body.GetProperty("device_id").GetString(), Is.EqualTo("id-1"));
            Assert.That(location.GetProperty("timestamp").GetString(), Is.EqualTo("2026-11-22T08:26:40.789Z"));
            Assert.That(location.GetProperty("coords").GetProperty("speed").GetDouble(), Is.EqualTo(1.5));
            Assert.That(location.GetProperty("battery").GetProperty("level").GetDouble(), Is.EqualTo(0.79));
            Assert.That(location.GetProperty("activity").GetProperty("type").GetString(), Is.EqualTo("walking"));
        });
    }

    [Test]
    public async Task NestedJsonSaysMinusOneForWhatItDoesNotKnow()
    {
        var coords = (await JsonOf(Compose(PhoneProtocol.TraccarNested, Moving with { SpeedMps = null, HeadingDegrees = null })))
            .GetProperty("location").GetProperty("coords");

        Assert.That(coords.GetProperty("speed").GetDouble(), Is.EqualTo(-1));
        Assert.That(coords.GetProperty("heading").GetDouble(), Is.EqualTo(-1));
    }

    [Test]
    public async Task FlatArrayHasOneObjectAFix()
    {
        var body = await JsonOf(Compose(PhoneProtocol.TraccarArray, Moving, Alive));

        Assert.Multiple(() =>
        {
            Assert.That(body.GetArrayLength(), Is.EqualTo(2));
            Assert.That(body[0].GetProperty("speed").GetDouble(), Is.EqualTo(2.92));
            Assert.That(body[0].GetProperty("timestamp").GetInt64(), Is.EqualTo(1_795_336_000));
            Assert.That(body[1].TryGetProperty("lat", out _), Is.False);
        });
    }

    [Test]
    public async Task OwnTracksHasKilometresAnHourAndSignsIn()
    {
        var request = Compose(PhoneProtocol.OwnTracks, Moving);
        var body = await JsonOf(request);

        Assert.Multiple(() =>
        {
            Assert.That(request.RequestUri!.OriginalString, Is.EqualTo("owntracks"));
            Assert.That(request.Headers.Authorization!.ToString(), Is.EqualTo("Basic ZGV2NzpwYTpzcw=="));
            Assert.That(body.GetProperty("_type").GetString(), Is.EqualTo("location"));
            Assert.That(body.GetProperty("tst").GetInt64(), Is.EqualTo(1_795_336_000));
            Assert.That(body.GetProperty("vel").GetInt32(), Is.EqualTo(5));
            Assert.That(body.GetProperty("acc").GetInt32(), Is.EqualTo(5));
            Assert.That(body.GetProperty("topic").GetString(), Is.EqualTo("owntracks/dev7/phone"));
            Assert.That(body.GetProperty("tid").GetString(), Is.EqualTo("v7"));
        });
    }

    [Test]
    public async Task OwnTracksLeavesZeroesOut()
    {
        var body = await JsonOf(Compose(PhoneProtocol.OwnTracks, Moving with { SpeedMps = 0, HeadingDegrees = null }));

        Assert.That(body.TryGetProperty("vel", out _), Is.False);
        Assert.That(body.TryGetProperty("cog", out _), Is.False);
    }

    [Test]
    public async Task BatchIsTheSameInJsonAndMessagePack()
    {
        var json = JsonSerializer.Deserialize<PositionBatch>(
            await Compose(PhoneProtocol.BatchJson, Moving, Alive).Content!.ReadAsByteArrayAsync(), new JsonSerializerOptions(JsonSerializerDefaults.Web))!;
        var packed = MessagePackSerializer.Deserialize<PositionBatch>(
            await Compose(PhoneProtocol.BatchMessagePack, Moving, Alive).Content!.ReadAsByteArrayAsync());

        Assert.That(packed.Reports, Is.EqualTo(json.Reports));
        Assert.That(packed.Reports[0].FixTime, Is.EqualTo(1_795_336_000_789));
        Assert.That(packed.Reports[1].Longitude, Is.Null);
    }

    [TestCase(PhoneProtocol.TraccarNested)]
    [TestCase(PhoneProtocol.TraccarArray)]
    public async Task ServerReadsMockAndSosDrillInTraccarsJson(PhoneProtocol protocol)
    {
        var drill = Compose(protocol, Moving with { Mock = true, SosDrill = true });
        using var body = JsonDocument.Parse(await drill.Content!.ReadAsStringAsync());
        string? id = null;
        var report = OsmandJson.Read(body.RootElement, ref id).Single();

        Assert.That((report.Mock, report.Alarm, report.Malformed), Is.EqualTo((true, "sos", (string?)null)));
        Assert.That(body.RootElement.GetRawText(), Does.Contain("\"drill\":true"), "which the server may tell from an alarm");

        var plain = await Compose(protocol, Moving).Content!.ReadAsStringAsync();
        Assert.That(plain, Does.Not.Contain("mock").And.Not.Contain("alarm").And.Not.Contain("drill"));
    }

    [Test]
    public async Task MockAndSosDrillAreWordsOfTheFormAndMockAloneOneOfTheBatch()
    {
        var fix = Moving with { Mock = true, SosDrill = true };

        Assert.That(Compose(PhoneProtocol.OsmandQuery, fix).RequestUri!.OriginalString, Does.EndWith("&mock=true&alarm=sos&drill=true"));
        Assert.That(await Compose(PhoneProtocol.TraccarForm, fix).Content!.ReadAsStringAsync(), Does.EndWith("&mock=true&alarm=sos&drill=true"));
        Assert.That(await Compose(PhoneProtocol.BatchJson, fix).Content!.ReadAsStringAsync(), Does.Contain("\"mock\":true").And.Not.Contain("sos"));
        Assert.That(PhoneApps.TryCreate(PhoneProtocol.BatchJson, Device)!.SendsSos, Is.False, "so that nobody is asked to");
    }

    [Test]
    public void DeviceWithoutPasswordCannotSpeakOwnTracks() =>
        Assert.That(PhoneApps.TryCreate(PhoneProtocol.OwnTracks, new DeviceCredentials { OsmandId = "id-1" }), Is.Null);

    [Test]
    public void CredentialsNeverPrintSecrets() =>
        Assert.That($"{Device} {new DeviceCredentials { OsmandId = "secret-id" }}", Does.Not.Contain("pa:ss").And.Not.Contain("secret-id").And.Not.Contain("id-1"));

    private static HttpRequestMessage Compose(PhoneProtocol protocol, params PhoneFix[] fixes) => PhoneApps.TryCreate(protocol, Device)!.Compose(fixes);

    private static async Task<JsonElement> JsonOf(HttpRequestMessage request) => JsonDocument.Parse(await request.Content!.ReadAsStringAsync()).RootElement;
}
