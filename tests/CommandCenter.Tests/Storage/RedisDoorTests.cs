using CommandCenter.Storage;

namespace CommandCenter.Tests.Storage;

public sealed class RedisDoorTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(2);

    [Test]
    public void AFirstConnectionMayTakeAsLongAsACall() => Assert.That(RedisDoor.PatienceAt(0, Bound), Is.EqualTo(Bound));

    [Test]
    public void TheFirstTriesAfterALossAreShortAndLaterOnesReachASlowRedis()
    {
        var patience = Enumerable.Range(1, 40).Select(attempt => RedisDoor.PatienceAt(attempt, Bound)).ToList();
        Assert.That(patience[0], Is.LessThan(TimeSpan.FromSeconds(0.5)));
        Assert.That(patience, Is.Ordered);
        Assert.That(patience[^1], Is.EqualTo(Bound));
    }

    [Test]
    public void NoTryIsLongerThanTheBound() => Assert.That(RedisDoor.PatienceAt(int.MaxValue, TimeSpan.FromMilliseconds(100)), Is.EqualTo(TimeSpan.FromMilliseconds(100)));
}
