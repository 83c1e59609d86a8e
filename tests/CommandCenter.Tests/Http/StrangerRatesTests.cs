using System.Net;
using CommandCenter.Http;
using CommandCenter.Tests.Positions;

namespace CommandCenter.Tests.Http;

public sealed class StrangerRatesTests
{
    private readonly ManualTime _time = new();

    [Test]
    public void TurnsAnAddressAwayAfterItsBurstAndLetsItBackLater()
    {
        var rates = Rates();
        var address = IPAddress.Parse("203.0.113.5");
        Assert.That(Enumerable.Range(0, 5).Select(_ => rates.TryTake(address)), Is.All.EqualTo(TimeSpan.Zero));
        var wait = rates.TryTake(address);
        Assert.That(wait, Is.EqualTo(TimeSpan.FromSeconds(2)));
        _time.Pass(wait);
        Assert.That(rates.TryTake(address), Is.EqualTo(TimeSpan.Zero));
    }

    [TestCase("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true, Description = "one /64")]
    [TestCase("2001:db8:1:2::1", "2001:db8:1:3::1", false, Description = "another /64")]
    [TestCase("203.0.113.5", "203.0.113.6", false, Description = "IPv4 counts whole")]
    [TestCase("203.0.113.5", "::ffff:203.0.113.5", true, Description = "the same address on a dual-stack socket")]
    public void KnowsWhatIsOneAddress(string first, string second, bool same)
    {
        var rates = Rates();
        for (var i = 0; i < 5; i++)
        {
            rates.TryTake(IPAddress.Parse(first));
        }

        Assert.That(rates.TryTake(IPAddress.Parse(second)) > TimeSpan.Zero, Is.EqualTo(same));
    }

    [Test]
    public void IsBoundedAndThenSharesOneBucket()
    {
        var rates = Rates(capacity: 100);
        var refused = 0;
        for (var i = 0; i < 10_000; i++)
        {
            refused += rates.TryTake(new IPAddress(i + 1)) > TimeSpan.Zero ? 1 : 0;
        }

        Assert.That(rates.Count, Is.EqualTo(100));
        Assert.That(refused, Is.EqualTo(10_000 - 100 - 5));
    }

    [Test]
    public void ForgetsAddressesThatWentQuiet()
    {
        var rates = Rates(capacity: 100);
        for (var i = 0; i < 200; i++)
        {
            rates.TryTake(new IPAddress(i + 1));
        }

        _time.Pass(TimeSpan.FromMinutes(5));
        rates.TryTake(new IPAddress(999_999));
        Assert.That(rates.Count, Is.EqualTo(1));
    }

    [Test]
    public void AnUnknownAddressIsLimitedToo()
    {
        var rates = Rates();
        for (var i = 0; i < 5; i++)
        {
            rates.TryTake(null);
        }

        Assert.That(rates.TryTake(null), Is.GreaterThan(TimeSpan.Zero));
    }

    private StrangerRates Rates(int capacity = 1_000) => new(Rate.PerMinute(30, 5), _time, capacity);
}
