using CommandCenter.Jobs;
using CommandCenter.Web;

namespace CommandCenter.Tests.Jobs;

/// <summary>Windows are whole days of the center's zone, whatever its clocks and the calendar do.</summary>
public sealed class JobWindowTests
{
    private static readonly CenterOptions Shanghai = new() { TimeZone = "Asia/Shanghai" };
    private static readonly CenterOptions Berlin = new() { TimeZone = "Europe/Berlin" };
    private static readonly CenterOptions Havana = new() { TimeZone = "America/Havana" };

    [TestCase(JobWindowRule.Today, "2026-03-01", "2026-03-01", "2026-03-02")]
    [TestCase(JobWindowRule.Yesterday, "2026-03-01", "2026-02-28", "2026-03-01")]
    [TestCase(JobWindowRule.Yesterday, "2028-03-01", "2028-02-29", "2028-03-01")]
    [TestCase(JobWindowRule.Yesterday, "2027-01-01", "2026-12-31", "2027-01-01")]
    [TestCase(JobWindowRule.LastWeek, "2026-11-23", "2026-11-16", "2026-11-23", Description = "a Monday")]
    [TestCase(JobWindowRule.LastWeek, "2026-11-22", "2026-11-09", "2026-11-16", Description = "a Sunday: its own week has not ended")]
    [TestCase(JobWindowRule.LastMonth, "2026-03-31", "2026-02-01", "2026-03-01")]
    [TestCase(JobWindowRule.LastMonth, "2027-01-01", "2026-12-01", "2027-01-01")]
    [TestCase(JobWindowRule.LastQuarter, "2026-03-31", "2025-10-01", "2026-01-01")]
    [TestCase(JobWindowRule.LastQuarter, "2026-04-01", "2026-01-01", "2026-04-01")]
    [TestCase(JobWindowRule.LastQuarter, "2026-12-31", "2026-07-01", "2026-10-01")]
    public void ARuleAsksForDays(JobWindowRule rule, string day, string from, string to) =>
        Assert.That(JobWindowRules.Of(rule, DateOnly.Parse(day)), Is.EqualTo((DateOnly.Parse(from), DateOnly.Parse(to))));

    [Test]
    public void ADayHasTheHoursThatTheClocksGiveIt()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Hours("2026-03-28", Berlin), Is.EqualTo(24));
            Assert.That(Hours("2026-03-29", Berlin), Is.EqualTo(23), "put forward");
            Assert.That(Hours("2026-10-25", Berlin), Is.EqualTo(25), "put back");
            Assert.That(Hours("2026-03-08", Havana), Is.EqualTo(23), "put forward at midnight, so that the day begins at one");
            Assert.That(Hours("2026-11-01", Havana), Is.EqualTo(25), "put back at one, so that there are two midnights");
            Assert.That(Hours("1991-04-14", Shanghai), Is.EqualTo(23));
        });
    }

    [Test]
    public void DaysFollowOneAnotherWithoutGapOrOverlap([Values("Asia/Shanghai", "Europe/Berlin", "America/Havana", "Asia/Kathmandu")] string zone)
    {
        var center = new CenterOptions { TimeZone = zone };
        for (var day = new DateOnly(2026, 1, 1); day.Year == 2026; day = day.AddDays(1))
        {
            var window = JobWindow.Of(day, day.AddDays(1), center);
            Assert.That(JobWindow.DayOf(window.Starts, center), Is.EqualTo(day));
            Assert.That(JobWindow.DayOf(window.Ends.AddTicks(-1), center), Is.EqualTo(day));
            Assert.That(window.Ends, Is.EqualTo(JobWindow.StartOf(day.AddDays(1), center)));
        }
    }

    [TestCase("2026-11-01T00:00:00+08:00", "2026-11-02T00:00:00+08:00", "2026-11-01", "2026-11-02", Description = "whole days stay as they are")]
    [TestCase("2026-11-01T23:59:59+08:00", "2026-11-02T00:00:01+08:00", "2026-11-01", "2026-11-03")]
    [TestCase("2026-01-31T23:00:00Z", "2026-01-31T23:00:01Z", "2026-02-01", "2026-02-02", Description = "already February there")]
    public void ASpanWidensToWholeDays(string from, string to, string first, string after)
    {
        var window = JobWindowRules.Widened(DateTimeOffset.Parse(from), DateTimeOffset.Parse(to), Shanghai);
        Assert.That((window.From, window.To), Is.EqualTo((DateOnly.Parse(first), DateOnly.Parse(after))));
        Assert.That(window.Days.Count(), Is.EqualTo(window.DayCount));
    }

    private static double Hours(string day, CenterOptions center)
    {
        var date = DateOnly.Parse(day);
        var window = JobWindow.Of(date, date.AddDays(1), center);
        return (window.Ends - window.Starts).TotalHours;
    }
}
