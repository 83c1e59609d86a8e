using System.Text;
using CommandCenter.Positions;
using CommandCenter.Positions.Protocols;

namespace CommandCenter.Tests.Positions.Protocols;

/// <summary>
/// Queries and forms as phones send them. Payloads marked [T] are those of <c>OsmAndProtocolDecoderTest.java</c> in traccar/traccar, [C7] the
/// format of <c>ProtocolFormatter.kt</c> in traccar/traccar-client-android, [C10] that of <c>HttpUploader.kt</c> in
/// traccar/traccar-client-sdk 1.0, which Traccar Client 10 is built on.
/// </summary>
public sealed class OsmandQueryTests
{
    private const double Knot = 1852.0 / 3600;

    [Test]
    public void ReadsTraccarClient7sQuery()
    {
        // [C7], with values of traccar/traccar-client issue 85.
        var (id, report) = Query("id=82879256&timestamp=1693222306&lat=-35.5555277&lon=145.5555733&speed=0.211914&bearing=26.21394&altitude=103.0&accuracy=22.975999&batt=93.0&charge=true&mock=true");
        Assert.Multiple(() =>
        {
            Assert.That(id, Is.EqualTo("82879256"));
            Assert.That(report.FixTimeMs, Is.EqualTo(1_693_222_306_000));
            Assert.That(report.Latitude, Is.EqualTo(-35.5555277));
            Assert.That(report.Longitude, Is.EqualTo(145.5555733));
            Assert.That(report.SpeedMps, Is.EqualTo(0.211914 * Knot).Within(1e-6), "knots");
            Assert.That(report.HeadingDegrees, Is.EqualTo(26.21394));
            Assert.That(report.AltitudeMeters, Is.EqualTo(103));
            Assert.That(report.AccuracyMeters, Is.EqualTo(22.975999));
            Assert.That(report.BatteryPercent, Is.EqualTo(93));
            Assert.That((report.Charging, report.Mock, report.Heartbeat), Is.EqualTo((true, true, false)));
            Assert.That(report.Malformed, Is.Null);
        });
    }

    [Test]
    public void ReadsTraccarClient10sForm()
    {
        // [C10]: submitForm with id, lat, lon, timestamp in s, accuracy, altitude, speed in knots, bearing, batt, charge.
        var (id, report) = Form("id=82879256&lat=37.8706&lon=112.5489&timestamp=1777622400&accuracy=4.5&altitude=812.0&speed=2.59&bearing=91.5&batt=88&charge=false");
        Assert.That((id, report.FixTimeMs, report.Latitude, report.Longitude), Is.EqualTo(("82879256", 1_777_622_400_000L, 37.8706, 112.5489)));
        Assert.That(report.SpeedMps, Is.EqualTo(2.59 * Knot).Within(1e-6));
        Assert.That((report.BatteryPercent, report.Charging, report.Heartbeat), Is.EqualTo((88.0, false, false)));
    }

    [Test]
    public void ReadsTraccarClient10sHeartbeatWithoutAFix()
    {
        // [C10]: TrackerEngine.applyHeartbeatTick sends Position(time) alone when no location can be had.
        var (_, report) = Form("id=82879256&timestamp=1777622400&batt=88&charge=true");
        Assert.That((report.Heartbeat, report.Longitude, report.FixTimeMs), Is.EqualTo((true, (double?)null, 1_777_622_400_000L)));
    }

    [Test]
    public void ReadsTraccarClient10sSosButton()
    {
        // [C10]: requestPosition(alarm: 'sos').
        var (_, report) = Form("id=82879256&lat=37.8706&lon=112.5489&timestamp=1777622400&alarm=sos");
        Assert.That(report.Alarm, Is.EqualTo("sos"));
    }

    [TestCase("id=902064&lat=42.06288&lon=-88.23412&timestamp=2016-01-27T18%3A55%3A47Z&hdop=6.0&altitude=224.0&speed=0.0", 1_453_920_947_000)]
    [TestCase("id=902064&lat=42.06288&lon=-88.23412&timestamp=1442068686579&hdop=6.0&altitude=224.0&speed=0.0", 1_442_068_686_579)]
    [TestCase("lat=49.60688&lon=6.15788&timestamp=2014-06-04+09%3A10%3A11&altitude=384.7&speed=0.0&id=353861053849681", 1_401_873_011_000)]
    [TestCase("id=123456&timestamp=1377177267&lat=60.0&lon=30.0&speed=0.0&bearing=0.0&altitude=0&hdop=0.0", 1_377_177_267_000)]
    [TestCase("id=123456&timestamp=1377177267&location=60.0,30.0", 1_377_177_267_000)]
    [TestCase("id=123456789012345&timestamp=1504763810&lat=40.7232948571&lon=-74.0061408571&bearing=7.19889788244&speed=40&ignition=true&rpm=933&fuel=24", 1_504_763_810_000)]
    public void ReadsTraccarsTestQueries(string query, long fixTime)
    {
        // [T]
        var (id, report) = Query(query);
        Assert.That(id, Is.Not.Null);
        Assert.That(report.FixTimeMs, Is.EqualTo(fixTime));
        Assert.That((report.Longitude, report.Latitude, report.Malformed), Is.Not.EqualTo(((double?)null, (double?)null, (string?)null)));
        Assert.That(report.Longitude, Is.Not.Null.And.Not.NaN);
        Assert.That(report.Latitude, Is.Not.Null.And.Not.NaN);
    }

