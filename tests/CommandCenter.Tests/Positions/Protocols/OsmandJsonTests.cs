using System.Text;
using CommandCenter.Positions;
using CommandCenter.Positions.Protocols;

namespace CommandCenter.Tests.Positions.Protocols;

/// <summary>
/// JSON as phones send it. [T]: <c>OsmAndProtocolDecoderTest.java</c> in traccar/traccar (Traccar Client 9); [D]: traccar.org/osmand;
/// [C10]: <c>HttpUploader.kt</c> in traccar/traccar-client-sdk 1.0 (Traccar Client 10): an array of flat objects with the form's keys, speed in knots.
/// </summary>
public sealed class OsmandJsonTests
{
    private const string AndroidMotionChange = """
        {"location":{"timestamp":"2025-06-15T13:45:12.862Z","coords":{"latitude":37.4219983,"longitude":-122.084,"accuracy":5,"speed":0,"heading":-1,"altitude":5},"is_moving":false,"odometer":0,"event":"motionchange","battery":{"level":1,"is_charging":false},"activity":{"type":"still"},"extras":{},"_":"&id=48241179&lat=37.4219983&lon=-122.084&timestamp=2025-06-15T13:45:12.862Z&"},"device_id":"48241179"}
        """;

    private const string IosSimulator = """
        {"location":{"extras":{},"mock":true,"coords":{"speed_accuracy":-1,"speed":-1,"longitude":-122.406417,"ellipsoidal_altitude":0,"floor":null,"heading_accuracy":-1,"latitude":37.785834000000001,"accuracy":5,"altitude_accuracy":-1,"altitude":0,"heading":-1},"is_moving":false,"age":188,"odometer":0,"uuid":"2FB04C65-99CF-42AB-8DD3-EBCB4B108BF8","event":"motionchange","battery":{"level":-1,"is_charging":false},"activity":{"type":"unknown","confidence":100},"timestamp":"2025-05-09T04:11:30.579Z"},"device_id":"658765"}
        """;

    private const string Moving = """
        {"location":{"event":"motionchange","is_moving":false,"uuid":"0e9a2473-a9a7-4c00-997b-fb97d2154e75","timestamp":"2021-07-21T08:06:34.444Z","odometer":0,"coords":{"latitude":-6.1148096,"longitude":106.6837015,"accuracy":3.8,"speed":18.67,"speed_accuracy":0.26,"heading":63,"heading_accuracy":0.28,"altitude":35.7,"altitude_accuracy":3.8},"activity":{"type":"still","confidence":100},"battery":{"is_charging":false,"level":0.79},"extras":{}},"device_id":"8737767034"}
        """;

    [Test]
    public void ReadsTraccarClient9()
    {
        // [T]
        var (id, reports) = Read(Moving);
        var report = reports.Single();
        Assert.Multiple(() =>
        {
            Assert.That(id, Is.EqualTo("8737767034"));
            Assert.That(report.FixTimeMs, Is.EqualTo(1_626_854_794_444));
            Assert.That((report.Latitude, report.Longitude), Is.EqualTo((-6.1148096, 106.6837015)));
            Assert.That(report.SpeedMps, Is.EqualTo(18.67), "metres per second, unlike everywhere else");
            Assert.That((report.HeadingDegrees, report.AccuracyMeters, report.AltitudeMeters), Is.EqualTo((63.0, 3.8, 35.7)));
            Assert.That(report.BatteryPercent, Is.EqualTo(79).Within(1e-9));
            Assert.That((report.Heartbeat, report.Malformed), Is.EqualTo((false, (string?)null)));
        });
    }

    [Test]
    public void ReadsTraccarClient9OnAndroid()
    {
        // [T]: the member "_" repeats the fix as a query and must not confuse anything.
        var (id, reports) = Read(AndroidMotionChange);
        Assert.That((id, reports.Single().Latitude, reports.Single().BatteryPercent), Is.EqualTo(("48241179", 37.4219983, 100.0)));
    }

    [Test]
    public void TakesIosMinusOnesAsUnknown()
    {
        // [T]
        var (_, reports) = Read(IosSimulator);
        var report = reports.Single() with { FixTimeMs = null };
        Assert.That(report.Mock, Is.True);
        Assert.That(PositionRules.Judge(report, 1, 1, 1_777_622_400_000, new PositionOptions(), out var fix), Is.EqualTo(Refusal.None));
        Assert.That((fix.SpeedMps, fix.HeadingDegrees, fix.BatteryPercent), Is.EqualTo(((double?)null, (double?)null, (byte)255)));
    }

    [Test]
    public void ALocationWithoutCoordsIsAHeartbeat()
    {
        var (id, reports) = Read("""{"location":{"timestamp":"2025-05-09T04:11:30.579Z","event":"heartbeat","battery":{"level":0.5,"is_charging":true}},"device_id":"1"}""");
        Assert.That((id, reports.Single().Heartbeat, reports.Single().Charging), Is.EqualTo(("1", true, true)));
    }

