using CommandCenter.Areas;
using CommandCenter.Contracts.Areas;
using CommandCenter.Tracks.Reading;
using NetTopologySuite.Geometries;

namespace CommandCenter.Tests.Tracks;

public sealed class TrackGroundTests
{
    // Two squares of a tenth of a degree side by side, below an area that has no polygon of its own.
    private static readonly AreaTree Tree = new(
        [
            new Area(1, "d", "d", null, AreaKind.District, null, null, null),
            new Area(2, "w", "w", null, AreaKind.Subdistrict, null, 1, Square(112.5)),
            new Area(3, "e", "e", null, AreaKind.Subdistrict, null, 1, Square(112.6)),
            new Area(4, "n", "n", null, AreaKind.Subdistrict, null, 1, null),
        ],
        1);

    [TestCase(112.55, true)]
    [TestCase(112.5, true, TestName = "ThePointOnTheBorderIsInIt")]
    [TestCase(112.65, false)]
    [TestCase(112.4999999, false)]
    public void AFixIsInTheAreaOrNot(double longitude, bool holds) => Assert.That(Of("w").Holds(Fixes.At(Fixes.Noon, longitude)), Is.EqualTo(holds));

    [Test]
    public void AnAreaWithoutAPolygonIsThoseBelowItAsOne()
    {
        var district = Of("d");
        Assert.That(district.Bounds.Width, Is.EqualTo(0.2).Within(1e-9));
        Assert.That(district.Holds(Fixes.At(Fixes.Noon, 112.55)) && district.Holds(Fixes.At(Fixes.Noon, 112.65)), Is.True);
        Assert.That(district.RelationTo(Place(112.58, 112.62)), Is.EqualTo(GroundRelation.Inside), "the border between them is none of the whole");
    }

    [TestCase(112.52, 112.58, GroundRelation.Inside)]
    [TestCase(112.52, 112.62, GroundRelation.Border)]
    [TestCase(112.49, 112.51, GroundRelation.Border)]
    [TestCase(112.65, 112.7, GroundRelation.Outside)]
    [TestCase(112.4, 112.7, GroundRelation.Border, TestName = "BoundsThatHoldTheWholeAreaMustBeLookedInto")]
    [TestCase(112.55, 112.55, GroundRelation.Inside, TestName = "ARestingPhonesBoundsAreAPointInside")]
    [TestCase(112.65, 112.65, GroundRelation.Outside, TestName = "OrAPointOutside")]
    public void BoundsLieInsideOutsideOrAcross(double west, double east, GroundRelation relation) =>
        Assert.That(Of("w").RelationTo(Place(west, east)), Is.EqualTo(relation));

    [Test]
    public void WhereNoPolygonIsKnownNobodyIs()
    {
        var nowhere = Of("n");
        Assert.That(nowhere.Bounds.IsNull, Is.True);
        Assert.That(nowhere.Holds(Fixes.At(Fixes.Noon)), Is.False);
        Assert.That(nowhere.RelationTo(Place(112, 113)), Is.EqualTo(GroundRelation.Outside));
        Assert.That(nowhere.RelationTo(Place(112.55, 112.55)), Is.EqualTo(GroundRelation.Outside));
    }

    private static TrackGround Of(string code) => new(Tree.Find(code)!);

    private static Polygon Square(double west) => new(new LinearRing(
        [new(west, 37.8), new(west + 0.1, 37.8), new(west + 0.1, 37.9), new(west, 37.9), new(west, 37.8)]));

    /// <summary>A point where west is east, else a strip some hundred metres high.</summary>
    private static TrackPlace Place(double west, double east) => new(
        3, 0, 0, 0, (int)Math.Round(west * 1e7), 378_500_000, (int)Math.Round(east * 1e7), west < east ? 378_510_000 : 378_500_000);
}
