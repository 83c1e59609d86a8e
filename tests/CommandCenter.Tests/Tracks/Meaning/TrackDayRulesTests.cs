using CommandCenter.Tracks;
using CommandCenter.Tracks.Meaning;
using CommandCenter.Web;

namespace CommandCenter.Tests.Tracks.Meaning;

public sealed class TrackDayRulesTests
{
    private static readonly CenterOptions Shanghai = new();

    [Test]
    public void ADayIsTheCentersAndNotGreenwichs()
    {
        var (from, to) = TrackDayRules.BoundsOf(new DateOnly(2026, 11, 22), Shanghai);

        Assert.That(from, Is.EqualTo(new DateTimeOffset(2026, 11, 21, 16, 0, 0, TimeSpan.Zero)));
        Assert.That(to - from, Is.EqualTo(TimeSpan.FromHours(24)));
        Assert.That(Days(Shanghai, Hour(2026, 11, 21, 15), Hour(2026, 11, 21, 16)), Is.EqualTo(new[] { new DateOnly(2026, 11, 21), new DateOnly(2026, 11, 22) }));
    }

    [Test]
    public void WhereClocksAreHalfAnHourOffAnHourTouchesTwoDays() =>
        Assert.That(Days(new CenterOptions { TimeZone = "Asia/Kolkata" }, Hour(2026, 11, 21, 18)), Is.EqualTo(new[] { new DateOnly(2026, 11, 21), new DateOnly(2026, 11, 22) }));

    [TestCase(2026, 3, 29, 23)]
    [TestCase(2026, 10, 25, 25)]
    public void ADayOnWhichClocksChangeIsLongerOrShorter(int year, int month, int day, int hours)
    {
        var (from, to) = TrackDayRules.BoundsOf(new DateOnly(year, month, day), new CenterOptions { TimeZone = "Europe/Berlin" });

        Assert.That(to - from, Is.EqualTo(TimeSpan.FromHours(hours)));
    }

    [Test]
    public void NotesOfOneHourAreOneDay() =>
        Assert.That(TrackDayRules.DaysOf([(1, Hour(2026, 11, 22, 3)), (1, Hour(2026, 11, 22, 3)), (1, Hour(2026, 11, 22, 5)), (2, Hour(2026, 11, 22, 3))], Shanghai).Count(), Is.EqualTo(2));

    private static IEnumerable<DateOnly> Days(CenterOptions center, params long[] hours) => TrackDayRules.DaysOf(hours.Select(hour => (1, hour)), center).Select(day => day.Day).Order();

    private static long Hour(int year, int month, int day, int hour) => new DateTimeOffset(year, month, day, hour, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
}
