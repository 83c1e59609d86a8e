using CommandCenter.Positions;
using CommandCenter.Tracks;

namespace CommandCenter.Tests.Positions;

public sealed class PositionRulesTests
{
    private const long Now = 1_777_622_400_000;
    private static readonly PositionOptions Options = new();
    private static readonly PositionReport Good = new() { FixTimeMs = Now - 1_000, Longitude = 112.5489, Latitude = 37.8706 };

    private static IEnumerable<TestCaseData> Judged()
    {
        yield return Case("a plain fix", Good, Refusal.None);
        yield return Case("no time at all: the server's is taken", Good with { FixTimeMs = null }, Refusal.None);
        yield return Case("unreadable by its binder", Good with { Malformed = "x" }, Refusal.Malformed);
        yield return Case("unreadable heartbeat", Good with { Malformed = "x", Heartbeat = true }, Refusal.Malformed);
        yield return Case("no coordinates", Good with { Longitude = null, Latitude = null }, Refusal.NoCoordinates);
        yield return Case("no longitude", Good with { Longitude = null }, Refusal.NoCoordinates);
        yield return Case("no latitude", Good with { Latitude = null }, Refusal.NoCoordinates);
        yield return Case("heartbeat", new PositionReport { FixTimeMs = Now, Heartbeat = true }, Refusal.None);
        yield return Case("longitude not a number", Good with { Longitude = double.NaN }, Refusal.Malformed);
        yield return Case("latitude not a number", Good with { Latitude = double.NaN }, Refusal.Malformed);
        yield return Case("infinite longitude", Good with { Longitude = double.PositiveInfinity }, Refusal.OutOfRange);
        yield return Case("infinite latitude", Good with { Latitude = double.NegativeInfinity }, Refusal.OutOfRange);
        yield return Case("longitude 180.1", Good with { Longitude = 180.1 }, Refusal.OutOfRange);
        yield return Case("longitude -180", Good with { Longitude = -180 }, Refusal.None);
        yield return Case("latitude 90.01", Good with { Latitude = 90.01 }, Refusal.OutOfRange);
        yield return Case("the pole", Good with { Latitude = 90 }, Refusal.None);
        yield return Case("null island", Good with { Longitude = 0, Latitude = 0 }, Refusal.NullIsland);
        yield return Case("a hair off null island", Good with { Longitude = 0.00005, Latitude = -0.00005 }, Refusal.NullIsland);
        yield return Case("on the equator", Good with { Latitude = 0 }, Refusal.None);
        yield return Case("60 s ahead", Good with { FixTimeMs = Now + 60_000 }, Refusal.None);
        yield return Case("60.001 s ahead", Good with { FixTimeMs = Now + 60_001 }, Refusal.FromTheFuture);
        yield return Case("far ahead", Good with { FixTimeMs = long.MaxValue }, Refusal.FromTheFuture);
        yield return Case("heartbeat from the future", new PositionReport { FixTimeMs = Now + 60_001, Heartbeat = true }, Refusal.FromTheFuture);
        yield return Case("30 days old", Good with { FixTimeMs = Now - (30 * 86_400_000L) }, Refusal.None);
        yield return Case("older than 30 days", Good with { FixTimeMs = Now - (30 * 86_400_000L) - 1 }, Refusal.TooOld);
        yield return Case("before all time", Good with { FixTimeMs = long.MinValue }, Refusal.TooOld);
        yield return Case("a time in seconds taken for ms", Good with { FixTimeMs = Now / 1_000 }, Refusal.TooOld);

        static TestCaseData Case(string name, PositionReport report, Refusal expected) =>
            new TestCaseData(report, expected).SetArgDisplayNames(name, expected.Name());
    }

    [TestCaseSource(nameof(Judged))]
    public void NamesTheReason(PositionReport report, Refusal expected)
    {
        var refusal = PositionRules.Judge(report, 7, 3, Now, Options, out var fix);
        Assert.That(refusal, Is.EqualTo(expected));
        Assert.That(fix.DeviceId, Is.EqualTo(expected == Refusal.None ? 7 : 0));
    }

    [Test]
    public void QuantizesToTheKeptPrecision()
    {
        var fix = Judge(Good with
        {
            SpeedMps = 1.234,
            HeadingDegrees = 271.26,
            AccuracyMeters = 4.32,
            AltitudeMeters = 812.6,
            BatteryPercent = 87.4,
            Charging = true,
        });
        Assert.Multiple(() =>
        {
            Assert.That(fix.WorkerId, Is.EqualTo(3));
            Assert.That(fix.FixTimeMs, Is.EqualTo(Now - 1_000));
            Assert.That(fix.LongitudeE7, Is.EqualTo(1_125_489_000));
            Assert.That(fix.LatitudeE7, Is.EqualTo(378_706_000));
            Assert.That(fix.SpeedCmps, Is.EqualTo(123));
            Assert.That(fix.HeadingDeci, Is.EqualTo(2_713));
            Assert.That(fix.AccuracyDm, Is.EqualTo(43));
            Assert.That(fix.AltitudeM, Is.EqualTo(813));
            Assert.That(fix.BatteryPercent, Is.EqualTo(87));
            Assert.That(fix.Flags, Is.EqualTo(FixFlags.Charging));
        });
    }