    [TestCase("""{"location":{"timestamp":"2025-05-09T04:11:30.579Z","coords":{"latitude":1,"longitude":2},"alarm":"sos"},"device_id":"1"}""")]
    [TestCase("""{"location":{"timestamp":"2025-05-09T04:11:30.579Z","coords":{"latitude":1,"longitude":2},"extras":{"alarm":"sos"}},"device_id":"1"}""")]
    [TestCase("""{"location":{"timestamp":"no time","coords":{"latitude":1,"longitude":2},"alarm":"sos"},"device_id":"1"}""")]
    [TestCase("""[{"id":"1","timestamp":1777622400,"alarm":"sos"}]""")]
    public void AnAlarmIsHeardWhereverItStands(string body) => Assert.That(Read(body).Reports.Single().Alarm, Is.EqualTo("sos"));

    [Test]
    public void ReadsABatchOfTheBackgroundGeolocationSdk()
    {
        // batchSync of that SDK: location is an array.
        var (id, reports) = Read("""{"location":[{"timestamp":"2025-05-09T04:11:30Z","coords":{"latitude":1,"longitude":2}},{"timestamp":"2025-05-09T04:11:40Z","coords":{"latitude":3,"longitude":4}}],"device_id":"1"}""");
        Assert.That(id, Is.EqualTo("1"));
        Assert.That(reports.Select(r => r.Latitude), Is.EqualTo(new double?[] { 1, 3 }));
    }

    [Test]
    public void ReadsTraccarClient10sArray()
    {
        // [C10] uploadJson.
        var (id, reports) = Read("""
            [{"id":"82879256","lat":37.8706,"lon":112.5489,"timestamp":1777622400,"accuracy":4.5,"altitude":812.0,"speed":10.0,"bearing":91.5,"batt":88,"charge":true},
             {"id":"82879256","timestamp":1777622460,"batt":88,"charge":false}]
            """);
        Assert.That((id, reports.Count), Is.EqualTo(("82879256", 2)));
        Assert.That(reports[0].SpeedMps, Is.EqualTo(5.14444).Within(1e-5), "knots");
        Assert.That((reports[0].FixTimeMs, reports[0].Latitude, reports[0].Charging, reports[0].Heartbeat), Is.EqualTo((1_777_622_400_000L, 37.8706, true, false)));
        Assert.That((reports[1].Heartbeat, reports[1].BatteryPercent), Is.EqualTo((true, 88.0)));
    }

    [Test]
    public void ReadsTheFlatFormAlone()
    {
        var (id, reports) = Read("""{"device_id":48241179,"lat":"37.5","lon":112.5,"timestamp":"2026-05-01T08:00:00Z","mock":true,"location":"1,2"}""");
        Assert.That((id, reports.Single().Latitude, reports.Single().Mock), Is.EqualTo(("48241179", 1.0, true)));
    }

    [Test]
    public void OneBadItemDoesNotCostTheOthers()
    {
        var (_, reports) = Read("""[{"id":"1","lat":37.5,"lon":112.5},7,null,{"id":"1","lat":{},"lon":[1]},{"id":"1","lat":38.5,"lon":112.5}]""");
        Assert.That(reports.Select(r => r.Latitude), Is.EqualTo(new double?[] { 37.5, null, null, null, 38.5 }));
        Assert.That(reports.Select(r => r.Malformed is not null), Is.EqualTo(new[] { false, true, true, false, false }));
    }

    [Test]
    public void AnItemForAnotherDeviceIsRefused()
    {
        var (id, reports) = Read("""[{"id":"1","lat":37.5,"lon":112.5},{"id":"2","lat":37.5,"lon":112.5}]""");
        Assert.That(id, Is.EqualTo("1"));
        Assert.That(reports[1].Malformed, Does.Contain("another device"));
    }

    [TestCase("")]
    [TestCase("{")]
    [TestCase("""{"id":"1","lat":37.5""")]
    public void AnUnreadableBodyOfAKnownDeviceIsOneMalformedReport(string body)
    {
        var request = OsmandRequest.Read("?id=abc", "application/json", Encoding.UTF8.GetBytes(body));
        Assert.That((request.Id, request.Reports.Count), Is.EqualTo(("abc", 1)));
        Assert.That(request.Reports[0].Malformed is not null || request.Reports[0].Heartbeat, Is.True);
    }

    [Test]
    public void HalfASurrogatePairSpoilsOnlyItsItem()
    {
        var (id, reports) = Read("""[{"id":"1","lat":37.5,"lon":112.5,"note":"\ud800"},{"id":"1","lat":38,"lon":112}]""");
        Assert.That((id, reports[0].Malformed is not null, reports[1].Malformed), Is.EqualTo(("1", true, (string?)null)));
    }

    private static (string? Id, IReadOnlyList<PositionReport> Reports) Read(string body)
    {
        var request = OsmandRequest.Read(null, "application/json", Encoding.UTF8.GetBytes(body));
        return (request.Id, request.Reports);
    }
}
