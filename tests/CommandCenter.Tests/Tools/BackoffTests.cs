using CommandCenter.Phones;

namespace CommandCenter.Tests.Tools;

internal sealed class BackoffTests
{
    private static readonly Backoff Rule = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));

    [TestCase(1, 0.0, 0.5)]
    [TestCase(1, 1.0, 1.0)]
    [TestCase(4, 1.0, 8.0)]
    [TestCase(9, 1.0, 30.0)]
    [TestCase(9, 0.0, 15.0)]
    [TestCase(1_000, 1.0, 30.0)]
    public void DoublesToItsBoundHalfByChance(int failures, double chance, double seconds) =>
        Assert.That(Rule.After(failures, null, chance).TotalSeconds, Is.EqualTo(seconds).Within(1e-9));

    [Test]
    public void NeverComesBeforeRetryAfter([Values(1, 5, 20)] int failures, [Values(0.0, 0.5, 0.99)] double chance) =>
        Assert.That(Rule.After(failures, TimeSpan.FromSeconds(10), chance), Is.InRange(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(12.5)));

    [Test]
    public void CutsARetryAfterOfDays() =>
        Assert.That(Rule.After(1, TimeSpan.FromDays(3), 0.5), Is.LessThan(TimeSpan.FromMinutes(6)));

    [Test]
    public void IgnoresARetryAfterInThePast() =>
        Assert.That(Rule.After(1, TimeSpan.FromSeconds(-5), 1), Is.EqualTo(TimeSpan.FromSeconds(1)));
}
