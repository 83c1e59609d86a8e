using System.Text;
using CommandCenter.Http;

namespace CommandCenter.Tests.Http;

public sealed class BasicCredentialsTests
{
    [TestCase("jane:secret", "jane", "secret")]
    [TestCase("jane:se:cr:et", "jane", "se:cr:et")]
    [TestCase("jane:", "jane", "")]
    [TestCase("网格员:密码", "网格员", "密码")]
    public void Reads(string pair, string user, string password)
    {
        Assert.That(BasicCredentials.TryParse("basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(pair)), out var read), Is.True);
        Assert.That((read.User, read.Password), Is.EqualTo((user, password)));
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("Basic")]
    [TestCase("Basic ")]
    [TestCase("Basic !!!")]
    [TestCase("Bearer abc")]
    [TestCase("Basic am9objo", Description = "broken base64")]
    [TestCase("Basic am9obg==", Description = "no colon")]
    [TestCase("Basic OnNlY3JldA==", Description = "no user")]
    [TestCase("Basic /zr/", Description = "no UTF-8")]
    public void RefusesWhatIsNone(string? header) => Assert.That(BasicCredentials.TryParse(header, out _), Is.False);

    [Test]
    public void RefusesAnEndlessHeader() =>
        Assert.That(BasicCredentials.TryParse("Basic " + Convert.ToBase64String(new byte[100_000]), out _), Is.False);

    [Test]
    public void NeverWritesItselfOut() => Assert.That(new BasicCredentials("jane", "secret").ToString(), Does.Not.Contain("secret").And.Not.Contain("jane"));
}
