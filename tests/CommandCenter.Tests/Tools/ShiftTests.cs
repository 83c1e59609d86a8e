using CommandCenter.Replay;
using CommandCenter.Replay.Reading;
using CommandCenter.Replay.Shifting;

namespace CommandCenter.Tests.Tools;

internal sealed class ShiftTests
{
    private const double MetersPerDegree = 6_371_008.8 * Math.PI / 180;
    private const long Day = 86_400_000;

    [Test]
    public void ShapeKeepsItsMetresAtAnotherLatitude()
    {
        var shift = new PlaceShift(116.3, 40, 112.5, 10);
        var (lon, lat) = shift.Move(116.3 + (1_000 / (MetersPerDegree * Math.Cos(40 * Math.PI / 180))), 40 + (500 / MetersPerDegree));

        Assert.That((lon - 112.5) * MetersPerDegree * Math.Cos(10 * Math.PI / 180), Is.EqualTo(1_000).Within(1e-6), "metres east");
        Assert.That((lat - 10) * MetersPerDegree, Is.EqualTo(500).Within(1e-6), "metres north");
    }

    [Test]
    public void AnchorLandsOnTheTarget() => Assert.That(new PlaceShift(116.3, 40, 112.5, 37.8).Move(116.3, 40), Is.EqualTo((112.5, 37.8)));

    [Test]
    public void ShiftByMetresMovesByMetres()
    {
        var (lon, lat) = PlaceShift.By(116.3, 40, 2_000, -3_000).Move(116.3, 40);

        Assert.That((lat - 40) * MetersPerDegree, Is.EqualTo(-3_000).Within(1e-6));
        Assert.That((lon - 116.3) * MetersPerDegree * Math.Cos(lat * Math.PI / 180), Is.EqualTo(2_000).Within(1e-6));
    }

    [TestCase(null, TimeShiftKind.None, 0)]
    [TestCase("now", TimeShiftKind.Now, 0)]
    [TestCase("+PT2H", TimeShiftKind.By, 7_200_000)]
    [TestCase("-P1D", TimeShiftKind.By, -86_400_000)]
    [TestCase("2026-11-22T08:00:00Z", TimeShiftKind.StartAt, 1_795_334_400_000)]
    public void ReadsTimeShifts(string? text, TimeShiftKind kind, long ms) =>
        Assert.That(TimeShift.Parse(text, out _), Is.EqualTo(new TimeShift(kind, ms)));

    [TestCase("later"), TestCase("+P"), TestCase("PT99999999999999H")]
    public void RefusesWhatIsNoTimeShift(string text)
    {
        Assert.That(TimeShift.Parse(text, out var fault), Is.Null);
        Assert.That(fault, Does.StartWith("--shift-time").And.Contain(text));
    }

    [Test]
    public void TracksAreDealtRoundRobinEachInOrder()
    {
        var tracks = Arrangement.Tracks([At("b", 5), At("a", 3), At("a", 1), At("c", 2)], byDay: false);
        var hands = Arrangement.Deal(tracks, 2, Arrange.Kept);

        Assert.That(hands[0].Select(p => (p.Track, p.TimeMs)), Is.EqualTo(new[] { ("c", 2L), ("b", 5L) }));
        Assert.That(hands[1].Select(p => (p.Track, p.TimeMs)), Is.EqualTo(new[] { ("a", 1L), ("a", 3L) }));
    }

    [Test]
    public void TracksOfManyDaysBecomeOneDay()
    {
        var tracks = Arrangement.Tracks([At("a", 10), At("a", Day + 30), At("a", Day + 40), At("b", (5 * Day) + 7)], byDay: true);
        var all = Arrangement.Deal(tracks, 3, Arrange.Together).SelectMany(h => h).ToList();

        Assert.That(tracks, Has.Count.EqualTo(3));
        Assert.That(all.Select(p => p.TimeMs), Is.EquivalentTo(new[] { 10L, 10, 20, 10 }));
    }

    [Test]
    public void ChainedTracksFollowEachOtherAMinuteApart()
    {
        var tracks = Arrangement.Tracks([At("a", 0), At("a", 100), At("b", 50 * Day), At("b", (50 * Day) + 9)], byDay: false);

        Assert.That(Arrangement.Deal(tracks, 1, Arrange.Chained)[0].Select(p => p.TimeMs), Is.EqualTo(new[] { 0L, 100, 60_100, 60_109 }));
    }

    [Test]
    public void MiddleIgnoresAFlight() =>
        Assert.That(Arrangement.Middle([At("a", 1), At("a", 2), At("a", 3) with { Longitude = -120, Latitude = 80 }]), Is.EqualTo((112.5, 37.8)));

    [Test]
    public void PlayedAtOnceItEndsNow()
    {
        var score = Score.Write([At("a", 1_000), At("a", 61_000)], Asked(speed: null), devices: 1, nowMs: 1_000_000);

        Assert.That((score.FirstMs, score.LastMs), Is.EqualTo((940_000, 1_000_000)));
        Assert.That(score.Parts[0].DueMs, Is.All.Zero);
    }

    [Test]
    public void PlayedFasterEachFixBearsItsMoment()
    {
        var score = Score.Write([At("a", 1_000) with { SpeedMps = 1.5f }, At("a", 61_000)], Asked(speed: 10), devices: 1, nowMs: 1_000_000);

        Assert.That(score.Parts[0].Fixes.Select(f => f.FixTimeMs), Is.EqualTo(new[] { 1_000_000L, 1_006_000 }));
        Assert.That(score.Parts[0].DueMs, Is.EqualTo(new[] { 0L, 6_000 }));
        Assert.That(score.Parts[0].Fixes[0].SpeedMps, Is.EqualTo(15));
    }

    [Test]
    public void FixesMovedOffTheMapAreCounted()
    {
        var options = Asked(speed: null) with { ShiftTo = (179.9, 0) };
        var score = Score.Write([At("a", 1), At("a", 2), At("a", 3) with { Longitude = 114 }], options, devices: 1, nowMs: 9);

        Assert.That((score.Fixes, score.Misplaced), Is.EqualTo((2, 1)));
    }

    private static TrackPoint At(string track, long timeMs) => new(track, timeMs, 112.5, 37.8);

    private static ReplayOptions Asked(double? speed) => new() { Inputs = [], Speed = speed, ShiftTime = new TimeShift(TimeShiftKind.Now) };
}
