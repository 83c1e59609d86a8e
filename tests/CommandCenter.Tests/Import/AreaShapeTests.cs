using CommandCenter.Contracts.Import;
using CommandCenter.Geo;
using static CommandCenter.Tests.Import.Center;

namespace CommandCenter.Tests.Import;

/// <summary>Polygons that are none.</summary>
public sealed class AreaShapeTests
{
    [TestCase("7", ImportFault.UnreadableGeometry)]
    [TestCase("""{"type":"Polygon"}""", ImportFault.UnreadableGeometry)]
    [TestCase("""{"type":"Point","coordinates":[112.5,37.8]}""", ImportFault.UnreadableGeometry)]
    [TestCase("""{"type":"LineString","coordinates":[[112.5,37.8],[112.6,37.8]]}""", ImportFault.UnreadableGeometry)]
    [TestCase("""{"type":"Polygon","coordinates":[[[112.5,37.8],[112.6,37.8],[112.6,37.9],[112.5,37.9]]]}""", ImportFault.UnreadableGeometry)]
    [TestCase("""{"type":"Polygon","coordinates":[[[112.5,37.8],[112.6,"x"],[112.6,37.9],[112.5,37.8]]]}""", ImportFault.UnreadableGeometry)]
    [TestCase("""{"type":"Polygon","coordinates":[]}""", ImportFault.EmptyGeometry)]
    [TestCase("""{"type":"MultiPolygon","coordinates":[]}""", ImportFault.EmptyGeometry)]
    [TestCase("""{"type":"Polygon","coordinates":[[[112.5,37.8],[112.6,37.8],[112.5,37.8],[112.5,37.8]]]}""", ImportFault.EmptyGeometry)]
    [TestCase("""{"type":"Polygon","coordinates":[[[37.8,112.5],[37.8,112.6],[37.9,112.6],[37.8,112.5]]]}""", ImportFault.LatitudeFirst)]
    [TestCase("""{"type":"Polygon","coordinates":[[[12523000,4549000],[12524000,4549000],[12524000,4550000],[12523000,4549000]]]}""", ImportFault.NotDegrees)]
    public void NamesWhatIsWrongWithAGeometry(string geometry, ImportFault expected)
    {
        var (_, problems, _) = Take(Collection(Feature("G1", geometry)));
        var problem = problems.Only();
        Assert.That((problem.Row, problem.Code, problem.Field, problem.Problem, problem.Severity), Is.EqualTo((1, "G1", "geometry", expected, ImportSeverity.Error)));
    }

    [Test]
    public void SaysWhereABowTieCrossesAndMendsNothing()
    {
        var (plan, problems, _) = Take(Collection(Feature("G1", Ring((0, 0), (4, 4), (4, 0), (0, 4), (0, 0)))));
        var problem = problems.Only();
        Assert.That(problem.Problem, Is.EqualTo(ImportFault.SelfIntersection));
        Assert.That(problem.At, Is.EqualTo(new[] { X(2), Y(2) }).Within(1e-6));
        Assert.That(problem.Detail, Does.Contain("2 parts"));
        Assert.That(plan!.Writes, Is.Empty, "what is stored stays planned");
    }

    [Test]
    public void RecognisesLatitudeFirstWhereBothWouldBeDegrees()
    {
        // West of 90°, so the order alone does not show: the parent does.
        var tree = new CommandCenter.Areas.AreaTree(
            [
                new(1, "K", "K", null, CommandCenter.Contracts.Areas.AreaKind.District, null, null, Wgs84.Factory.ToGeometry(new(75, 77, 38, 40))),
            ],
            1);
        var (_, problems, _) = Take(Collection(New("K1", "community", "K", Raw((39, 76), (39, 76.1), (39.1, 76.1), (39, 76)))), "K", tree: tree);
        Assert.That(problems.Only().Problem, Is.EqualTo(ImportFault.LatitudeFirst));
    }

    [TestCase(Datum.Gcj02)]
    [TestCase(Datum.Bd09)]
    public void BringsADeclaredDatumBackToWgs84(Datum datum)
    {
        (double X, double Y)[] board = [(0, 0), (5, 0), (5, 5), (0, 5), (0, 0)];
        var shifted = board.Select(at => datum == Datum.Gcj02 ? Gcj02.FromWgs84(X(at.X), Y(at.Y)) : Bd09.FromWgs84(X(at.X), Y(at.Y))).ToArray();
        var (declared, said, _) = Take(Collection(Feature("G1", Raw(shifted))), datum: datum);
        Assert.That((declared!.Unchanged, said.Errors), Is.EqualTo((1, 0)), "it is the stored polygon");
        var (undeclared, _, _) = Take(Collection(Feature("G1", Raw(shifted))));
        Assert.That(undeclared!.Unchanged, Is.Zero);
    }
}
