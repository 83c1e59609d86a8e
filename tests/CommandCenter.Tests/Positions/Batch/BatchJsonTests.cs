using System.Text;
using CommandCenter.Positions.Batch;

namespace CommandCenter.Tests.Positions.Batch;

public sealed class BatchJsonTests
{
    private const string Full = """
        {"device":"D1","fixTime":1777622400000,"longitude":112.5489,"latitude":37.8706,"speedMps":1.2,"headingDegrees":90,"accuracyMeters":5,"altitudeMeters":800,"battery":77,"mock":true,"note":"ignored"}
        """;

    [TestCase("""{"reports":[$]}""")]
    [TestCase("[$]")]
    [TestCase("""{"version":2,"reports":[$]}""")]
    public void ReadsBothShapes(string shape)
    {
        var (device, report) = Read(shape.Replace("$", Full, StringComparison.Ordinal)).Items.Single();
        Assert.That(device, Is.EqualTo("D1"));
        Assert.That((report.FixTimeMs, report.Longitude, report.Latitude, report.SpeedMps), Is.EqualTo((1_777_622_400_000L, 112.5489, 37.8706, 1.2)));
        Assert.That((report.HeadingDegrees, report.AccuracyMeters, report.AltitudeMeters, report.BatteryPercent), Is.EqualTo((90.0, 5.0, 800.0, 77.0)));
        Assert.That((report.Mock, report.Heartbeat, report.Malformed), Is.EqualTo((true, false, (string?)null)));
    }

    [TestCase("1777622400000")]
    [TestCase("1777622400000.0")]
    [TestCase("\"2026-05-01T08:00:00Z\"")]
    [TestCase("\"2026-05-01T16:00:00+08:00\"")]
    public void ReadsTimesInMillisecondsAndIso(string time) =>
        Assert.That(Read($$"""[{"fixTime":{{time}}}]""").Items.Single().Report.FixTimeMs, Is.EqualTo(1_777_622_400_000));

    [Test]
    public void WithoutCoordinatesItIsAHeartbeat()
    {
        var report = Read("""[{"fixTime":1777622400000,"longitude":null}]""").Items.Single().Report;
        Assert.That((report.Heartbeat, report.Malformed), Is.EqualTo((true, (string?)null)));
    }

    [TestCase("7", "not an object")]
    [TestCase("null", "not an object")]
    [TestCase("{}", "fixTime is missing")]
    [TestCase("""{"fixTime":"noon"}""", "fixTime")]
    [TestCase("""{"fixTime":1e300}""", "fixTime")]
    [TestCase("""{"fixTime":1,"longitude":"112.5"}""", "longitude must be a number")]
    [TestCase("""{"fixTime":1,"latitude":{}}""", "latitude must be a number")]
    [TestCase("""{"fixTime":1,"mock":"yes"}""", "mock must be true or false")]
    [TestCase("""{"fixTime":1,"device":7}""", "device must be a text")]
    [TestCase("""{"fixTime":1,"device":"\ud800"}""", "surrogate")]
    public void OneBadItemIsNamedAndTheOthersAreKept(string bad, string expected)
    {
        var items = Read($$"""{"reports":[{{Full}},{{bad}},{{Full}}]}""").Items;
        Assert.That(items.Select(i => i.Report.Malformed is not null), Is.EqualTo(new[] { false, true, false }));
        Assert.That(items[1].Report.Malformed, Does.Contain(expected));
    }

    [TestCase("", "line 1, byte 1")]
    [TestCase("{\"reports\":[\n{\"fixTime\":}]}", "line 2, byte 12")]
    [TestCase("[] []", "line 1, byte 4")]
    [TestCase("7", "must be an array")]
    [TestCase("""{"report":[]}""", "no member 'reports'")]
    [TestCase("""{"reports":{}}""", "must be an array")]
    public void SaysWhereTheBodyStopsMakingSense(string body, string expected)
    {
        var read = Read(body);
        Assert.That((read.Items.Count, read.TooMany), Is.EqualTo((0, false)));
        Assert.That(read.Error, Does.Contain(expected));
    }

    [Test]
    public void CountsBeforeItReads()
    {
        Assert.That(Read("[" + string.Join(',', Enumerable.Repeat("{}", 101)) + "]").TooMany, Is.True);
        Assert.That(Read("[" + string.Join(',', Enumerable.Repeat("{}", 100)) + "]").Items, Has.Count.EqualTo(100));
    }

    private static BatchBody Read(string body) => BatchJson.Read(Encoding.UTF8.GetBytes(body), 100);
}
