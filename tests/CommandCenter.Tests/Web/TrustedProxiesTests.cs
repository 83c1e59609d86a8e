using System.Net;
using CommandCenter.Web;

namespace CommandCenter.Tests.Web;

public sealed class TrustedProxiesTests
{
    [TestCase("10.0.0.7", "10.0.0.7", "10.0.0.8")]
    [TestCase("10.0.0.0/24", "10.0.0.200", "10.0.1.1")]
    [TestCase("fd00::1", "fd00::1", "fd00::2")]
    [TestCase("fd00::/64", "fd00::abcd", "fd00:1::1")]
    public void AreAddressesAndNetworks(string text, string inside, string outside)
    {
        Assert.That(TrustedProxies.TryRead(text, out var network), Is.True);
        Assert.That(network.Contains(IPAddress.Parse(inside)), Is.True);
        Assert.That(network.Contains(IPAddress.Parse(outside)), Is.False);
    }

    [TestCase("proxy.example")]
    [TestCase("10.0.0.0/33")]
    [TestCase("")]
    [TestCase("0.0.0.0/0")]
    [TestCase("::/0")]
    public void AreNeitherNamesNorEverybody(string text)
    {
        var options = new WebOptions { TrustedProxies = { text } };

        Assert.That(new WebOptionsValidation().Validate(null, options).FailureMessage, Does.StartWith("Web:TrustedProxies holds '"));
    }
}
