using CommandCenter.Positions;

namespace CommandCenter.Tests.Positions;

public sealed class WriterInterruptionsTests
{
    private ManualTime _time = null!;
    private WriterInterruptions _interruptions = null!;

    [SetUp]
    public void Begin() => (_time, _interruptions) = (new ManualTime(), new WriterInterruptions());

    [Test]
    public void AnInterruptionIsSaidOnceAndItsEndWithItsLength()
    {
        var said = 0;
        for (var second = 0; second < 90; second++)
        {
            said += _interruptions.MustSay(0, _time) ? 1 : 0;
            _time.Pass(TimeSpan.FromSeconds(1));
        }

        Assert.That(said, Is.EqualTo(1));
        Assert.That(_interruptions.End(0, _time), Is.EqualTo(TimeSpan.FromSeconds(90)));
        Assert.That(_interruptions.End(0, _time), Is.Null, "it is over");
        Assert.That(_interruptions.MustSay(0, _time), "the next one is another");
    }

    [Test]
    public void ALongOneIsSaidAgainAndCountsFromItsBeginning()
    {
        Assert.That(_interruptions.MustSay(0, _time));
        _time.Pass(WriterInterruptions.SaidAgainAfter);
        Assert.That(_interruptions.MustSay(0, _time));
        Assert.That(_interruptions.MustSay(0, _time), Is.False);
        Assert.That(_interruptions.End(0, _time), Is.EqualTo(WriterInterruptions.SaidAgainAfter));
    }

    [Test]
    public void PartitionsDoNotSpeakForEachOther()
    {
        Assert.That(_interruptions.MustSay(0, _time));
        Assert.That(_interruptions.End(1, _time), Is.Null);
        Assert.That(_interruptions.MustSay(1, _time));
    }
}
