using System.Text.Json;
using CommandCenter.Areas;
using CommandCenter.Contracts.Areas;
using CommandCenter.Geo;
using CommandCenter.Http;
using CommandCenter.Tests.Import;
using static CommandCenter.Tests.Import.Center;

namespace CommandCenter.Tests.Areas;

public sealed class AreaRulesTests
{
    private static readonly AreaTree Tree = new([AreaTreeTests.Area(1, "c", null, AreaKind.Community)], 1);

    private static NewArea Grid => new("c001", "Grid", null, "grid", null, "c", null);

    [Test]
    public void TakesAGridAsOrdinaryUnlessToldOtherwise()
    {
        Assert.That(Check(Grid).Draft.GridType, Is.EqualTo(GridType.Ordinary));
        Assert.That(Check(Grid with { GridType = "exclusive" }).Draft.GridType, Is.EqualTo(GridType.Exclusive));
    }

    [TestCase("code", "")]
    [TestCase("code", "with space")]
    [TestCase("code", "a/b")]
    [TestCase("name", " ")]
    [TestCase("kind", "Grid")]
    [TestCase("kind", "")]
    [TestCase("gridType", "round")]
    public void NamesTheBadArgument(string argument, string value)
    {
        var area = argument switch
        {
            "code" => Grid with { Code = value },
            "name" => Grid with { Name = value },
            "kind" => Grid with { Kind = value },
            _ => Grid with { GridType = value },
        };
        Assert.That(Check(area).Problem, Is.EqualTo(argument));
    }

    [TestCase("community")]
    [TestCase("district")]
    public void RefusesAChildThatIsNotBelowItsParentsLevel(string kind) => Assert.That(Check(Grid with { Kind = kind }).Problem, Is.EqualTo("kind"));

    [Test]
    public void RefusesATypeOnWhatIsNoGrid() => Assert.That(Check(Grid with { Kind = "microgrid", GridType = "ordinary" }).Problem, Is.EqualTo("gridType"));

    [TestCase("""{"type":"Point","coordinates":[112.5,37.8]}""")]
    [TestCase("""{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,1]]]}""")]
    [TestCase("7")]
    public void RefusesAGeometryThatIsNoPolygon(string json) =>
        Assert.That(Check(Grid with { Geometry = JsonDocument.Parse(json).RootElement }).Problem, Is.EqualTo("geometry"));

    [TestCase(0, 0, 5, 10, null)]
    [TestCase(0, 0, 5.0000001, 10, null)]
    [TestCase(0, 0, 6, 10, null, Description = "a sixth outside is for a person to judge, as when it is imported")]
    [TestCase(0, 0, 7, 10, "within its parent: 19")]
    [TestCase(20, 20, 21, 21, "within its parent: ")]
    public void HoldsANewAreaToItsParentsBorder(double west, double south, double east, double north, string? refusal)
    {
        // Beside C1's twin, which was drawn nowhere: only the border of S1 counts.
        var nodes = Center.Tree().Nodes.Select(node => node.Area.Code == "C1" ? node.Area with { Geometry = null } : node.Area);
        Assert.That(Place(new(nodes, 1), "S1", AreaKind.Community, Box(west, south, east, north)), refusal is null ? Is.Null : Does.Contain(refusal));
    }

    [Test]
    public void HoldsANewAreaToItsSiblingsBorders()
    {
        Assert.That(Place(Center.Tree(), "S2", AreaKind.Community, Box(5, 0, 10, 10)), Is.Null);
        Assert.That(Place(Center.Tree(), "S1", AreaKind.Community, Box(1, 1, 2, 2)), Does.Contain("it overlaps C1 by "));
        Assert.That(Place(Center.Tree(), "C1", AreaKind.Grid, Box(1, 1, 2, 2), "exclusive"), Is.Null, "a school lies upon the ordinary grid around it");
    }

    [Test]
    public void SeesLatitudeAndLongitudeExchanged() =>
        Assert.That(Place(Center.Tree(), "S2", AreaKind.Community, Raw((37.81, 112.56), (37.82, 112.56), (37.82, 112.57), (37.81, 112.56))), Does.Contain("longitude first").Or.Contain("latitude"));

    [Test]
    public void ComparesNoTwoCombsLaidAcrossEachOther()
    {
        var comb = Comb(2_000, upright: false);
        var nodes = Center.Tree().Nodes.Select(node => node.Area.Code == "S2" ? node.Area with { Geometry = GeoJsonReader.Read(JsonDocument.Parse(comb).RootElement, out _) } : node.Area);
        Assert.That(Place(new(nodes, 1), "S2", AreaKind.Community, Comb(2_000, upright: true)), Does.Contain("simpler"));
    }

    private static string Comb(int teeth, bool upright)
    {
        // Teeth from one side of a square to the other, on a back along the edge.
        var corners = new List<(double X, double Y)> { (5, 0) };
        for (var n = 0; n < teeth; n++)
        {
            var at = 5 * (n + 0.25) / teeth;
            var next = 5 * (n + 0.75) / teeth;
            corners.AddRange([(5.1, at), (9.9, at), (9.9, next), (5.1, next)]);
        }

        corners.AddRange([(5, 5), (5, 0)]);
        return Ring([.. corners.Select(corner => upright ? (corner.Y + 5, corner.X - 5) : corner)]);
    }

    private static string? Place(AreaTree tree, string parent, AreaKind kind, string geometry, string? gridType = null)
    {
        var arguments = new Arguments();
        AreaRules.Check(
            new NewArea("new", "New", null, kind.Name(), gridType, parent, JsonDocument.Parse(geometry).RootElement), tree.Find(parent), arguments);
        return arguments.Problem?.ProblemDetails.Detail;
    }

    private static (AreaDraft Draft, object? Problem) Check(NewArea area)
    {
        var arguments = new Arguments();
        var draft = AreaRules.Check(area, Tree.Find("c"), arguments);
        return (draft, arguments.Problem?.ProblemDetails.Extensions["argument"]);
    }
}
