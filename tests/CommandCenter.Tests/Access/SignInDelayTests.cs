using System.Net;
using CommandCenter.Access;
using Microsoft.Extensions.Options;

namespace CommandCenter.Tests.Access;

public sealed class SignInDelayTests
{
    private static readonly IPAddress Here = IPAddress.Parse("192.0.2.1");
    private static readonly IPAddress There = IPAddress.Parse("198.51.100.9");

    private readonly HandClock _clock = new();

    [TestCase(1, 0)]
    [TestCase(2, 0)]
    [TestCase(3, 1)]
    [TestCase(4, 2)]
    [TestCase(5, 4)]
    [TestCase(6, 8)]
    [TestCase(7, 15)]
    [TestCase(1_000_000, 15)]
    public void DoublesTheWaitUpToFifteenSeconds(int failures, int seconds) =>
        Assert.That(SignInDelay.Delay(failures), Is.EqualTo(TimeSpan.FromSeconds(seconds)));

    [Test]
    public void RefusesUntilTheWaitIsOver()
    {
        var delay = New();
        Fail(delay, "ann", Here, 3);
        Assert.That(delay.Begin("ann", Here), Is.EqualTo(TimeSpan.FromSeconds(1)));
        _clock.Forward(TimeSpan.FromSeconds(0.9));
        Assert.That(delay.Begin("ANN", Here)?.TotalSeconds, Is.EqualTo(0.1).Within(0.001));
        _clock.Forward(TimeSpan.FromSeconds(0.2));
        Assert.That(delay.Begin("ann", Here), Is.Null);
    }

    [Test]
    public void LocksNobodyOutFromElsewhere()
    {
        var delay = New();
        Fail(delay, "ann", Here, 5);
        Assert.That(delay.Begin("ann", Here), Is.Not.Null);
        Assert.That(delay.Begin("ann", There), Is.Null);
        Assert.That(delay.Begin("bob", Here), Is.Null);
    }

    [Test]
    public void ForgetsAPairOnceItSucceeds()
    {
        var delay = New();
        Fail(delay, "ann", Here, 3);
        _clock.Forward(TimeSpan.FromSeconds(2));
        delay.Begin("ann", Here);
        delay.Succeeded("ann", Here);
        Assert.That(delay.Begin("ann", Here), Is.Null);
        Assert.That(delay.Begin("ann", Here), Is.Null);
    }

    [Test]
    public void CountsTriesThatAreStillUnderWay()
    {
        var delay = New();
        var begun = Enumerable.Range(0, 100).Count(_ => delay.Begin("ann", Here) is null);
        Assert.That(begun, Is.EqualTo(3));
    }

    [Test]
    public void SlowsAnAddressThatTriesManyUsers()
    {
        var delay = New();
        var begun = Enumerable.Range(0, 200).Count(n => delay.Begin($"user{n}", Here) is null);
        Assert.That(begun, Is.InRange(30, 40));
        Assert.That(delay.Begin("ann", There), Is.Null);
    }

    [Test]
    public void TakesAllOfAnIPv6NetworkForOneAddress()
    {
        var delay = New();
        for (var n = 0; n < 10; n++)
        {
            delay.Begin("ann", IPAddress.Parse($"2001:db8::{n}"));
        }

        Assert.That(delay.Begin("ann", IPAddress.Parse("2001:db8::ffff")), Is.Not.Null);
        Assert.That(delay.Begin("ann", IPAddress.Parse("2001:db8:1::1")), Is.Null);
    }

    [Test]
    public void TakesAMappedAddressForItsIPv4Address()
    {
        var delay = New();
        Fail(delay, "ann", Here, 3);
        Assert.That(delay.Begin("ann", Here.MapToIPv6()), Is.Not.Null);
    }

    [Test]
    public void ForgetsFailuresAfterAWhile()
    {
        var delay = New();
        Fail(delay, "ann", Here, 7);
        _clock.Forward(TimeSpan.FromMinutes(16));
        Assert.That(Enumerable.Range(0, 3).Select(_ => delay.Begin("ann", Here)), Has.All.Null);
    }

    [Test]
    public void RemembersABoundedNumber()
    {
        var delay = New();
        for (var n = 0; n < 5_000; n++)
        {
            delay.Begin($"user{n}", new IPAddress(n));
        }

        Assert.That(delay.Remembered, Is.LessThanOrEqualTo(1_002));
    }

    private SignInDelay New() => new(Options.Create(new AccessOptions { RememberedFailures = 1_000 }), _clock);

    private void Fail(SignInDelay delay, string user, IPAddress address, int times)
    {
        for (var n = 0; n < times; n++)
        {
            while (delay.Begin(user, address) is { } wait)
            {
                _clock.Forward(wait);
            }
        }
    }

    private sealed class HandClock : TimeProvider
    {
        private DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => _now;

        public void Forward(TimeSpan by) => _now += by;
    }
}
