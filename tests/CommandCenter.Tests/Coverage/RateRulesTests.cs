using CommandCenter.Coverage.Answers;
using CommandCenter.Http;
using CommandCenter.Web;
using static CommandCenter.Tests.Coverage.SmallGround;

namespace CommandCenter.Tests.Coverage;

public sealed class RateRulesTests
{
    /// <summary>By pencil: the west (28 squares without its water) is due every third day, the east (32) every tenth; the week has days 0 to 6.</summary>
    [Test]
    public void AreThoseThatWereCountedByHand()
    {
        var plan = Plan(masks: [Box(4, 0, 5, 4)]);
        var whole = Of(plan, District);
        var rates = new RateRules([whole, Of(plan, West), Of(plan, East)], Week, 60, unit => plan.Units[unit].Area.Id == West ? 3 : 10);

        rates.Add(
            whole.Tiles,
            [
                On(-12, (8, 1, 1, 30)),                                // east, overdue on day 0: due on the last day, visited on day 6
                On(-5, (9, 0, 1, 30)),                                 // east, due on day 5, not visited
                On(-1, (0, 0, 1, 30), (8, 0, 1, 30)),                  // west, due on day 2; east, due on day 9: not in this week
                On(0, (1, 0, 1, 40)),                                  // west, never before: due on day 2
                On(2, (0, 0, 2, 50), (4, 0, 9, 999)),                  // in time; the water counts for nothing
                On(4, (2, 0, 1, 30), (3, 0, 0, 20)),                   // west, never before and due on day 2: too late; a pass
                On(6, (8, 1, 1, 60), (0, 0, 1, 31)),
            ]);

        var (all, west, east) = (rates.Counts[0], rates.Counts[1], rates.Counts[2]);
        Assert.Multiple(() =>
        {
            Assert.That((west.Visited, east.Visited, all.Visited), Is.EqualTo((3, 1, 4)));
            Assert.That((west.Visits, east.Visits, all.Visits), Is.EqualTo((5, 1, 6)));
            Assert.That((west.DwellMs, east.DwellMs), Is.EqualTo((171_000, 60_000)));
            Assert.That(west.Planned, Is.EqualTo(28), "all of the west falls due within three days");
            Assert.That(west.Done, Is.EqualTo(2), "(0,0) and (1,0)");
            Assert.That(east.Planned, Is.EqualTo(31), "all but (8,0), which is due after the week");
            Assert.That(east.Done, Is.EqualTo(1), "(8,1)");
            Assert.That(west.Blind, Is.EqualTo(28 - 2), "(0,0) and (2,0) were visited within three days of the end");
            Assert.That(east.Blind, Is.EqualTo(32 - 2), "all but (8,1) and (8,0), which is seven days old; (9,0) is eleven, and nineteen were looked back");
            Assert.That((all.Planned, all.Done), Is.EqualTo((59, 3)));
            Assert.That(rates.Trend.OrderBy(day => day.Key).Select(day => day.Value), Is.EqualTo(new[] { 1, 1, 1, 2 }));
        });

        CoverageDayTiles On(int day, params (int, int, int, int)[] done) => Day(whole, Week.From.AddDays(day), done);
    }

    [Test]
    public void NothingIsPlannedNorBlindWhereNoDayIsKnown()
    {
        var whole = Of(Plan(), District);
        var rates = new RateRules([whole], Week, 60, _ => 7);

        rates.Add(whole.Tiles, []);

        Assert.That((rates.Counts[0].Planned, rates.Counts[0].Blind, rates.Trend.Count), Is.EqualTo((0, 0, 0)));
        Assert.That(rates.Counts[0].Unknown, Is.EqualTo(whole.Count));
    }

    [Test]
    public void ANewCentersSquaresAreNeitherBlindNorNotUntilTheirTargetHasPassed()
    {
        var whole = Of(Plan(), District);
        var rates = new RateRules([whole], Week, 60, _ => 3);

        rates.Add(whole.Tiles, [Day(whole, Week.Last.AddDays(-1)), Day(whole, Week.Last, (0, 0, 1, 31))]);

        Assert.That((rates.Counts[0].Blind, rates.Counts[0].Unknown), Is.EqualTo((0, whole.Count - 1)));
    }

    [TestCase(null, null, "2026-11-17", "2026-11-24", "2026-11-23")]
    [TestCase("2026-11-20", null, "2026-11-20", "2026-11-24", "2026-11-23")]
    [TestCase("2026-10-01", null, "2026-10-01", "2026-10-08", "2026-10-07")]
    [TestCase(null, "2026-11-10", "2026-11-03", "2026-11-10", "2026-11-09")]
    [TestCase("2026-11-23", "2026-11-30", "2026-11-23", "2026-11-30", "2026-11-23")]
    public void WindowsAreDaysOfTheCentersZone(string? from, string? to, string first, string end, string last)
    {
        var arguments = new Arguments();

        // Half past midnight in Shanghai.
        var window = CoverageWindow.Read(from, to, 400, new DateTimeOffset(2026, 11, 22, 16, 30, 0, TimeSpan.Zero), new CenterOptions(), arguments);

        Assert.That(window, Is.EqualTo(new CoverageWindow(DateOnly.Parse(first), DateOnly.Parse(end), DateOnly.Parse(last))));
    }

    [TestCase("2026-11-24", null, "from")]
    [TestCase("2026-11-20", "2026-11-20", "to")]
    [TestCase("2025-01-01", "2026-11-20", "to")]
    [TestCase("20.11.2026", null, "from")]
    [TestCase(null, "2026-11-31", "to")]
    [TestCase("1999-12-31", null, "from")]
    public void OtherWindowsAreRefusedByName(string? from, string? to, string argument)
    {
        var arguments = new Arguments();

        var window = CoverageWindow.Read(from, to, 400, new DateTimeOffset(2026, 11, 22, 16, 30, 0, TimeSpan.Zero), new CenterOptions(), arguments);

        Assert.That(window, Is.Null);
        Assert.That(arguments.Problem!.ProblemDetails.Extensions["argument"], Is.EqualTo(argument));
    }
}
