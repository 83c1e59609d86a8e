using CommandCenter.LoadGenerator.Load;

namespace CommandCenter.Tests.Tools.LoadGenerator;

public sealed class PacerTests
{
    private const long Second = 1_000_000;

    [Test]
    public void GivesOutAsManyAsAreDue()
    {
        var pacer = new Pacer(0, Second, 100);
        Assert.That(Taken(pacer, Second / 2), Is.EqualTo(51), "one at the start and one each 10 ms");
        Assert.That(Taken(pacer, Second / 2), Is.Zero);
        Assert.That(Taken(pacer, Second), Is.EqualTo(50));
    }

    [Test]
    public void SaysSinceWhenALateOneWasDue()
    {
        var pacer = new Pacer(0, Second, 10);
        pacer.TryTake(Second, out _);
        pacer.TryTake(Second, out var due);
        Assert.That(due, Is.EqualTo(Second / 10), "a slow server makes no request young");
        Assert.That(pacer.Backlog(Second), Is.EqualTo(8));
    }

    [Test]
    public void WaitsNoLongerThanToTheNext()
    {
        var pacer = new Pacer(0, Second, 10);
        pacer.TryTake(0, out _);
        Assert.That(pacer.WaitMilliseconds(30_000), Is.EqualTo(70));
        Assert.That(pacer.WaitMilliseconds(Second), Is.Zero);
    }

    [Test]
    public void KeepsTheRateOverHours()
    {
        var pacer = new Pacer(0, Second, 450_000.0 / 2_500);
        Assert.That(Taken(pacer, 3_600 * Second), Is.EqualTo(648_001));
    }

    [Test]
    public void IsAlwaysDueFlatOut()
    {
        var pacer = new Pacer(0, Second, Pacer.FlatOut);
        Assert.That((pacer.TryTake(5, out var due), due, pacer.Backlog(Second)), Is.EqualTo((true, 5L, 0L)));
    }

    private static int Taken(Pacer pacer, long now)
    {
        var taken = 0;
        while (pacer.TryTake(now, out _))
        {
            taken++;
        }

        return taken;
    }
}
