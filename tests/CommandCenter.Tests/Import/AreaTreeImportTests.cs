using CommandCenter.Contracts.Import;
using static CommandCenter.Tests.Import.Center;

namespace CommandCenter.Tests.Import;

/// <summary>Area files against the tree that is stored.</summary>
public sealed class AreaTreeImportTests
{
    [Test]
    public void AddsAndChangesAndLeavesTheRestAlone()
    {
        var (plan, problems, _) = Take(Collection(
            New("G3", "grid", "C2", Box(5, 0, 10, 10)),
            Feature("G1", Box(0, 0, 5, 4), "\"name\":\"New name\",\"nameEn\":\"N\""),
            Feature("G2", Box(0, 5, 5, 10)),
            New("C2", "community", "S2", Box(5, 0, 10, 10))));
        Assert.That(problems.Errors, Is.Zero, () => string.Join('\n', problems.ToList()));
        Assert.That(plan!.Writes.Select(area => area.Code), Is.EqualTo(new[] { "C2", "G3", "G1" }).Or.EqualTo(new[] { "C2", "G1", "G3" }), "parents first");
        Assert.That(plan.Writes.Single(area => area.Code == "G1").Fields, Is.EqualTo(new[] { "name", "nameEn", "geometry" }));
        Assert.That(plan.Unchanged, Is.EqualTo(1));
        Assert.That(plan.Left, Is.Zero, "nothing stored lies under or beside what the file speaks of");
    }

    [Test]
    public void CallsAFileThatSaysWhatIsStoredUnchanged()
    {
        // Another first corner, the other way round, more digits and as a MultiPolygon of one: the same ground.
        var turned = $$"""{"type":"MultiPolygon","coordinates":[[[[{{X(5)}},{{Y(5)}}],[{{X(5)}},{{Y(0)}}],[{{X(0)}}000000001,{{Y(0)}}],[{{X(0)}},{{Y(5)}}],[{{X(5)}},{{Y(5)}}]]]]}""";
        var (plan, problems, _) = Take(Collection(Feature("G1", turned, "\"name\":\"G1\",\"kind\":\"grid\",\"gridType\":\"ordinary\",\"parent\":\"C1\"")));
        Assert.That((plan!.Unchanged, plan.Writes.Count, problems.Errors), Is.EqualTo((1, 0, 0)), () => string.Join('\n', problems.ToList()));
    }

    [Test]
    public void KeepsWhatTheFileDoesNotSay()
    {
        var (plan, _, _) = Take(Collection(Feature("G1", "null", "\"name\":\"Renamed\"")));
        var area = plan!.Writes.Single();
        Assert.That((area.Parent, $"{area.Kind} {area.GridType}", area.Geometry is not null), Is.EqualTo(("C1", "Grid Ordinary", true)));
        Assert.That(area.Fields, Is.EqualTo(new[] { "name" }));
    }

    [Test]
    public void FindsParentsInTheFileWhateverTheOrder()
    {
        var (plan, problems, _) = Take(Collection(
            New("M1", "microgrid", "N1", "null"), New("N1", "grid", "N0", "null"), New("N0", "community", "S2", "null")));
        Assert.That(problems.Errors, Is.Zero);
        Assert.That(plan!.Writes.Select(area => area.Code), Is.EqualTo(new[] { "N0", "N1", "M1" }));
    }

    [Test]
    public void RefusesAParentThatIsNowhereOrOutside()
    {
        Assert.That(Take(Collection(New("N1", "grid", "nowhere", "null"))).Problems.Said(), Has.Member("1 N1 UnknownParent Error"));
        Assert.That(Take(Collection(New("N1", "community", "S2", "null")), "S1").Problems.Said(), Has.Member("1 N1 UnknownParent Error"));
    }

    [Test]
    public void RefusesCodesOfAreasOutside() =>
        Assert.That(Take(Collection(Feature("S2", "null")), "S1").Problems.Said(), Is.EqualTo(new[] { "1 S2 NoGeometry Warning" }.Prepend("1 S2 CodeTaken Error")));

    [Test]
    public void RefusesNewAreasWithoutNameKindOrParent() =>
        Assert.That(
            Take(Collection(Feature("N1", Box(5, 0, 10, 10)))).Problems.ToList().Select(p => (p.Problem, p.Field)),
            Is.EqualTo(new[] { (ImportFault.Missing, "name"), (ImportFault.Missing, "kind"), (ImportFault.Missing, "parent") }));

    [Test]
    public void RefusesAKindThatIsNotBelowItsParents()
    {
        Assert.That(Take(Collection(New("N1", "community", "G1", "null"))).Problems.Said(), Has.Member("1 N1 KindNotBelowParent Error"));

        // Not the row's own parent but a stored child would no longer fit.
        var (_, problems, _) = Take(Collection(Feature("C1", "null", "\"kind\":\"microgrid\"")));
        Assert.That(problems.ToList().Where(p => p.Problem == ImportFault.KindNotBelowParent).Select(p => p.Other), Is.EqualTo(new[] { "G1", "G2" }));
    }

    [Test]
    public void RefusesAGridTypeOnWhatIsNoGrid() =>
        Assert.That(Take(Collection(Feature("C1", "null", "\"gridType\":\"exclusive\""))).Problems.Said(), Has.Member("1 C1 Invalid Error"));

    [Test]
    public void FindsRingsOfParents()
    {
        var (_, problems, _) = Take(Collection(
            New("A", "community", "B", "null"), New("B", "grid", "C", "null"), New("C", "microgrid", "A", "null"), New("N", "community", "N", "null")));
        Assert.That(problems.ToList().Where(p => p.Problem == ImportFault.Cycle).Select(p => p.Code), Is.EqualTo(new[] { "A", "N" }));
    }

    [Test]
    public void LeavesTheImportersOwnPlaceInTheTreeAlone()
    {
        Assert.That(Take(Collection(Feature("S1", "null", "\"name\":\"Mine\",\"kind\":\"subdistrict\",\"parent\":\"D\"")), "S1").Problems.Errors, Is.Zero);
        Assert.That(Take(Collection(Feature("S1", "null", "\"parent\":\"S2\"")), "S1").Problems.Said(), Has.Member("1 S1 OwnArea Error"));
        Assert.That(Take(Collection(Feature("S1", "null", "\"kind\":\"community\"")), "S1").Problems.Said(), Has.Member("1 S1 OwnArea Error"));
        Assert.That(Take(Collection(Feature("D", "null", "\"parent\":\"S1\""))).Problems.Said(), Has.Member("1 D OwnArea Error"));
        Assert.That(Take(Collection(Feature("S1", Box(0, 0, 500, 500))), "S1").Problems.Said(), Has.Member("1 S1 OwnArea Error"), "a border of one's own");
        Assert.That(Take(Collection(Feature("D", Box(0, 0, 500, 500)))).Problems.Said(), Has.No.Member("1 D OwnArea Error"), "a root has nobody above");
    }

    [Test]
    public void CountsWhatIsStoredButNotInTheFile()
    {
        Assert.That(Take(Collection(Feature("D", "null"))).Plan!.Left, Is.EqualTo(5));
        Assert.That(Take(Collection(Feature("G1", "null"))).Plan!.Left, Is.EqualTo(1), "its sibling");
        Assert.That(Take(Collection(Feature("C1", "null"), Feature("G1", "null"), Feature("G2", "null"))).Plan!.Left, Is.Zero);
    }
}
