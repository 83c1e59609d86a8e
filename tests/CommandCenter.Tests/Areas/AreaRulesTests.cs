using System.Text.Json;
using CommandCenter.Areas;
using CommandCenter.Contracts.Areas;
using CommandCenter.Http;

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

    private static (AreaDraft Draft, object? Problem) Check(NewArea area)
    {
        var arguments = new Arguments();
        var draft = AreaRules.Check(area, Tree.Find("c"), arguments);
        return (draft, arguments.Problem?.ProblemDetails.Extensions["argument"]);
    }
}
