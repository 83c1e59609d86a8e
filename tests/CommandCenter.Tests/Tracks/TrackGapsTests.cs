using CommandCenter.Tracks;
using CommandCenter.Workers;

namespace CommandCenter.Tests.Tracks;

public sealed class TrackGapsTests
{
    private const long Longest = 100;

    [Test]
    public void FindsSilencesBetweenBeforeAndAfterFixes() =>
        Assert.That(Of([250, 300, 500], 0, 1000), Is.EqualTo(new[] { new DutyPeriod(0, 250), new DutyPeriod(300, 500), new DutyPeriod(500, 1000) }));

    [Test]
    public void ASilenceOfTheLongestAllowedIsNoGap() => Assert.That(Of([100, 200, 300], 0, 400), Is.Empty);

    [Test]
    public void OffDutyIsNoGap() =>
        Assert.That(Of([50, 950], 0, 1000, new DutyPeriod(0, 100), new DutyPeriod(900, long.MaxValue)), Is.Empty);

    [Test]
    public void AWholeDutyWithoutAFixIsOneGap() =>
        Assert.That(Of([10], 0, 1000, new DutyPeriod(400, 600)), Is.EqualTo(new[] { new DutyPeriod(400, 600) }));

    [Test]
    public void KeepsToTheInterval() =>
        Assert.That(Of([], 300, 600, new DutyPeriod(0, long.MaxValue)), Is.EqualTo(new[] { new DutyPeriod(300, 600) }));

    private static List<DutyPeriod> Of(long[] times, long from, long to, params DutyPeriod[] duty) =>
        TrackGaps.Of(times, duty.Length == 0 ? [new DutyPeriod(0, long.MaxValue)] : duty, from, to, Longest);
}
