using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CommandCenter.Storage;
using CommandCenter.Web;

namespace CommandCenter.Tests.Web;

public sealed class LocalAuthorityTests
{
    private static readonly string[] Names = ["localhost", "center.example.org", "127.0.0.1", "::1", "192.168.1.5"];
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);

    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("https-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void ServerCertificateIsWhatBrowsersTake()
    {
        using var authority = LocalAuthority.MakeAuthority("test", Now);
        using var server = LocalAuthority.MakeServer(authority, Names, Now);

        Assert.Multiple(() =>
        {
            Assert.That(Names.All(n => server.MatchesHostname(n, allowCommonName: false)), Is.True);
            Assert.That(server.MatchesHostname("elsewhere.example.org"), Is.False);
            Assert.That((server.NotAfter - server.NotBefore).TotalDays, Is.LessThanOrEqualTo(397));
            Assert.That((authority.NotAfter - authority.NotBefore).TotalDays, Is.EqualTo(3_653).Within(1));
            Assert.That(server.GetECDsaPublicKey()!.KeySize, Is.EqualTo(256));
            Assert.That(LocalAuthority.StillDoes(server, authority, Names, Now), Is.True);
        });
    }

    [Test]
    public void CertificateNoLongerDoesLateElsewhereOrUnderAnotherAuthority()
    {
        using var authority = LocalAuthority.MakeAuthority("test", Now);
        using var other = LocalAuthority.MakeAuthority("test", Now);
        using var server = LocalAuthority.MakeServer(authority, Names, Now);

        Assert.Multiple(() =>
        {
            Assert.That(LocalAuthority.StillDoes(server, authority, Names, Now.AddDays(365)), Is.True);
            Assert.That(LocalAuthority.StillDoes(server, authority, Names, Now.AddDays(367)), Is.False, "less than thirty days");
            Assert.That(LocalAuthority.StillDoes(server, authority, [.. Names, "10.0.0.7"], Now), Is.False, "another address");
            Assert.That(LocalAuthority.StillDoes(server, other, Names, Now), Is.False, "an authority of the same name");
        });
    }

    [Test]
    public void AuthorityIsMadeOnceAndTheServersCertificateRenewedInTime()
    {
        var options = new HttpsOptions { Enabled = true, Names = "center.example.org" };
        var first = HttpsCertificate.Settle(options, _folder, Now);
        var second = HttpsCertificate.Settle(options, _folder, Now.AddDays(100));
        var renewed = HttpsCertificate.Settle(options, _folder, Now.AddDays(380));

        Assert.Multiple(() =>
        {
            Assert.That(second.Certificate.Thumbprint, Is.EqualTo(first.Certificate.Thumbprint));
            Assert.That(renewed.Certificate.Thumbprint, Is.Not.EqualTo(first.Certificate.Thumbprint));
            Assert.That(renewed.Authority!.Thumbprint, Is.EqualTo(first.Authority!.Thumbprint));
            Assert.That(renewed.Certificate.MatchesHostname("center.example.org"), Is.True);
            Assert.That(renewed.Certificate.HasPrivateKey, Is.True);
        });
    }

    [Test]
    public void OnlyItsOwnerReadsTheKeys()
    {
        HttpsCertificate.Settle(new HttpsOptions { Enabled = true }, _folder, Now);
        var files = Directory.GetFiles(Path.Combine(_folder, "secrets"));

        Assert.That(files.Select(Path.GetFileName), Is.EquivalentTo(new[] { "https-ca.crt", "https-ca.key", "https-server.crt", "https-server.key" }));
        if (!OperatingSystem.IsWindows())
        {
            Assert.That(files.Select(f => File.GetUnixFileMode(f)), Has.All.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        }
    }

    [Test]
    public void LostKeyOfTheAuthorityIsNotReplacedInSilence()
    {
        HttpsCertificate.Settle(new HttpsOptions { Enabled = true }, _folder, Now);
        File.Delete(Path.Combine(_folder, "secrets", "https-ca.key"));

        var refused = Assert.Throws<StartupRefusedException>(() => HttpsCertificate.Settle(new HttpsOptions { Enabled = true }, _folder, Now));
        Assert.That(refused!.Message, Does.Contain("https-ca.key"));
    }

    [Test]
    public void OperatorsCertificateIsTakenWithItsKeyOrRefusedByName()
    {
        using var authority = LocalAuthority.MakeAuthority("operator", Now);
        using var server = LocalAuthority.MakeServer(authority, ["center.example.org"], Now);
        var (certificate, key, foreign) = (Path.Combine(_folder, "c.pem"), Path.Combine(_folder, "k.pem"), Path.Combine(_folder, "f.pem"));
        File.WriteAllText(certificate, server.ExportCertificatePem() + "\n" + authority.ExportCertificatePem());
        File.WriteAllText(key, server.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        using var another = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        File.WriteAllText(foreign, another.ExportPkcs8PrivateKeyPem());

        var taken = HttpsCertificate.Settle(new HttpsOptions { Enabled = true, Certificate = certificate, Key = key }, _folder, Now);
        Assert.That((taken.Certificate.Thumbprint, taken.Between.Count, taken.Authority), Is.EqualTo((server.Thumbprint, 1, (X509Certificate2?)null)));

        Assert.Multiple(() =>
        {
            Assert.That(Refusal(certificate, ""), Does.Contain("Https:Key"));
            Assert.That(Refusal(certificate, foreign), Does.Contain("Https:Certificate").And.Contain("c.pem"));
            Assert.That(Refusal(key, key), Does.Contain("Https:Certificate"));
            Assert.That(Refusal(Path.Combine(_folder, "none.pem"), key), Does.Contain("Https:Certificate").And.Contain("no such file"));
            Assert.That(Refusal(certificate, key, Now.AddYears(2)), Does.Contain("ended"));
        });
    }

    [TestCase("http://localhost:8080", 0, "https://localhost:8080;http://localhost:8081", 8081)]
    [TestCase("http://0.0.0.0:443", 80, "https://0.0.0.0:443;http://0.0.0.0:80", 80)]
    [TestCase("http://127.0.0.1:8080;http://[::1]:8080", 0, "https://127.0.0.1:8080;https://[::1]:8080;http://127.0.0.1:8081;http://[::1]:8081", 8081)]
    public void EveryAddressBecomesHttpsAndEachHostAnswersPlainHttpOnce(string urls, int plainPort, string expected, int expectedPort) =>
        Assert.That(HttpsAddresses.Of(urls, plainPort), Is.EqualTo((expected, expectedPort)));

    private string Refusal(string certificate, string key, DateTimeOffset? now = null) => Assert.Throws<StartupRefusedException>(
        () => HttpsCertificate.Settle(new HttpsOptions { Enabled = true, Certificate = certificate, Key = key }, _folder, now ?? Now))!.Message;
}
