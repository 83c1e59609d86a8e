using System.Diagnostics;
using CommandCenter.Contracts.Areas;
using CommandCenter.Contracts.Import;
using CommandCenter.Import;
using static CommandCenter.Tests.Import.Center;

namespace CommandCenter.Tests.Import;

/// <summary>Overlaps, gaps, and parts outside; a unit of the board is about 880 m by 1,112 m.</summary>
public sealed class AreaFitTests
{
    [Test]
    public void MeasuresAnOverlapOfSiblingsAndSaysWhere()
    {
        var (_, problems, _) = Take(Collection(Feature("G1", Box(0, 0, 5, 6))));
        var problem = problems.Only();
        Assert.That((problem.Problem, problem.Severity, problem.Row, problem.Code, problem.Other), Is.EqualTo((ImportFault.Overlap, ImportSeverity.Error, 1, "G1", "G2")));
        Assert.That(problem.SquareMeters, Is.EqualTo(5 * 977_000).Within(2).Percent);
        Assert.That(problem.At![0], Is.InRange(X(0), X(5)));
        Assert.That(problem.At[1], Is.InRange(Y(5), Y(6)));
    }

    [TestCase(5.0000001, null)]
    [TestCase(5.0005, ImportSeverity.Warning)]
    [TestCase(5.2, ImportSeverity.Error)]
    public void WeighsAnOverlapByItsSize(double north, ImportSeverity? expected)
    {
        var (_, problems, _) = Take(Collection(Feature("G1", Box(0, 0, 5, north))));
        Assert.That(problems.ToList().SingleOrDefault()?.Severity, Is.EqualTo(expected));
    }

    [Test]
    public void LetsAnExclusiveGridLieUponAnOrdinaryOne()
    {
        var (_, problems, _) = Take(Collection(Feature(
            "X1", Box(1, 1, 2, 2), "\"name\":\"School\",\"kind\":\"grid\",\"gridType\":\"exclusive\",\"parent\":\"C1\"")));
        var problem = problems.Only();
        Assert.That((problem.Problem, problem.Severity, problem.Other), Is.EqualTo((ImportFault.Overlap, ImportSeverity.Warning, "G1")));
    }

    [TestCase(5.0, null)]
    [TestCase(5.00000001, null)]
    [TestCase(5.5, ImportSeverity.Warning)]
    [TestCase(9, ImportSeverity.Error)]
    public void WeighsWhatLiesOutsideOfTheParent(double east, ImportSeverity? expected)
    {
        var (_, problems, _) = Take(Collection(Feature("G1", Box(0, 0, east, 5))));
        var outside = problems.ToList().SingleOrDefault(p => p.Problem == ImportFault.OutsideParent);
        Assert.That(outside?.Severity, Is.EqualTo(expected));
        if (outside is not null)
        {
            Assert.That((outside.Code, outside.Other), Is.EqualTo(("G1", "C1")));
            Assert.That(outside.SquareMeters, Is.EqualTo((east - 5) * 5 * 977_000).Within(2).Percent);
            Assert.That(outside.At![0], Is.GreaterThan(X(5)));
        }
    }

    [Test]
    public void NamesTheParentsRowWhenItShrinksUnderItsChildren()
    {
        var (_, problems, _) = Take(Collection(Feature("C1", Box(0, 0, 5, 6))));
        Assert.That(problems.ToList().Single(p => p.Problem == ImportFault.OutsideParent), Has.Property("Code").EqualTo("C1").And.Property("Other").EqualTo("G2"));
    }

    [Test]
    public void FindsTheGapThatChildrenLeave()
    {
        var (_, problems, _) = Take(Collection(Feature("G1", Box(0, 0, 5, 4.5))));
        var problem = problems.Only();
        Assert.That((problem.Problem, problem.Severity, problem.Row, problem.Code), Is.EqualTo((ImportFault.Gap, ImportSeverity.Warning, 0, "C1")));
        Assert.That(problem.SquareMeters, Is.EqualTo(2.5 * 977_000).Within(2).Percent);
        Assert.That(problem.At![1], Is.InRange(Y(4.5), Y(5)));
    }

    [Test]
    public void CallsNoGapWhatChildrenHardlyCover() =>
        Assert.That(Take(Collection(Feature("G1", Box(0, 0, 5, 1)))).Problems.ToList(), Is.Empty);

    [Test]
    public void LooksAtNoPairThatTheFileDoesNotTouch()
    {
        // S1 and S2 are stored overlapping by somebody's fault; importing a grid is not the time to hear of it.
        var nodes = Tree().Nodes.Select(node => node.Area.Code == "S2" ? node.Area with { Geometry = Shape(3, 0, 10, 10) } : node.Area);
        Assert.That(Take(Collection(Feature("G1", Box(0, 0, 5, 5))), tree: new(nodes, 1)).Problems.ToList(), Is.Empty);
    }

    [Test]
    public void SeesSlantedNeighboursDrawnFromTheSameCornersAsTouching()
    {
        var (_, problems, _) = Take(Collection(
            Feature("G1", Ring((0, 0), (5, 0), (5, 3.3333333), (2.7182818, 5.1), (0, 6.6666667), (0, 0))),
            Feature("G2", Ring((0, 6.6666667), (2.7182818, 5.1), (5, 3.3333333), (5, 10), (0, 10), (0, 6.6666667)))));
        Assert.That(problems.ToList(), Is.Empty);
    }

    [Test]
    public void ValidatesTenThousandGridsInSeconds()
    {
        // 100 by 100 grids, each border of 40 corners, all siblings; one of them reaches into its neighbour.
        var features = new List<string> { New("BIG", "community", "S2", Box(5, 0, 10, 10)) };
        for (var i = 0; i < 10_000; i++)
        {
            var (west, south) = (5 + (i % 100 * 0.05), i / 100 * 0.1);
            var reach = i == 5_050 ? 0.02 : 0;
            var edge = Enumerable.Range(0, 40).Select(k => (west + (k * 0.05 / 40) + (k > 0 ? reach : 0), south));
            features.Add(New($"B{i}", "grid", "BIG", Ring(
                [.. edge, (west + 0.05 + reach, south), (west + 0.05 + reach, south + 0.1), (west, south + 0.1), (west, south)])));
        }

        var clock = Stopwatch.StartNew();
        var (plan, problems, _) = Take(Collection([.. features]));
        TestContext.Out.WriteLine($"{clock.Elapsed.TotalSeconds:F1} s");
        Assert.That(plan!.Writes, Has.Count.EqualTo(10_001));
        Assert.That(problems.Said(), Is.EqualTo(new[] { "5053 B5051 Overlap Error" }));
        Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromSeconds(60)), "two orders above what it takes: a bound on the order, not on the machine");
    }

    [Test]
    public void GivesUpOnAFileInWhichEverythingOverlaps()
    {
        var features = Enumerable.Range(0, 4_000).Select(i => New($"O{i}", "community", "S2", Box(5 + (i * 0.0001), 0, 9 + (i * 0.0001), 10)));
        var (_, problems, _) = Take(Collection([.. features]));
        Assert.That(problems.Errors, Is.GreaterThan(ImportProblems.MaxListed));
        Assert.That(problems.ToList(), Has.Count.EqualTo(ImportProblems.MaxListed));
    }
}
