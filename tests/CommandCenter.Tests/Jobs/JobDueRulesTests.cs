using CommandCenter.Jobs;
using CommandCenter.Web;

namespace CommandCenter.Tests.Jobs;

/// <summary>When schedules fall due, and which windows they then ask for.</summary>
public sealed class JobDueRulesTests
{
    private static readonly CenterOptions Shanghai = new() { TimeZone = "Asia/Shanghai" };
    private static readonly CenterOptions Berlin = new() { TimeZone = "Europe/Berlin" };
    private static readonly TimeOnly HalfPastTwo = new(2, 30);

    [Test]
    public void SchedulesFallDueInTheCentersZone() => Assert.Multiple(() =>
    {
        Assert.That(Next(JobSchedule.Daily(HalfPastTwo), "2026-11-23T02:30:00+08:00"), Is.EqualTo(At("2026-11-24T02:30:00+08:00")), "exclusive");
        Assert.That(Next(JobSchedule.Weekly(DayOfWeek.Monday, HalfPastTwo), "2026-11-23T02:29:59+08:00"), Is.EqualTo(At("2026-11-23T02:30:00+08:00")));
        Assert.That(Next(JobSchedule.Weekly(DayOfWeek.Sunday, HalfPastTwo), "2026-11-23T12:00:00+08:00"), Is.EqualTo(At("2026-11-29T02:30:00+08:00")));
        Assert.That(Next(JobSchedule.Monthly(1, HalfPastTwo), "2026-12-02T00:00:00+08:00"), Is.EqualTo(At("2027-01-01T02:30:00+08:00")));
        Assert.That(Next(JobSchedule.Quarterly(2, HalfPastTwo), "2026-11-23T00:00:00+08:00"), Is.EqualTo(At("2027-01-02T02:30:00+08:00")));
        Assert.That(Next(JobSchedule.EveryMinutes(15), "2026-11-23T10:46:00+08:00"), Is.EqualTo(At("2026-11-23T11:00:00+08:00")));
        Assert.That(Next(JobSchedule.EveryMinutes(60), "2026-11-23T10:00:00+08:00"), Is.EqualTo(At("2026-11-23T11:00:00+08:00")));
    });

    [Test]
    public void ADailyMomentFallsDueOnceADayWhateverTheClocksDo([Values(0, 2, 3)] int hour)
    {
        var timing = new JobTiming(JobSchedule.Daily(new TimeOnly(hour, 30)), JobWindowRule.Yesterday);
        foreach (var (from, to) in new[] { ("2026-03-27T12:00:00Z", "2026-03-31T12:00:00Z"), ("2026-10-23T12:00:00Z", "2026-10-27T12:00:00Z") })
        {
            var moments = new List<DateTimeOffset>();
            for (var at = At(from); JobDueRules.Next(timing.Schedule, at, Berlin.Zone) is { } next && next <= At(to); at = next)
            {
                moments.Add(next);
            }

            Assert.That(moments.Select(at => JobWindow.DayOf(at, Berlin)), Is.Unique);
            Assert.That(moments, Has.Count.EqualTo(4));
            Assert.That(JobDueRules.Between(timing, At(from), At(to), Berlin).Select(window => window.From), Is.EqualTo(moments.Select(at => JobWindow.DayOf(at, Berlin).AddDays(-1))));
        }
    }

    [Test]
    public void MissedWindowsAreMadeUpForEachOnce()
    {
        var daily = new JobTiming(JobSchedule.Daily(HalfPastTwo), JobWindowRule.Yesterday);
        Assert.That(
            Due(daily, "2026-02-27T02:30:00+08:00", "2026-03-02T02:30:00+08:00"),
            Is.EqualTo(new[] { "2026-02-27", "2026-02-28", "2026-03-01" }), "exclusive to inclusive");
        Assert.That(Due(daily, "2026-03-02T02:30:00+08:00", "2026-03-03T02:29:59+08:00"), Is.Empty);
    }

    [Test]
    public void ManyMomentsOfOneDayAskForItOnceWithTheLast()
    {
        var often = new JobTiming(JobSchedule.EveryMinutes(5), JobWindowRule.Today);
        var due = JobDueRules.Between(often, At("2026-11-22T23:01:00+08:00"), At("2026-11-23T10:02:00+08:00"), Shanghai);
        Assert.That(due.Select(window => window.From), Is.EqualTo(new[] { new DateOnly(2026, 11, 22), new DateOnly(2026, 11, 23) }));
        Assert.That(due[1].DueAt, Is.EqualTo(At("2026-11-23T10:00:00+08:00")));
    }

    [Test]
    public void ALongAbsenceIsMadeUpForWithinBounds()
    {
        var years = (From: "2001-01-01T00:00:00Z", To: "2026-11-23T00:00:00Z");
        Assert.That(Due(new JobTiming(JobSchedule.EveryMinutes(1), JobWindowRule.Today), years.From, years.To), Has.Length.EqualTo(JobDueRules.MostMissed).And.Contains("2026-11-23"));
        Assert.That(Due(new JobTiming(JobSchedule.Daily(HalfPastTwo), JobWindowRule.Yesterday), years.From, years.To), Has.Length.EqualTo(JobDueRules.MostMissed).And.Contains("2026-11-21"));
        Assert.That(Due(new JobTiming(JobSchedule.Quarterly(1, HalfPastTwo), JobWindowRule.LastQuarter), years.From, years.To), Has.Length.EqualTo(16).And.Contains("2026-07-01"));
    }

    [Test]
    public void RefusesPausesThatAreNotAlike()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => JobSchedule.EveryMinutes(7));
        Assert.Throws<ArgumentOutOfRangeException>(() => JobSchedule.EveryMinutes(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => JobSchedule.Monthly(31, HalfPastTwo), "not every month has it");
    }

    private static string[] Due(JobTiming timing, string after, string until) =>
        [.. JobDueRules.Between(timing, At(after), At(until), Shanghai).Select(window => window.From.ToString("yyyy-MM-dd"))];

    private static DateTimeOffset? Next(JobSchedule schedule, string after) => JobDueRules.Next(schedule, At(after), Shanghai.Zone);

    private static DateTimeOffset At(string moment) => DateTimeOffset.Parse(moment);
}