    [Test]
    public void TakesNegativeAndUnreadableValuesAsUnknown([Values(-1, double.NaN, double.NegativeInfinity)] double value)
    {
        var fix = Judge(Good with { SpeedMps = value, HeadingDegrees = value, AccuracyMeters = value, BatteryPercent = value });
        Assert.Multiple(() =>
        {
            Assert.That(fix.SpeedMps, Is.Null);
            Assert.That(fix.HeadingDegrees, Is.Null);
            Assert.That(fix.AccuracyMeters, Is.Null);
            Assert.That(fix.BatteryPercent, Is.EqualTo(Fix.UnknownBattery));
            Assert.That(fix.Flags, Is.EqualTo(FixFlags.None));
        });
    }

    [Test]
    public void ClampsWhatDoesNotFit()
    {
        var fix = Judge(Good with { SpeedMps = 1e9, HeadingDegrees = 359.97, AccuracyMeters = 1e9, AltitudeMeters = -1e9, BatteryPercent = 250 });
        Assert.Multiple(() =>
        {
            Assert.That(fix.SpeedCmps, Is.EqualTo(65_534));
            Assert.That(fix.HeadingDeci, Is.Zero);
            Assert.That(fix.AccuracyDm, Is.EqualTo(65_534));
            Assert.That(fix.AltitudeM, Is.EqualTo(short.MinValue + 1));
            Assert.That(fix.BatteryPercent, Is.EqualTo(100));
        });
    }

    [Test]
    public void MissingValuesAreUnknownAndFlagNothing()
    {
        var fix = Judge(Good);
        Assert.That((fix.SpeedCmps, fix.HeadingDeci, fix.AccuracyDm, fix.AltitudeM, fix.BatteryPercent, fix.Flags), Is.EqualTo(
            (Fix.UnknownSpeed, Fix.UnknownHeading, Fix.UnknownAccuracy, Fix.UnknownAltitude, Fix.UnknownBattery, FixFlags.None)));
    }

    private static IEnumerable<TestCaseData> Flagged()
    {
        yield return new TestCaseData(Good with { Mock = true }, FixFlags.Mock);
        yield return new TestCaseData(Good with { AccuracyMeters = 100 }, FixFlags.None);
        yield return new TestCaseData(Good with { AccuracyMeters = 100.1 }, FixFlags.Inaccurate);
        yield return new TestCaseData(Good with { SpeedMps = 60 }, FixFlags.None);
        yield return new TestCaseData(Good with { SpeedMps = 60.1 }, FixFlags.ImplausibleSpeed);
        yield return new TestCaseData(Good with { FixTimeMs = Now - 120_000 }, FixFlags.None);
        yield return new TestCaseData(Good with { FixTimeMs = Now - 120_001 }, FixFlags.Late);
        yield return new TestCaseData(Good with { Charging = true }, FixFlags.Charging);
        yield return new TestCaseData(Good with { Alarm = "SOS" }, FixFlags.Sos);
        yield return new TestCaseData(Good with { Alarm = "lowBattery" }, FixFlags.None);
    }

    [TestCaseSource(nameof(Flagged))]
    public void FlagsTheQuality(PositionReport report, FixFlags expected) => Assert.That(Judge(report).Flags, Is.EqualTo(expected));

    [Test]
    public void KeepsAHeartbeatWithoutAPlaceAtItsTimeOrTheServers()
    {
        var timed = Judge(new PositionReport { FixTimeMs = Now - 5_000, Heartbeat = true, BatteryPercent = 50 });
        var untimed = Judge(new PositionReport { Heartbeat = true, Alarm = "sos" });
        Assert.That((timed.Flags, timed.FixTimeMs, timed.LongitudeE7, timed.BatteryPercent), Is.EqualTo((FixFlags.Heartbeat, Now - 5_000, 0, (byte)50)));
        Assert.That((untimed.Flags, untimed.FixTimeMs), Is.EqualTo((FixFlags.Heartbeat | FixFlags.Sos, Now)));
    }

    [Test]
    public void ExplainsEveryRefusalWithoutThePlace()
    {
        var report = Good with { FixTimeMs = Now + 3_600_000 };
        foreach (var refusal in Enum.GetValues<Refusal>())
        {
            var text = PositionRules.Explain(report, refusal, Now, Options);
            Assert.That(text, Is.Not.Empty.And.Not.Contain("112.5").And.Not.Contain("37.8"));
        }

        Assert.That(PositionRules.Explain(report, Refusal.FromTheFuture, Now, Options), Is.EqualTo("the fix is 3600 s ahead of the server; 60 s are allowed"));
    }

    private static Fix Judge(PositionReport report)
    {
        Assert.That(PositionRules.Judge(report, 7, 3, Now, Options, out var fix), Is.EqualTo(Refusal.None));
        return fix;
    }
}