    [Test]
    public void ReadsTraccarsTestQueriesWithoutATime()
    {
        // [T]: deviceid, heading, no timestamp.
        var (id, report) = Query("lat=60.0&lon=30.0&speed=0.0&heading=0.0&vacc=0&hacc=0&altitude=0&deviceid=123456");
        Assert.That((id, report.FixTimeMs, report.Latitude, report.HeadingDegrees), Is.EqualTo(("123456", (long?)null, 60.0, 0.0)));
    }

    [Test]
    public void ACellAndWifiReportWithoutCoordinatesIsASignOfLife()
    {
        // [T]
        var (id, report) = Query("id=123456&timestamp=1377177267&cell=257,02,16,2224&cell=257,02,16,2223,-90&wifi=00-14-22-01-23-45,-80&wifi=00-1C-B3-09-85-15,-70");
        Assert.That((id, report.Heartbeat), Is.EqualTo(("123456", true)));
    }

    [Test]
    public void WithoutAnIdentifierNobodyIsNamed() =>
        Assert.That(Query("timestamp=1377177267&lat=60.0&lon=30.0").Id, Is.Null); // [T]

    [TestCase("id")]
    [TestCase("deviceid")]
    [TestCase("device_id")]
    [TestCase("deviceId")]
    public void KnowsTheNamesOfTheIdentifier(string name) => Assert.That(Query($"{name}=abc").Id, Is.EqualTo("abc"));

    [TestCase("valid=false&lat=60&lon=30")]
    [TestCase("lat=60&lon=30&valid=0")]
    [TestCase("lat=60")]
    [TestCase("lat=&lon=")]
    public void APlaceThatIsMissingOrInvalidIsNoHeartbeat(string query)
    {
        var (_, report) = Query("id=1&" + query);
        Assert.That(report.Heartbeat, Is.False);
        Assert.That(report.Latitude is null || report.Longitude is null, Is.True);
    }

    [TestCase("valid=true")]
    [TestCase("valid=1")]
    public void AValidPlaceCounts(string query) => Assert.That(Query($"id=1&lat=60&lon=30&{query}").Report.Latitude, Is.EqualTo(60));

    [TestCase("lat=abc&lon=30")]
    [TestCase("lat=60,5&lon=30")]
    [TestCase("location=60.0")]
    [TestCase("location=")]
    [TestCase("location=a,b")]
    public void ACoordinateThatIsNoNumberIsNamedSo(string query)
    {
        var (_, report) = Query("id=1&" + query);
        Assert.That(PositionRules.Judge(report, 1, 1, 1_777_622_400_000, new PositionOptions(), out _), Is.EqualTo(Refusal.Malformed));
    }

    [Test]
    public void ATimeThatIsNoneIsMalformedRatherThanNow() =>
        Assert.That(Query("id=1&lat=60&lon=30&timestamp=soon").Report.Malformed, Does.Contain("timestamp"));

    [Test]
    public void AnUnreadableSpeedDoesNotCostTheFix()
    {
        var (_, report) = Query("id=1&lat=60&lon=30&speed=fast&batt=full");
        Assert.That(PositionRules.Judge(report, 1, 1, 1_777_622_400_000, new PositionOptions(), out var fix), Is.EqualTo(Refusal.None));
        Assert.That(fix.SpeedMps, Is.Null);
    }

    [Test]
    public void DilutionStandsInForAnAccuracyThatIsNotSent()
    {
        Assert.That(Query("id=1&lat=60&lon=30&hdop=6.0").Report.AccuracyMeters, Is.EqualTo(30));
        Assert.That(Query("id=1&lat=60&lon=30&hdop=6.0&accuracy=7").Report.AccuracyMeters, Is.EqualTo(7));
        Assert.That(Query("id=1&lat=60&lon=30&hdop=0.0").Report.AccuracyMeters, Is.Null);
    }

    [Test]
    public void TheFirstIdentifierAndTheLastValueCount()
    {
        var (id, report) = Query("id=mine&lat=1&lon=2&id=other&lat=3");
        Assert.That((id, report.Latitude), Is.EqualTo(("mine", 3.0)));
    }

    [Test]
    public void TheQueryMayNameTheDeviceAndTheFormThePlace()
    {
        var request = OsmandRequest.Read("?id=abc", "application/x-www-form-urlencoded", "lat=37.5&lon=112.5"u8.ToArray());
        Assert.That((request.Id, request.Reports.Single().Latitude), Is.EqualTo(("abc", 37.5)));
    }

    [TestCase("id=a%2Bb", "a+b")]
    [TestCase("id=a+b", "a b")]
    [TestCase("id=%E7%BD%91%e6%a0%bc", "网格")]
    [TestCase("id=100%", "100%")]
    [TestCase("id=%zz%4", "%zz%4")]
    [TestCase("id=a=b", "a=b")]
    [TestCase("&&=x&id=a&", "a")]
    [TestCase("%69d=a", "a")]
    public void DecodesPercentAndPlus(string form, string expected) => Assert.That(Form(form).Id, Is.EqualTo(expected));

    [Test]
    public void OverlongPartsAreNoFields()
    {
        var (id, report) = Form($"id={new string('x', 65)}&lat={new string('1', 600)}&lon=2&{new string('k', 600)}=1");
        Assert.That((id, report.Latitude, report.Longitude), Is.EqualTo(((string?)null, (double?)null, 2.0)));
    }

    private static (string? Id, PositionReport Report) Query(string query)
    {
        var request = OsmandRequest.Read("?" + query, null, default);
        return (request.Id, request.Reports.Single());
    }

    private static (string? Id, PositionReport Report) Form(string body)
    {
        var request = OsmandRequest.Read("", "application/x-www-form-urlencoded; charset=UTF-8", Encoding.UTF8.GetBytes(body));
        return (request.Id, request.Reports.Single());
    }
}
