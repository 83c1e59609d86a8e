using CommandCenter.Assessment.Periods;

namespace CommandCenter.Tests.Assessment;

public sealed class PeriodRulesTests
{
    [TestCase("2026-11-01", "2026-10-26", "2026-11-02", TestName = "SundayIsTheLastDayOfItsWeek")]
    [TestCase("2026-11-02", "2026-11-02", "2026-11-09", TestName = "MondayIsTheFirst")]
    [TestCase("2027-01-01", "2026-12-28", "2027-01-04", TestName = "AWeekMayLieInTwoYears")]
    public void WeeksBeginOnMondays(string day, string starts, string ends) =>
        Assert.That(PeriodRules.Of(PeriodKind.Week, DateOnly.Parse(day)), Is.EqualTo(new Period(PeriodKind.Week, DateOnly.Parse(starts), DateOnly.Parse(ends))));

    [TestCase("2028-02-29", "2028-02-01", "2028-03-01", "2028-01-01", "2028-04-01")]
    [TestCase("2026-12-31", "2026-12-01", "2027-01-01", "2026-10-01", "2027-01-01")]
    public void MonthsAndQuartersAreThoseOfTheCalendar(string day, string monthStarts, string monthEnds, string quarterStarts, string quarterEnds)
    {
        Assert.That(PeriodRules.Of(PeriodKind.Month, DateOnly.Parse(day)), Is.EqualTo(new Period(PeriodKind.Month, DateOnly.Parse(monthStarts), DateOnly.Parse(monthEnds))));
        Assert.That(PeriodRules.Of(PeriodKind.Quarter, DateOnly.Parse(day)), Is.EqualTo(new Period(PeriodKind.Quarter, DateOnly.Parse(quarterStarts), DateOnly.Parse(quarterEnds))));
    }

    [Test]
    public void AWindowMakesAllThatItTouchesAndNothingToCome()
    {
        var today = new DateOnly(2026, 11, 2);
        Assert.That(
            PeriodRules.Touched(new DateOnly(2026, 10, 31), new DateOnly(2026, 11, 2), today).Select(period => (period.Kind, period.Starts.ToString("MM-dd"))),
            Is.EqualTo(new[] { (PeriodKind.Week, "10-26"), (PeriodKind.Month, "10-01"), (PeriodKind.Month, "11-01"), (PeriodKind.Quarter, "10-01") }));
        Assert.That(PeriodRules.Touched(new DateOnly(2026, 11, 1), new DateOnly(2027, 3, 1), today).Select(period => period.Starts), Has.All.LessThanOrEqualTo(today));
    }

    [Test]
    public void ThePeriodBeforeEndsWhereOneBegins()
    {
        foreach (var kind in Enum.GetValues<PeriodKind>())
        {
            var period = PeriodRules.Of(kind, new DateOnly(2026, 3, 31));
            Assert.That(PeriodRules.Before(period).Ends, Is.EqualTo(period.Starts));
        }

        Assert.That(PeriodRules.MonthsOf(PeriodRules.Of(PeriodKind.Quarter, new DateOnly(2026, 2, 1))).Select(month => month.Starts.Month), Is.EqualTo(new[] { 1, 2, 3 }));
    }
}
