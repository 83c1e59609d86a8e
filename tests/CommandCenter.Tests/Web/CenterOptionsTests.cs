using CommandCenter.Web;

namespace CommandCenter.Tests.Web;

public sealed class CenterOptionsTests
{
    [TestCase("Asia/Shanghai", "2026-11-22T15:59:59Z", "2026-11-22T00:00:00+08:00")]
    [TestCase("Asia/Shanghai", "2026-11-22T16:00:00Z", "2026-11-23T00:00:00+08:00")]
    [TestCase("UTC", "2026-11-22T23:59:00Z", "2026-11-22T00:00:00+00:00")]
    [TestCase("Africa/Cairo", "2026-04-24T10:00:00Z", "2026-04-24T01:00:00+03:00", Description = "clocks go forward at midnight")]
    public void ADayBeginsInTheCentersZone(string zone, string at, string expected) =>
        Assert.That(new CenterOptions { TimeZone = zone }.StartOfDay(DateTimeOffset.Parse(at)), Is.EqualTo(DateTimeOffset.Parse(expected)));

    [Test]
    public void AnUnknownZoneIsNamed() =>
        Assert.That(new CenterOptionsValidation().Validate(null, new CenterOptions { TimeZone = "Mars/Olympus" }).FailureMessage, Does.Contain("Center:TimeZone").And.Contain("Mars/Olympus"));
}
