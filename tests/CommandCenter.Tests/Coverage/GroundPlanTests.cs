using CommandCenter.Areas;
using CommandCenter.Contracts.Areas;
using CommandCenter.Coverage;
using CommandCenter.Coverage.Ground;
using CommandCenter.Demo;
using static CommandCenter.Tests.Coverage.Patrols;
using static CommandCenter.Tests.Coverage.SmallGround;

namespace CommandCenter.Tests.Coverage;

public sealed class GroundPlanTests
{
    [Test]
    public void NeighboursShareNoSquareAndLeaveNoneOutButThoseOfMasks()
    {
        var district = DemoDistrict.Generate(DemoPlan.Yingze(DemoSize.Small));
        var ids = district.Areas.Select((area, n) => (area.Code, Id: n + 1)).ToDictionary(one => one.Code, one => one.Id);
        var tree = new AreaTree(
            district.Areas.Select(area => new Area(ids[area.Code], area.Code, area.Name, null, area.Kind, area.GridType, area.Parent is null ? null : ids[area.Parent], area.Outline)), 1);
        var plan = new GroundPlan(tree, Zone, node => node.Area.Geometry, district.Water);
        var water = district.Water.SelectMany(shape => Squares(CellRaster.Of(shape, Zone))).ToHashSet();
        var outline = Squares(CellRaster.Of(district.Areas[0].Outline, Zone)).ToHashSet();

        var grids = tree.Nodes.Where(node => node.Area.Kind == AreaKind.Grid).SelectMany(node => Squares(plan.SpansOf(node.Area.Id))).ToList();

        Assert.That(water.Overlaps(outline), Is.True, "the demo has a lake or a river");
        var whole = grids.ToHashSet();
        Assert.That(whole, Has.Count.EqualTo(grids.Count), "none twice");
        Assert.That(whole.SetEquals(outline.Except(water)), Is.True, "none left out");
        Assert.That(whole.SetEquals(Squares(plan.SpansOf(tree.Nodes[0].Area.Id))), Is.True, "the whole is its grids");
        foreach (var node in tree.Nodes.Where(node => node.Area.Kind < AreaKind.Grid))
        {
            Assert.That(plan.CellsOf(node.Area.Id), Is.EqualTo(node.Children.Sum(child => plan.CellsOf(child.Area.Id))), node.Area.Code);
        }
    }

    [Test]
    public void SpansComeByRowAndJoinAcrossTiles()
    {
        var spans = Plan().SpansOf(District);

        var first = Cell(0, 0);
        Assert.That(spans, Is.EqualTo(Enumerable.Range(0, 4).Select(row => new CellSpan(first.Row + row, first.Column, first.Column + 16))));
    }

    [Test]
    public void AnExclusiveGridHasItsSquaresForItself()
    {
        var school = new Area(9, "D-9", "校", null, AreaKind.Grid, GridType.Exclusive, District, Box(2, 1, 4, 3));

        var plan = Plan(more: school);

        Assert.That((plan.CellsOf(9), plan.CellsOf(West), plan.CellsOf(District)), Is.EqualTo((4, 28, 64)));
        Assert.That(plan.UnitOf(Cell(2, 1))!.Area.Code, Is.EqualTo("D-9"));
    }

    [Test]
    public void AMicrogridHasWhatOfItsGridLiesInIt()
    {
        var plan = Plan(masks: [Box(1, 0, 2, 4)], more: new Area(9, "D-1-1", "微", null, AreaKind.Microgrid, null, West, Box(0, 0, 10, 2)));

        Assert.That((plan.CellsOf(9), plan.CellsOf(West)), Is.EqualTo((14, 28)), "8 by 2 squares without the column of water, and none of the neighbour's");
    }

    [Test]
    public void ACenterWithoutGridsIsShownByItsLowestAreas()
    {
        var tree = new AreaTree([new Area(1, "D", "区", null, AreaKind.District, null, null, Box(0, 0, 16, 4)), new Area(2, "S", "街", null, AreaKind.Subdistrict, null, 1, Box(0, 0, 5, 4))], 1);

        var plan = new GroundPlan(tree, Zone, node => node.Area.Geometry, []);

        Assert.That((plan.CellsOf(1), plan.CellsOf(2), plan.CellsOf(77)), Is.EqualTo((20, 20, 0)));
    }

    [Test]
    public void WaterWasWaterBeforeItWasDrawnAndClosedLandIsClosedFromThenOn()
    {
        var (noon, shape) = (new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero), Box(0, 0, 1, 1));
        var rules = new GroundRules(
            1,
            1,
            [
                new CoverageMask("lake", "湖", MaskKind.Water, shape, noon, null, "a"),
                new CoverageMask("site", "工地", MaskKind.Closed, shape, noon, null, "a"),
                new CoverageMask("drained", "塘", MaskKind.Water, shape, noon.AddDays(-9), noon, "a"),
            ],
            new Dictionary<int, CoverageTarget>());

        string[] Codes(DateTimeOffset ends) => [.. rules.MasksBefore(ends).Select(mask => mask.Code).Order()];
        Assert.That(Codes(noon.AddHours(12)), Is.EqualTo(new[] { "lake", "site" }));
        Assert.That(Codes(noon.AddDays(-1)), Is.EqualTo(new[] { "drained", "lake" }));
        Assert.That(Codes(noon.AddDays(-30)), Is.EqualTo(new[] { "drained", "lake" }));
    }

    [Test]
    public void ATargetHoldsForAllBelowThatHaveNoneOfTheirOwn()
    {
        var tree = Tree();
        var rules = new GroundRules(1, 1, [], new Dictionary<int, CoverageTarget> { [District] = new(District, 30, "a", default), [East] = new(East, 1, "a", default) });

        Assert.That((rules.DaysOf(tree.Find(District)), rules.DaysOf(tree.Find(West)), rules.DaysOf(tree.Find(East))), Is.EqualTo((30, 30, 1)));
        Assert.That(new GroundRules(1, 1, [], new Dictionary<int, CoverageTarget>()).DaysOf(tree.Find(West)), Is.EqualTo(7));
    }

    private static IEnumerable<CoverageCell> Squares(IEnumerable<CellSpan> spans) =>
        spans.SelectMany(span => Enumerable.Range(span.FirstColumn, span.Count).Select(column => new CoverageCell(column, span.Row)));
}
