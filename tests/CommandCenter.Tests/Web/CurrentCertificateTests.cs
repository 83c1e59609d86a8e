using CommandCenter.Web;
using Microsoft.Extensions.Logging.Abstractions;

namespace CommandCenter.Tests.Web;

public sealed class CurrentCertificateTests
{
    private string _folder = "";
    private Clock _clock = null!;

    [SetUp]
    public void MakeFolder()
    {
        _folder = Directory.CreateTempSubdirectory("https-").FullName;
        _clock = new Clock();
    }

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void RenewsWhileTheServerRunsOn()
    {
        using var current = Make(new HttpsOptions());
        var first = current.Context.TargetCertificate.Thumbprint;
        _clock.Now += TimeSpan.FromDays(300);
        current.Refresh();
        Assert.That(current.Context.TargetCertificate.Thumbprint, Is.EqualTo(first), "good for another three months");
        _clock.Now += TimeSpan.FromDays(80);
        current.Refresh();
        Assert.That(current.Context.TargetCertificate.Thumbprint, Is.Not.EqualTo(first));
        Assert.That(current.Context.TargetCertificate.NotAfter, Is.GreaterThan(_clock.Now.AddDays(300).LocalDateTime));
    }

    [Test]
    public void KeepsWhatItHasWhenTheFilesAreSpoilt()
    {
        using var current = Make(new HttpsOptions());
        var first = current.Context.TargetCertificate.Thumbprint;
        File.WriteAllText(Path.Combine(_folder, "secrets", "https-ca.crt"), "spoilt");
        current.Refresh();
        Assert.That(current.Context.TargetCertificate.Thumbprint, Is.EqualTo(first));
    }

    private CurrentCertificate Make(HttpsOptions options) =>
        new(options, _folder, HttpsCertificate.Settle(options, _folder, _clock.Now), _clock, NullLogger<CurrentCertificate>.Instance);

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
