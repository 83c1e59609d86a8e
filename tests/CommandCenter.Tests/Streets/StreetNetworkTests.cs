using CommandCenter.Geo;
using CommandCenter.Streets;
using FsCheck.Fluent;
using NetTopologySuite.Geometries;

namespace CommandCenter.Tests.Streets;

public sealed class StreetNetworkTests
{
    [Test]
    public void LinesMeetWhereTheyShareAPosition() => Assert.Multiple(() =>
    {
        Assert.That(StreetWorld.Town.NodeCount, Is.EqualTo(StreetWorld.Side * StreetWorld.Side));
        Assert.That(StreetRules.Report(StreetWorld.Town, [], 0).Parts, Is.EqualTo(1));
    });

    [Test]
    public void LinesThatOnlyCrossDoNotMeet()
    {
        var crossing = new StreetNetwork([StreetWorld.Line(StreetClass.Path, null, (0, 1), (2, 1)), StreetWorld.Line(StreetClass.Path, null, (1, 0), (1, 2))]);

        Assert.That(StreetRules.Report(crossing, [], 0).Parts, Is.EqualTo(2));
    }

    [Test]
    public void FindsTheNearestStreetAsAllOfThemLookedAtWould() => Prop.ForAll(Place(), Place(), (column, row) =>
    {
        var (longitude, latitude) = StreetWorld.At(column, row);
        var found = StreetWorld.Town.Nearest(longitude, latitude, 2_000);
        var nearest = Enumerable.Range(0, StreetWorld.Town.EdgeCount).Min(edge => AwayByAllMeans(edge, longitude, latitude));
        return found is { } place && Math.Abs(place.AwayMeters - nearest) < 0.5;
    }).QuickCheckThrowOnFailure();

    [Test]
    public void FindsNoStreetFurtherAwayThanAsked()
    {
        var (longitude, latitude) = StreetWorld.At(-4, 3);

        Assert.Multiple(() =>
        {
            Assert.That(StreetWorld.Town.Nearest(longitude, latitude, 300), Is.Null);
            Assert.That(StreetWorld.Town.Nearest(longitude, latitude, 400), Is.Not.Null);
            Assert.That(StreetNetwork.Empty.Nearest(longitude, latitude, 400), Is.Null);
        });
    }

    [TestCase(90)]
    [TestCase(-89.9999)]
    [CancelAfter(60_000)]
    public void APlaceAtAPoleIsNoWorkForEver(double latitude, CancellationToken cancellationToken)
    {
        Assert.That(StreetWorld.Town.Nearest(112.5, latitude, 300), Is.Null);
        Assert.That(cancellationToken.IsCancellationRequested, Is.False);
    }

    [Test]
    public void APieceAcrossHalfTheEarthIsFoundWhereItPassesAndTakesNoMemory()
    {
        var far = new StreetNetwork([new Street(StreetClass.Path, "far", null, [new Coordinate(112.5, 37.8), new Coordinate(0, 0)])]);

        Assert.Multiple(() =>
        {
            Assert.That(far.Nearest(56.25, 18.9, 50), Is.Not.Null);
            Assert.That(far.Nearest(56.25, 19.0, 50), Is.Null);
        });
    }

    [Test]
    public void APathThatIsConnectedWithNothingIsNoPlaceToStartFrom()
    {
        var island = StreetWorld.Line(StreetClass.Path, "island", (2.4, 2.4), (2.4, 2.6));
        var town = new StreetNetwork([.. StreetWorld.Town.Streets, island]);
        var (longitude, latitude) = StreetWorld.At(2.4, 2.5);

        Assert.Multiple(() =>
        {
            Assert.That(town.StreetOf(town.Nearest(longitude, latitude, 300)!.Value).Name, Is.Not.EqualTo("island"));
            Assert.That(new StreetNetwork([island]).Nearest(longitude, latitude, 300), Is.Not.Null, "better than none");
        });
    }

