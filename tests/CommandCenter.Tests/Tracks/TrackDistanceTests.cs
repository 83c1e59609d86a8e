using CommandCenter.Tracks;
using CommandCenter.Tracks.Meaning;

namespace CommandCenter.Tests.Tracks;

public sealed class TrackDistanceTests
{
    // One ten-thousandth of a degree of latitude is 11.1 m.
    private const double Step = 0.0002;
    private const long Gap = 120_000;

    [Test]
    public void AddsUpAWalk()
    {
        var walk = Enumerable.Range(0, 11).Select(n => Fixes.At(Fixes.Noon + (n * 20_000), latitude: 37.86 + (n * Step))).ToArray();
        Assert.That(TrackDistance.Meters(walk, Gap), Is.EqualTo(222).Within(1));
    }

    [Test]
    public void ARestingPhonesDriftIsNoWalk()
    {
        var rest = Enumerable.Range(0, 500).Select(n => Fixes.At(Fixes.Noon + (n * 10_000), 112.56 + (n % 3 * 0.00005), 37.86 + (n % 2 * 0.00005))).ToArray();
        Assert.That(TrackDistance.Meters(rest, Gap), Is.Zero);
    }

    [Test]
    public void WhatLiesInASilenceIsNotWalked()
    {
        Fix[] fixes = [Fixes.At(Fixes.Noon), Fixes.At(Fixes.Noon + Gap + 1, latitude: 37.9)];
        Assert.That(TrackDistance.Meters(fixes, Gap), Is.Zero);
    }

    [Test]
    public void ADeviceThatReportsSeldomWalksBetweenItsReports()
    {
        var walk = Enumerable.Range(0, 11).Select(n => Fixes.At(Fixes.Noon + (n * 200_000), latitude: 37.86 + (n * Step))).ToArray();

        Assert.That(TrackDistance.Meters(walk, Gap), Is.Zero);
        Assert.That(TrackDistance.Meters(walk, GapRules.ThresholdMs(walk, new TrackMeaningOptions())), Is.EqualTo(222).Within(1));
    }

    [TestCase(FixFlags.Mock)]
    [TestCase(FixFlags.Inaccurate)]
    [TestCase(FixFlags.ImplausibleSpeed)]
    public void FixesNotTrustedAddNothing(FixFlags flag)
    {
        Fix[] fixes =
        [
            Fixes.At(Fixes.Noon),
            Fixes.At(Fixes.Noon + 10_000, latitude: 37.87) with { Flags = flag },
            Fixes.At(Fixes.Noon + 20_000, latitude: 37.86 + Step),
        ];
        Assert.That(TrackDistance.Meters(fixes, Gap), Is.EqualTo(22.2).Within(0.5));
    }

    [Test]
    public void NothingIsNoDistance() => Assert.That(TrackDistance.Meters([], Gap), Is.Zero);
}
