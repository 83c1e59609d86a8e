using CommandCenter.Tracks;
using CommandCenter.Tracks.Meaning;

namespace CommandCenter.Tests.Tracks.Meaning;

/// <summary>Tracks made by hand, with the answers anybody would give.</summary>
public sealed class TripsAndStopsTests
{
    private const double Step = 5;

    [TestCase(5, 0)]
    [TestCase(5, 8)]
    [TestCase(1, 8)]
    [TestCase(30, 12)]
    [TestCase(60, 12)]
    public void ARestingPhonesDayIsOneStopAndNoWay(double interval, double noise)
    {
        var day = new Walks { IntervalSeconds = interval, NoiseMeters = noise }.Rest(24 * 3_600).Meaning();

        Assert.That(day.Stops, Has.Count.EqualTo(1));
        Assert.That((day.Stops[0].ToMs - day.Stops[0].FromMs) / 1_000.0, Is.EqualTo(24 * 3_600).Within(3 * interval + 60));
        Assert.That(day.Trips, Is.Empty);
        Assert.That(day.Meters, Is.Zero);
    }

    [Test]
    public void AWanderingPlaceOfARestingPhoneIsStillOneStop()
    {
        // Indoors the place wanders off for minutes and comes back: a bounded random walk of up to some 60 m around the desk.
        var random = new Random(5);
        double east = 0, north = 0;
        var fixes = Enumerable.Range(0, 5_760).Select(n =>
        {
            east = (east * 0.97) + ((random.NextDouble() - 0.5) * 12);
            north = (north * 0.97) + ((random.NextDouble() - 0.5) * 12);
            return Walks.FixAt(n * 5, east, north);
        });

        var day = Walks.Meaning(fixes);

        Assert.That(day.Meters, Is.LessThan(300), "eight hours of drift, whose line is 30 km long");
        Assert.That(day.Stops.Sum(stop => stop.ToMs - stop.FromMs) / 1_000.0, Is.GreaterThan(8 * 3_600 * 0.97));
    }

    [TestCase(5, 0)]
    [TestCase(5, 3)]
    [TestCase(1, 1)]
    [TestCase(30, 3)]
    public void AWalkBetweenTwoStopsIsOneTripOfItsLength(double interval, double noise)
    {
        var walks = new Walks { IntervalSeconds = interval, NoiseMeters = noise }.Rest(600).To(600, 0).Rest(600);
        var meaning = walks.Meaning();

        Assert.That(meaning.Stops, Has.Count.EqualTo(2));
        Assert.That(meaning.Trips, Has.Count.EqualTo(1));
        var trip = meaning.Trips[0];
        Assert.That(trip.Meters, Is.EqualTo(600).Within(noise == 0 ? 1 : 150));
        Assert.That(trip.MovingSeconds, Is.EqualTo(480).Within(2 * Step + interval));
        Assert.That(trip.FromMs, Is.EqualTo(meaning.Stops[0].ToMs));
        Assert.That(trip.ToMs, Is.EqualTo(meaning.Stops[1].FromMs));
        Assert.That(meaning.TopSpeedMps, Is.EqualTo(1.25).Within(0.01 + (noise / 4)));
    }

    [TestCase(20)]
    [TestCase(35)]
    [TestCase(60)]
    [TestCase(120)]
    public void APatrolAroundABlockIsATripAndNoStopAtItsCentre(double side)
    {
        const int times = 12;
        var patrol = new Walks { NoiseMeters = 1 }.Loop(side, times).Meaning();

        Assert.That(patrol.Stops, Is.Empty);
        Assert.That(patrol.Trips, Has.Count.EqualTo(1));
        Assert.That(patrol.Meters, Is.EqualTo(4 * side * times).Within(4 * side * times * 0.1));
    }

    [Test]
    public void ARestBeforeAndAfterAPatrolAroundABlockIsAStopAtItsCorner()
    {
        var meaning = new Walks().Rest(900).Loop(35, 10).Rest(900).Meaning();

        Assert.That(meaning.Stops, Has.Count.EqualTo(2));
        Assert.That(meaning.Trips, Has.Count.EqualTo(1));
        Assert.That(meaning.Meters, Is.EqualTo(1_400).Within(20));
        var corner = Walks.FixAt(0, 0, 0);
        Assert.That(meaning.Stops[0].LongitudeE7, Is.EqualTo(corner.LongitudeE7).Within(200), "its place is where they rested");
    }

    [Test]
    public void AStopNeedsThreeMinutes()
    {
        Assert.That(new Walks().To(300, 0).Rest(150).To(600, 0).Meaning().Stops, Is.Empty);
        Assert.That(new Walks().To(300, 0).Rest(200).To(600, 0).Meaning().Stops, Has.Count.EqualTo(1));
    }

    [Test]
    public void AShortRestIsPartOfTheTripButItsDriftIsNoWay()
    {
        var meaning = new Walks { NoiseMeters = 4 }.To(300, 0).Rest(120).To(600, 0).Meaning();
        var without = new Walks { NoiseMeters = 4 }.To(600, 0).Meaning();

        Assert.That(meaning.Trips, Has.Count.EqualTo(1));
        Assert.That(meaning.Meters, Is.EqualTo(without.Meters).Within(40), "24 fixes of drift would be 100 m");
    }

