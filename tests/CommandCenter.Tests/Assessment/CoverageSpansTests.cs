using CommandCenter.Assessment.Sources;
using CommandCenter.Coverage;

namespace CommandCenter.Tests.Assessment;

public sealed class CoverageSpansTests
{
    private static readonly DateOnly October = new(2026, 10, 1);
    private static readonly DateOnly November = new(2026, 11, 1);

    [TestCase(1, ExpectedResult = 31)]
    [TestCase(7, ExpectedResult = 4)]
    [TestCase(30, ExpectedResult = 1)]
    [TestCase(60, ExpectedResult = 1)]
    public int AMonthHasAsManySpansAsTheTargetFitsInto(int target) => CoverageSpans.Of(October, November, November, target).Count;

    [Test]
    public void AWeekAsksNothingOfWhatIsDueOnceAMonth() => Assert.That(CoverageSpans.Of(October, October.AddDays(7), November, 30).Count, Is.Zero);

    [Test]
    public void OnlySpansThatHaveGoneByAreDue()
    {
        var spans = CoverageSpans.Of(October, November, October.AddDays(13), 7);
        Assert.That((spans.Count, spans.SpanOf(October.AddDays(6)), spans.SpanOf(October.AddDays(7)), spans.SpanOf(October.AddDays(-1))), Is.EqualTo((1, 0, -1, -1)));
    }

    [Test]
    public void ASquareCountsOnceASpanAndNotWhereItIsExcluded()
    {
        var ground = new GroundArea([new CellSpan(5, 10, 14), new CellSpan(6, 10, 12)]);
        var spans = CoverageSpans.Of(October, November, November, 7);
        var squares = new VisitedSquares(ground, spans, [true, false, true, true]);
        foreach (var day in new[] { 0, 1, 8, 15, 29 })
        {
            squares.Add(October.AddDays(day), new CoverageCell(11, 5));
        }

        squares.Add(October, new CoverageCell(20, 5));
        Assert.That((squares.Visited, squares.Due), Is.EqualTo((2, 18)));
        Assert.That(squares.Runs(), Is.EqualTo(new CellRun[] { new(5, 10, 1, 0), new(5, 11, 1, 2), new(5, 12, 2, 0), new(6, 10, 2, 0) }));
    }

    [Test]
    public void EachSquareHasItsPlaceAndNoOtherHasOne()
    {
        var ground = new GroundArea([new CellSpan(5, 10, 12), new CellSpan(5, 20, 21), new CellSpan(8, 10, 11)]);
        CoverageCell[] cells = [new(10, 5), new(11, 5), new(20, 5), new(10, 8)];
        Assert.That(cells.Select(ground.PlaceOf), Is.EqualTo(new[] { 0, 1, 2, 3 }));
        Assert.That(new CoverageCell[] { new(12, 5), new(10, 6), new(10, 4), new(10, 9) }.Select(ground.PlaceOf), Has.All.EqualTo(-1));
        Assert.That(GroundArea.Empty.PlaceOf(new(0, 0)), Is.EqualTo(-1));
    }
}
