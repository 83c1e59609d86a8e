using System.Net;
using System.Net.Http.Json;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using CommandCenter.IntegrationTests.Harness;
using CommandCenter.Storage.Embedded;

namespace CommandCenter.IntegrationTests.Web;

/// <summary>A real server over HTTPS, asked by a client that trusts nobody but its authority.</summary>
public sealed class HttpsTests
{
    private readonly TemporaryFolder _folder = new();
    private Backends _backends = null!;
    private ServerProcess _server = null!;
    private Uri _secure = null!;
    private Uri _plain = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _backends = await Backends.FreshAsync();
        var (port, plain) = (FreePort.Find(), FreePort.Find());
        (_secure, _plain) = (new Uri($"https://localhost:{port}"), new Uri($"http://localhost:{plain}"));
        _server = await ServerProcess.LaunchAsync(
            _folder.Path, ServerProcess.Environment(_backends), "--demo", "--https", $"--Https:PlainPort={plain}", "--Access:PasswordIterations=10000", "--port", $"{port}");
        await Eventually.TrueAsync(
            async () =>
            {
                if (!File.Exists(CaFile))
                {
                    return false;
                }

                using var http = Client(X509CertificateLoader.LoadCertificateFromFile(CaFile));
                return await http.AnswersAsync("/healthz/ready", HttpStatusCode.OK);
            },
            "ready over HTTPS",
            TimeSpan.FromSeconds(90));
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _server.DisposeAsync();
        await _backends.DisposeAsync();
        _folder.Dispose();
    }

    private string CaFile => Path.Combine(_folder.Path, "secrets", "https-ca.crt");

    [Test]
    public async Task PlainPortGivesTheAuthorityThatMakesTheServerTrusted()
    {
        using var plain = new HttpClient { BaseAddress = _plain };
        var certificate = X509CertificateLoader.LoadCertificate(await plain.GetByteArrayAsync("/ca/ca.crt"));
        using var trusting = Client(certificate);
        using var strict = new HttpClient { BaseAddress = _secure };

        using var answer = await trusting.GetAsync("/healthz/ready");
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(async () => await strict.GetAsync("/healthz/ready"), Throws.InstanceOf<HttpRequestException>(), "without it nobody trusts the server");

        using var page = await plain.GetAsync("/ca");
        var html = await page.Content.ReadAsStringAsync();
        var fingerprint = certificate.GetCertHashString(System.Security.Cryptography.HashAlgorithmName.SHA256);
        Assert.That(html.Replace(":", "", StringComparison.Ordinal), Does.Contain(fingerprint));
        Assert.That(html, Does.Contain("安装步骤").And.Contain("Keychain").And.Contain(_secure.AbsoluteUri).And.Not.Contain("{{"));
    }

    [Test]
    public async Task PlainPortSendsPagesToHttpsAndTakesNothing()
    {
        using var plain = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = _plain };

        using var page = await plain.GetAsync("/wall?lang=zh");
        Assert.That(page.StatusCode, Is.EqualTo(HttpStatusCode.TemporaryRedirect));
        Assert.That(page.Headers.Location, Is.EqualTo(new Uri(_secure, "/wall?lang=zh")));

        using var signIn = await plain.PostAsJsonAsync("/api/session", new { user = "a", password = "b" });
        Assert.That(signIn.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await signIn.ReadJsonAsync()).GetProperty("reason").GetString(), Is.EqualTo("plain-http"));

        using var api = await plain.GetAsync("/api/areas");
        Assert.That(api.StatusCode, Is.EqualTo(HttpStatusCode.TemporaryRedirect));
    }

    [Test]
    public async Task CookieIsForHttpsOnly()
    {
        using var http = Client(X509CertificateLoader.LoadCertificateFromFile(CaFile));
        var (user, password) = (await DemoCenter.OfAsync(_server)).AccountOf("wall");

        using var answer = await http.PostAsJsonAsync("/api/session", new { user, password });
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(answer.Headers.GetValues("Set-Cookie"), Has.Some.Contains("secure").IgnoreCase);
        Assert.That(answer.Headers.Contains("Strict-Transport-Security"), Is.False);
    }

    [Test]
    public async Task WrongCertificateEndsTheStartWithASentenceThatNamesIt()
    {
        using var folder = new TemporaryFolder();
        await using var server = await ServerProcess.LaunchAsync(
            folder.Path, ServerProcess.Environment(_backends), "--no-demo", "--https", $"--Https:PlainPort={FreePort.Find()}", "--Https:Certificate=/nowhere/c.pem");
        await Eventually.TrueAsync(() => server.Output.Contains("Https:Certificate names /nowhere/c.pem", StringComparison.Ordinal), "refused", TimeSpan.FromSeconds(60));
    }

    /// <summary>A client whose only authority is the given one.</summary>
    private HttpClient Client(X509Certificate2 authority)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(authority);
        return new HttpClient(new SocketsHttpHandler { UseCookies = false, SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = policy } }) { BaseAddress = _secure };
    }
}
