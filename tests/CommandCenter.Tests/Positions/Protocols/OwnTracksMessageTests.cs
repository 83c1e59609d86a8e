using System.Text;
using CommandCenter.Positions;
using CommandCenter.Positions.Protocols;

namespace CommandCenter.Tests.Positions.Protocols;

/// <summary>
/// OwnTracks messages. [T]: <c>OwnTracksProtocolDecoderTest.java</c> in traccar/traccar; [B]: the OwnTracks booklet, pages JSON and HTTP.
/// </summary>
public sealed class OwnTracksMessageTests
{
    [Test]
    public void ReadsALocation()
    {
        // [T]
        var report = One("""{"cog":271,"lon":2.29513,"acc":5,"vel":61,"vac":21,"lat":48.85833,"tst":1497349316,"alt":167,"_type":"location","tid":"JJ","t":"u","batt":67}""");
        Assert.Multiple(() =>
        {
            Assert.That(report.FixTimeMs, Is.EqualTo(1_497_349_316_000));
            Assert.That((report.Longitude, report.Latitude), Is.EqualTo((2.29513, 48.85833)));
            Assert.That(report.SpeedMps, Is.EqualTo(61 / 3.6).Within(1e-9), "km/h");
            Assert.That((report.HeadingDegrees, report.AccuracyMeters, report.AltitudeMeters, report.BatteryPercent), Is.EqualTo((271.0, 5.0, 167.0, 67.0)));
        });
    }

    [TestCase("""{"_type":"location","acc":15,"alt":440,"batt":46,"conn":"w","lat":46.0681247,"lon":11.1512805,"t":"u","tid":"5t","tst":1551874878,"vac":2,"vel":0}""", 46.0681247)]
    [TestCase("""{"lon":2.29513,"lat":48.85833,"tst":1497349316,"_type":"location","tid":"JJ"}""", 48.85833)]
    [TestCase("""{"lon":-122,"acc":5,"created_at":1736161415,"lat":37,"topic":"owntracks/ckrey/22A67880-15C3-41A6-9157-25545C7993AC","t":"u","m":1,"tst":1736161169,"conn":"w","alt":0,"_type":"location","tid":"AC"}""", 37)]
    [TestCase("""{"topic":"owntracks/qtripp/865284041968706","lat":47.420051,"lon":13.654704,"vel":0,"cog":113,"tst":1736519167,"mcc":232,"mnc":1,"lac":"4F4D","cid":"673A","_type":"location","acc":10,"alt":1113,"t":"I","don":105,"tid":"CS"}""", 47.420051)]
    public void ReadsTraccarsTestLocations(string body, double latitude)
    {
        // [T]
        var report = One(body);
        Assert.That((report.Latitude, report.Malformed, report.Heartbeat), Is.EqualTo((latitude, (string?)null, false)));
    }

    [TestCase(0, false)]
    [TestCase(1, false)]
    [TestCase(2, true)]
    [TestCase(3, true)]
    public void KnowsTheBatteryStatus(int status, bool onPower) => // [B]
        Assert.That(One($$"""{"_type":"location","lat":1,"lon":2,"tst":1497349316,"bs":{{status}}}""").Charging, Is.EqualTo(onPower));

    [Test]
    public void IosMinusOneSpeedIsUnknown()
    {
        var report = One("""{"_type":"location","lat":1,"lon":2,"tst":1497349316,"vel":-1,"cog":-1,"acc":-1}""") with { FixTimeMs = null };
        PositionRules.Judge(report, 1, 1, 1_777_622_400_000, new PositionOptions(), out var fix);
        Assert.That((fix.SpeedMps, fix.HeadingDegrees, fix.AccuracyMeters), Is.EqualTo(((double?)null, (double?)null, (double?)null)));
    }

    [Test]
    public void ATransitionTellsWhereThePhoneIs()
    {
        // [B]
        var report = One("""{"_type":"transition","wtst":1425042603,"lat":12.34,"lon":44.5,"tst":1427634603,"acc":130,"tid":"JP","event":"enter","desc":"Office","t":"b"}""");
        Assert.That((report.Latitude, report.Longitude, report.AccuracyMeters, report.Heartbeat), Is.EqualTo((12.34, 44.5, 130.0, false)));
    }

    [Test]
    public void ATransitionOfABeaconWithoutAPlaceIsASignOfLife() =>
        Assert.That(One("""{"_type":"transition","wtst":1425042603,"tst":1427634603,"acc":130,"event":"leave"}""").Heartbeat, Is.True);

    [TestCase("""{"_type":"waypoint","desc":"Home","lat":51.1,"lon":2.2,"rad":100,"tst":1497349316}""")]
    [TestCase("""{"_type":"waypoints","_creator":"x","waypoints":[{"_type":"waypoint","desc":"Home","lat":51.1,"lon":2.2,"rad":100,"tst":1497349316}]}""")]
    [TestCase("""{"_type":"lwt","tst":1497349316}""")]
    [TestCase("""{"_type":"status","iOS":{"version":"18.1"}}""")]
    [TestCase("""{"_type":"card","name":"Jane","tid":"JJ"}""")]
    [TestCase("""{"_type":"cmd","action":"reportLocation"}""")]
    [TestCase("""{"_type":"configuration","mode":3}""")]
    [TestCase("""{"_type":"steps","tst":1497349316,"steps":100,"from":1,"to":2}""")]
    [TestCase("""{"_type":"beacon","desc":"b","uuid":"u","major":1,"minor":2,"tst":1497349316,"acc":1,"rssi":-50,"prox":2}""")]
    [TestCase("""{"_type":"something new","lat":1,"lon":2,"tst":1497349316}""")]
    [TestCase("")]
    [TestCase(" \r\n")]
    public void OtherMessagesCarryNoPosition(string body) => Assert.That(Read(body), Is.Empty); // [B]

    [Test]
    public void AnEncryptedPayloadIsRefusedWithWhatToDo() => // [B]
        Assert.That(One("""{"_type":"encrypted","data":"YWJj"}""").Malformed, Does.Contain("encryption key"));

    [TestCase("{", "line 1")]
    [TestCase("null", "not a JSON object")]
    [TestCase("\"location\"", "not a JSON object")]
    [TestCase("""{"lat":1,"lon":2}""", "_type")]
    [TestCase("""{"_type":"location","lat":1,"lon":2}""", "tst")]
    [TestCase("""{"_type":"location","lat":1,"lon":2,"tst":"noon"}""", "tst")]
    [TestCase("""{"_type":"location","lat":1,"lon":2,"tst":{}}""", "tst")]
    public void SaysWhatIsWrong(string body, string expected) => Assert.That(One(body).Malformed, Does.Contain(expected));

    [Test]
    public void ALocationWithoutCoordinatesIsNoHeartbeat()
    {
        var report = One("""{"_type":"location","tst":1497349316,"tid":"JJ"}""");
        Assert.That((report.Heartbeat, report.Malformed, report.Latitude), Is.EqualTo((false, (string?)null, (double?)null)));
    }

    [Test]
    public void ReadsSeveralMessages() => Assert.That(
        Read("""[{"_type":"location","lat":1,"lon":2,"tst":1497349316},{"_type":"lwt"},{"_type":"location","lat":3,"lon":4,"tst":1497349317}]""").Select(r => r.Latitude),
        Is.EqualTo(new double?[] { 1, 3 }));

    private static PositionReport One(string body) => Read(body).Single();

    private static List<PositionReport> Read(string body) => OwnTracksMessage.Read(Encoding.UTF8.GetBytes(body));
}
