using CommandCenter.Tracks;
using CommandCenter.Tracks.Meaning;

namespace CommandCenter.Tests.Tracks.Meaning;

public sealed class CleaningTests
{
    [Test]
    public void AJumpThatComesBackIsDropped()
    {
        var walk = new Walks().To(600, 0).Fixes;
        for (var n = 40; n < 46; n++)
        {
            walk[n] = Walks.FixAt(n * 5, 250, 900);
        }

        var meaning = Walks.Meaning(walk);

        Assert.That(meaning.Dropped, Is.EqualTo(6));
        Assert.That(meaning.Meters, Is.EqualTo(594).Within(10));
        Assert.That(meaning.TopSpeedMps, Is.LessThan(1.5));
    }

    [Test]
    public void TheRawViewKeepsTheJump()
    {
        var walk = new Walks().To(600, 0).Fixes;
        walk[40] = Walks.FixAt(200, 250, 900);

        var raw = Walks.Meaning(walk, clean: false);

        Assert.That(raw.Dropped, Is.Zero);
        Assert.That(raw.Kept.Legs[40], Is.EqualTo(Leg.Leap), "but 180 m/s is no way, whoever looks");
        Assert.That(Walks.Meaning(walk).Kept.Legs[40], Is.EqualTo(Leg.Line));
    }

    [Test]
    public void AChangeOfPlaceThatLastsStays()
    {
        // Brought across the town without a gap, and on foot again: implausible, but nobody came back.
        var walk = new Walks().To(300, 0).Silently(5, 5_000, 0).To(5_300, 0).Meaning();

        Assert.That(walk.Dropped, Is.Zero);
        Assert.That(walk.Meters, Is.EqualTo(590).Within(15), "the leap itself is no way");
    }

    [Test]
    public void AChangeOfPlaceAfterAGapStays()
    {
        var walk = new Walks().To(300, 0).Report().Silently(200, 4_000, 0).To(4_100, 0).Report().Silently(200, 300, 0).To(400, 0).Meaning();

        Assert.That(walk.Dropped, Is.Zero);
    }

    [Test]
    public void ARoundTripAtSpeedIsNoJump()
    {
        // Out and back on a motorcycle, in ten minutes of walking otherwise.
        var walk = new Walks().To(400, 0).To(1_000, 0, 14).To(400, 0, 14).To(0, 0).Meaning();

        Assert.That(walk.Dropped, Is.Zero);
        Assert.That(walk.Meters, Is.EqualTo(2_000).Within(15));
    }

    [Test]
    public void TheDevicesOwnSpeedVouchesForAFastLeg()
    {
        Fix[] fixes =
        [
            .. new Walks().To(300, 0).Fixes,
            Walks.FixAt(240, 400, 0, speedCmps: 2_000),
            Walks.FixAt(245, 300, 0, speedCmps: 2_000),
        ];

        Assert.That(Walks.Meaning(fixes).Dropped, Is.Zero);
        Assert.That(Walks.Meaning(fixes.Select(fix => fix with { SpeedCmps = 0 })).Dropped, Is.EqualTo(1));
    }

    [Test]
    public void AClockThatJumpedBackDoesNotMixTwoHours()
    {
        // For five minutes the phone stamps what it sees 3 km on with the time of an hour before, when it was here.
        var walk = new Walks().To(3_000, 0, 1.25).Fixes;
        Fix[] wrong = [.. Enumerable.Range(0, 60).Select(n => Walks.FixAt((n * 5) + 302, 3_000 + (n * 6), 0))];

        var meaning = Walks.Meaning(walk.Concat(wrong));

        Assert.That(meaning.Dropped, Is.EqualTo(60));
        Assert.That(meaning.Meters, Is.EqualTo(Walks.Meaning(walk).Meters).Within(1));
    }

    [TestCase(FixFlags.Mock)]
    [TestCase(FixFlags.Inaccurate)]
    public void APlaceNotTrustedIsNoPlace(FixFlags flag)
    {
        var walk = new Walks().To(300, 0).Fixes;
        walk[20] = Walks.FixAt(100, 125, 60, flags: flag);

        Assert.That(Walks.Meaning(walk).Dropped, Is.EqualTo(1));
        Assert.That(Walks.Meaning(walk).Meters, Is.EqualTo(295).Within(5));
        Assert.That(Walks.Meaning(walk, clean: false).Dropped, Is.Zero);
    }

    [Test]
    public void LateAndChargingFixesAreAsGoodAsOthers()
    {
        var walk = new Walks().To(300, 0).Fixes;
        var late = walk.Select(fix => fix with { Flags = FixFlags.Late | FixFlags.Charging | FixFlags.Sos });

        Assert.That(Walks.Meaning(late).Trips, Is.EqualTo(Walks.Meaning(walk).Trips));
    }

    [Test]
    public void OfTwoDevicesAtOneMomentOneCounts()
    {
        var walk = new Walks().To(300, 0).Fixes;
        var twice = walk.Concat(walk.Select(fix => fix with { DeviceId = 9, LatitudeE7 = fix.LatitudeE7 + 100 }));

        Assert.That(Walks.Meaning(twice).Meters, Is.EqualTo(Walks.Meaning(walk).Meters).Within(0.01));
    }

    [TestCase(1.25, TravelMode.Foot)]
    [TestCase(5, TravelMode.Bicycle)]
    [TestCase(13, TravelMode.Vehicle)]
    public void TheModeOfTravelComesFromTheTrackAndNotFromItsJumps(double mps, TravelMode mode)
    {
        var way = new Walks().To(mps * 600, 0, mps).Fixes.ToArray();
        for (var n = 10; n < way.Length; n += 20)
        {
            way[n] = way[n] with { LatitudeE7 = way[n].LatitudeE7 + 30_000 };
        }

        Assert.That(TravelModes.Of(way, 40, 120_000, new TrackMeaningOptions()), Is.EqualTo(mode));
    }

    [Test]
    public void ManyJumpsCostNoMoreThanABoundedLook()
    {
        var random = new Random(3);
        var wild = Enumerable.Range(0, 20_000).Select(n => Walks.FixAt(n * 5, random.Next(100_000), random.Next(100_000))).ToArray();

        Assert.That(Walks.Meaning(wild).Meters, Is.LessThan(1e9));
    }
}
