using CommandCenter.Areas;
using CommandCenter.Contracts.Areas;
using CommandCenter.Tracks.Meaning;
using NetTopologySuite.Geometries;

namespace CommandCenter.Tests.Tracks.Meaning;

/// <summary>Three grids side by side, 400 m wide each, from west to east: a, b, c.</summary>
public sealed class VisitRulesTests
{
    private static readonly AreaTree Tree = new(
        [
            new Area(1, "town", "town", null, AreaKind.District, null, null, Box(-1_000, 2_000)),
            new Area(2, "a", "a", null, AreaKind.Grid, null, 1, Box(-200, 200)),
            new Area(3, "b", "b", null, AreaKind.Grid, null, 1, Box(200, 600)),
            new Area(4, "c", "c", null, AreaKind.Grid, null, 1, Box(600, 1_000)),
        ],
        1);

    [Test]
    public void TellsTimesInAndOutAndTheWayInside()
    {
        var visits = Of(new Walks().To(800, 0).Report());

        Assert.That(Codes(visits), Is.EqualTo("a b c"));
        Assert.That(Seconds(visits[0].ToMs), Is.EqualTo(160).Within(1), "200 m at 1.25 m/s");
        Assert.That(visits[1].FromMs, Is.EqualTo(visits[0].ToMs));
        Assert.That(Seconds(visits[1].ToMs), Is.EqualTo(480).Within(1));
        Assert.That(visits[1].Meters, Is.EqualTo(400).Within(2));
        Assert.That(visits[2].Meters, Is.EqualTo(200).Within(2));
    }

    [TestCase(5)]
    [TestCase(37)]
    [TestCase(100)]
    public void TheBorderIsCrossedOnTheLineHoweverSeldomThePhoneReports(double interval)
    {
        var visits = Of(new Walks { IntervalSeconds = interval }.To(800, 0, 2).Report());

        Assert.That(Codes(visits), Is.EqualTo("a b c"));
        Assert.That(visits[1].Meters, Is.EqualTo(400).Within(10));
    }

    [Test]
    public void AnAreaPassedBetweenTwoFixesIsVisited()
    {
        var visits = Of(new Walks { IntervalSeconds = 60 }.To(800, 0, 14).Report());

        Assert.That(Codes(visits), Is.EqualTo("a b c"));
    }

    [Test]
    public void AWalkAlongABorderIsInOneOfItsAreas()
    {
        var along = new Walks { NoiseMeters = 6 }.To(200, 0).To(200, 300).To(200, -300).To(400, -300).Meaning();
        var visits = VisitRules.Of(along, Tree, new TrackMeaningOptions());

        Assert.That(visits, Has.Count.LessThanOrEqualTo(6), "720 seconds of it, in 144 fixes on either side");
        Assert.That(Codes(visits), Does.StartWith("a").And.EndsWith("b"));
        Assert.That(visits.Zip(visits.Skip(1)).All(pair => pair.First.ToMs <= pair.Second.FromMs));
    }

    [Test]
    public void NothingIsCrossedInAGap()
    {
        var visits = Of(new Walks().To(100, 0).Report().Silently(400, 800, 0).To(900, 0).Report());

        Assert.That(Codes(visits), Is.EqualTo("a c"));
        Assert.That(Seconds(visits[0].ToMs), Is.EqualTo(80));
        Assert.That(Seconds(visits[1].FromMs), Is.EqualTo(480));
    }

    [Test]
    public void ASilenceInOneAndTheSameAreaIsOneVisitUnlessTheTrackEnded()
    {
        Assert.That(Codes(Of(new Walks().To(100, 0).Report().Silently(400, 100, 0).To(150, 0).Report())), Is.EqualTo("a"));
        Assert.That(Codes(Of(new Walks().To(100, 0).Report().Silently(4_000, 100, 0).To(150, 0).Report())), Is.EqualTo("a a"));
    }

    [Test]
    public void ARestingPhonesVisitHasNoLength()
    {
        var visits = Of(new Walks { NoiseMeters = 8 }.Rest(7_200));

        Assert.That(Codes(visits), Is.EqualTo("a"));
        Assert.That(visits[0].Meters, Is.Zero);
    }

    [Test]
    public void OutsideOfAllAreasIsNoVisit() => Assert.That(Of(new Walks().Silently(0, 5_000, 0).Rest(600)), Is.Empty);

    [Test]
    public void NothingIsNoVisit() => Assert.That(VisitRules.Of(Walks.Meaning([]), Tree, new TrackMeaningOptions()), Is.Empty);

    private static List<Visit> Of(Walks walks) => VisitRules.Of(walks.Meaning(), Tree, new TrackMeaningOptions());

    private static string Codes(List<Visit> visits) => string.Join(' ', visits.Select(visit => visit.Area.Area.Code));

    private static double Seconds(long ms) => (ms - Walks.Start) / 1_000.0;

    private static Polygon Box(double west, double east)
    {
        var (low, high) = (Walks.FixAt(0, west, -1_000), Walks.FixAt(0, east, 1_000));
        return (Polygon)new GeometryFactory().ToGeometry(new Envelope(low.Longitude, high.Longitude, low.Latitude, high.Latitude));
    }
}