    [Test]
    public void AStallHolderWhoStepsAsideStopped()
    {
        var meaning = new Walks().Rest(120).To(25, 0).Rest(120).To(0, 10).Rest(200).Meaning();

        Assert.That(meaning.Stops, Has.Count.EqualTo(1));
        Assert.That(meaning.Meters, Is.Zero);
    }

    [Test]
    public void ATrackThatEndsIsATripThatEnded()
    {
        var meaning = new Walks().Rest(600).To(400, 0).Report().Meaning();

        Assert.That(meaning.Trips, Has.Count.EqualTo(1));
        Assert.That(meaning.Trips[0].ToMs, Is.EqualTo(meaning.Times[^1]));
        Assert.That(meaning.Meters, Is.EqualTo(400).Within(1));
    }

    [Test]
    public void ASilenceThatEndsTheTrackEndsTheTrip()
    {
        var meaning = new Walks().To(400, 0).Report().Silently(3_600, 400, 0).To(800, 0).Report().Meaning();

        Assert.That(meaning.Trips, Has.Count.EqualTo(2));
        Assert.That(meaning.Meters, Is.EqualTo(800).Within(1));
    }

    [Test]
    public void ATunnelIsAGapWithinTheTripAndNotRidden()
    {
        var meaning = new Walks { SpeedCmps = 1_200 }.To(3_000, 0, 12).Report().Silently(300, 6_600, 0).To(9_600, 0, 12).Report().Meaning();

        Assert.That(meaning.Trips, Has.Count.EqualTo(1));
        Assert.That(meaning.Meters, Is.EqualTo(6_000).Within(2), "what lies in the tunnel is not known");
        Assert.That(meaning.MovingSeconds, Is.EqualTo(500).Within(Step));
        Assert.That(meaning.TopSpeedMps, Is.EqualTo(12).Within(0.1));
    }

    [Test]
    public void AShortTunnelIsALineAndNoGap()
    {
        var meaning = new Walks { SpeedCmps = 1_200 }.To(1_200, 0, 12).Report().Silently(60, 1_920, 0).To(3_120, 0, 12).Report().Meaning();

        Assert.That(meaning.Meters, Is.EqualTo(3_120).Within(2));
    }

    [Test]
    public void ALateHalfFillsTheGapAndEverythingFollows()
    {
        var whole = new Walks().Rest(600).To(600, 0).Rest(600);
        Fix[] early = [.. whole.Fixes.Where(fix => (fix.FixTimeMs - Walks.Start) / 1_000 is < 700 or > 1_000)];
        Fix[] late = [.. whole.Fixes.Except(early)];

        Assert.That(Walks.Meaning(early).Meters, Is.LessThan(300));
        Assert.That(Walks.Meaning(early.Concat(late)).Meters, Is.EqualTo(600).Within(1));
        Assert.That(Walks.Meaning(late.Concat(early)).Trips, Is.EqualTo(whole.Meaning().Trips));
    }

    [Test]
    public void ARideThenAWalkAreOneTripUnlessThereWasAStop()
    {
        var ride = new Walks().Rest(300).To(3_000, 0, 6).To(3_300, 0, 1.25).Rest(300).Meaning();

        Assert.That(ride.Trips, Has.Count.EqualTo(1));
        Assert.That(ride.Meters, Is.EqualTo(3_300).Within(2));
        Assert.That(ride.TopSpeedMps, Is.EqualTo(6).Within(0.05));
        Assert.That(new Walks().Rest(300).To(3_000, 0, 6).Rest(240).To(3_300, 0).Rest(300).Meaning().Trips, Has.Count.EqualTo(2));
    }

    [Test]
    public void APhoneThatReportsSeldomAtRestStopsAllTheSame()
    {
        var phone = new Walks().To(400, 0);
        phone.IntervalSeconds = 300;
        var meaning = phone.Rest(3_600).Meaning();

        Assert.That(meaning.Stops, Has.Count.EqualTo(1), "silences at one and the same place do not end a stop");
        Assert.That((meaning.Stops[0].ToMs - meaning.Stops[0].FromMs) / 1_000, Is.EqualTo(3_300 - 300).Within(30), "when they came they were still moving");
        Assert.That(meaning.Meters, Is.EqualTo(400).Within(10));
    }

    [Test]
    public void NothingMeansNothing()
    {
        Assert.That(Walks.Meaning([]).Trips, Is.Empty);
        Assert.That(Walks.Meaning([Walks.FixAt(0, 0, 0)]).Stops, Is.Empty);
    }

    [Test]
    public void AMeaningIsReadAgainFromItsColumns()
    {
        var meaning = new TrackMeaning(new TrackMeaningOptions());
        var first = new Walks().Rest(600).To(600, 0).Rest(600).Fixes.ToArray();
        var other = new Walks { NoiseMeters = 8 }.Rest(9_000).Fixes.ToArray();
        meaning.Read(first);
        var trips = meaning.Trips.ToArray();
        meaning.Read(other);
        meaning.Read(first);

        Assert.That(meaning.Trips, Is.EqualTo(trips));
    }
}