    [Test]
    public void NamesTheNearestStreetThatHasAName()
    {
        var (longitude, latitude) = StreetWorld.At(2, 3.4); // on a column, which has none

        Assert.That(StreetWorld.Town.NearestNamed(longitude, latitude, 100)?.Street.Name, Is.EqualTo("West 3"));
    }

    [Test]
    public void ATrunkRoadHasANameButIsNoWay()
    {
        var network = new StreetNetwork([StreetWorld.Line(StreetClass.Trunk, "Ring", (0, 0), (5, 0)), StreetWorld.Line(StreetClass.Path, null, (0, 1), (5, 1))]);
        var (longitude, latitude) = StreetWorld.At(1, 0.1);

        Assert.Multiple(() =>
        {
            Assert.That(network.NearestNamed(longitude, latitude, 100)?.Street.Name, Is.EqualTo("Ring"));
            Assert.That(network.StreetOf(network.Nearest(longitude, latitude, 500)!.Value).Class, Is.EqualTo(StreetClass.Path));
        });
    }

    [Test]
    public void TheWayOverTheRiverGoesByTheBridge()
    {
        var town = StreetWorld.Town;
        var (west, east) = (On(5, 0), On(6, 0));
        var meters = new StreetReach(town, west, 20_000).MetersTo(east);

        // Ten rows up, one column over, ten down: 0.001° of latitude is 111.2 m, of longitude here 87.9 m.
        Assert.That(meters, Is.EqualTo((20 * 111.2) + 87.9).Within(3));
    }

    [Test]
    public void AWayIsAsLongBackAsForthAndNeverShorterThanTheStraightLine() => Prop.ForAll(Place(), Place(), Place(), (a, b, c) =>
    {
        var (from, to) = (On(a, b), On(c, a));
        var there = new StreetReach(StreetWorld.Town, from, 50_000).MetersTo(to)!.Value;
        var back = new StreetReach(StreetWorld.Town, to, 50_000).MetersTo(from)!.Value;
        var (fromPlace, toPlace) = (StreetWorld.At(a, b), StreetWorld.At(c, a));
        var straight = Meters(fromPlace, toPlace);
        return Math.Abs(there - back) < 0.5 && there > straight - 1;
    }).QuickCheckThrowOnFailure();

    [Test]
    public void NothingIsReachedBeyondTheBound() =>
        Assert.That(new StreetReach(StreetWorld.Town, On(5, 0), 1_000).MetersTo(On(6, 0)), Is.Null);

    [Test]
    public void TwoPlacesOfOneStreetNeedNoCorner()
    {
        var meters = new StreetReach(StreetWorld.Town, On(2, 3.2), 1_000).MetersTo(On(2, 3.7));

        Assert.That(meters, Is.EqualTo(0.5 * 111.2).Within(1));
    }

    private static StreetPlace On(double column, double row) =>
        StreetWorld.Town.Nearest(StreetWorld.At(column, row).Longitude, StreetWorld.At(column, row).Latitude, 500)!.Value;

    private static FsCheck.Arbitrary<double> Place() => Gen.Choose(-10, 110).Select(tenth => tenth / 10.0).ToArbitrary();

    private static double Meters((double Longitude, double Latitude) a, (double Longitude, double Latitude) b) =>
        Distance.Meters((int)Math.Round(a.Longitude * 1e7), (int)Math.Round(a.Latitude * 1e7), (int)Math.Round(b.Longitude * 1e7), (int)Math.Round(b.Latitude * 1e7));

    /// <summary>By walking along the edge in small steps.</summary>
    private static double AwayByAllMeans(int edge, double longitude, double latitude)
    {
        var street = StreetWorld.Town.StreetOf(new StreetPlace(edge, 0, 0));
        return street.Line.Zip(street.Line.Skip(1)).Min(piece => Enumerable.Range(0, 401).Min(step =>
            Meters((longitude, latitude), (piece.First.X + ((piece.Second.X - piece.First.X) * step / 400), piece.First.Y + ((piece.Second.Y - piece.First.Y) * step / 400)))));
    }
}
