using CommandCenter.Http;
using CommandCenter.Positions.Limits;

namespace CommandCenter.Tests.Positions.Limits;

public sealed class DeviceRatesTests
{
    private ManualTime _time = null!;
    private DeviceRates _rates = null!;

    [SetUp]
    public void SetUp()
    {
        _time = new ManualTime();
        _rates = new DeviceRates(Rate.PerSecond(200, 5_000), _time);
    }

    [Test]
    public void AnOfflineQueueOfFiveThousandGoesThroughAtOnce()
    {
        Assert.That(_rates.TryTake(1, 5_000), Is.EqualTo(TimeSpan.Zero));
        Assert.That(_rates.TryTake(1, 1), Is.EqualTo(TimeSpan.FromMilliseconds(5)));
    }

    [Test]
    public void SaysHowLongToWaitAndThenKeepsItsWord()
    {
        _rates.TryTake(1, 5_000);
        var wait = _rates.TryTake(1, 5_000);
        Assert.That(wait, Is.EqualTo(TimeSpan.FromSeconds(25)));
        _time.Pass(wait - TimeSpan.FromMilliseconds(1));
        Assert.That(_rates.TryTake(1, 5_000), Is.EqualTo(TimeSpan.FromMilliseconds(1)));
        _time.Pass(TimeSpan.FromMilliseconds(1));
        Assert.That(_rates.TryTake(1, 5_000), Is.EqualTo(TimeSpan.Zero));
    }

    [Test]
    public void TwoHundredASecondGoOnForEver()
    {
        _rates.TryTake(1, 5_000);
        for (var second = 0; second < 100; second++)
        {
            _time.Pass(TimeSpan.FromSeconds(1));
            Assert.That(_rates.TryTake(1, 200), Is.EqualTo(TimeSpan.Zero));
            Assert.That(_rates.TryTake(1, 1), Is.GreaterThan(TimeSpan.Zero));
        }
    }

    [Test]
    public void AnIdleDeviceSavesUpNoMoreThanTheBurst()
    {
        _time.Pass(TimeSpan.FromDays(30));
        Assert.That(_rates.TryTake(1, 5_001), Is.EqualTo(TimeSpan.FromMilliseconds(5)));
        Assert.That(_rates.TryTake(1, 5_000), Is.EqualTo(TimeSpan.Zero));
    }

    [Test]
    public void OneDeviceDoesNotSlowAnother([Values(0, 2, 1_023, 1_024, 4_500_000)] int other)
    {
        _rates.TryTake(1, 5_000);
        Assert.That(_rates.TryTake(other, 5_000), Is.EqualTo(TimeSpan.Zero));
        Assert.That(_rates.TryTake(1, 1), Is.GreaterThan(TimeSpan.Zero));
    }

    [Test]
    public void WhatIsGivenBackCanBeTakenAgain()
    {
        _rates.TryTake(1, 5_000);
        _rates.GiveBack(1, 5_000);
        Assert.That(_rates.TryTake(1, 5_000), Is.EqualTo(TimeSpan.Zero));
    }

    [Test]
    public void ManyAtOnceTakeNoMoreThanTheBurst()
    {
        var taken = 0;
        Parallel.For(0, 8, _ =>
        {
            for (var i = 0; i < 2_000; i++)
            {
                if (_rates.TryTake(9, 1) == TimeSpan.Zero)
                {
                    Interlocked.Increment(ref taken);
                }
            }
        });
        Assert.That(taken, Is.EqualTo(5_000));
    }
}
