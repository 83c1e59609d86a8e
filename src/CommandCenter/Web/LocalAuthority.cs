using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CommandCenter.Web;

/// <summary>
/// The certificates of a center without a certificate of its own, as pure functions of the time: an authority for ten years that people trust
/// once, and server certificates of at most 397 days, the longest that browsers take. ECDSA on P-256.
/// </summary>
public static class LocalAuthority
{
    public static readonly TimeSpan RenewBefore = TimeSpan.FromDays(30);

    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private static readonly TimeSpan AuthorityLife = TimeSpan.FromDays(3_653);
    private static readonly TimeSpan ServerLife = TimeSpan.FromDays(396);

    /// <summary>Clocks of phones that run behind must not find it from the future.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromHours(12);

    /// <param name="name">Shown in the list of authorities on each device: which center's it is.</param>
    /// <param name="now">When it is made.</param>
    public static X509Certificate2 MakeAuthority(string name, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(NameOf($"CommandCenter {name} {now:yyyy-MM-dd}"), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: true, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        return request.CreateSelfSigned(now - Slack, now + AuthorityLife);
    }

    /// <summary>With its private key.</summary>
    /// <param name="names">DNS names and IP addresses.</param>
    public static X509Certificate2 MakeServer(X509Certificate2 authority, IReadOnlyCollection<string> names, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(NameOf("CommandCenter"), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication)], critical: false));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(authority, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        var subject = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            if (IPAddress.TryParse(name, out var address))
            {
                subject.AddIpAddress(address);
            }
            else
            {
                subject.AddDnsName(name);
            }
        }

        request.CertificateExtensions.Add(subject.Build());
        var serial = RandomNumberGenerator.GetBytes(16);
        serial[0] &= 0x7F; // a positive number
        var ends = now + ServerLife < authority.NotAfter ? now + ServerLife : new DateTimeOffset(authority.NotAfter);
        using var certificate = request.Create(authority, now - Slack, ends, serial);
        return certificate.CopyWithPrivateKey(key);
    }

    /// <summary>Whether a server certificate still does: of this authority, for all these names, and with thirty days left.</summary>
    public static bool StillDoes(X509Certificate2 certificate, X509Certificate2 authority, IReadOnlyCollection<string> names, DateTimeOffset now)
    {
        if (!HasTime(certificate, now) || !certificate.IssuerName.RawData.AsSpan().SequenceEqual(authority.SubjectName.RawData))
        {
            return false;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationTime = now.UtcDateTime;
        return chain.Build(certificate) && names.All(name => certificate.MatchesHostname(name, allowCommonName: false));
    }

    public static bool HasTime(X509Certificate2 certificate, DateTimeOffset now) => certificate.NotAfter - now.LocalDateTime > RenewBefore;

    private static X500DistinguishedName NameOf(string commonName)
    {
        var name = new X500DistinguishedNameBuilder();
        name.AddCommonName(commonName.Length <= 64 ? commonName : commonName[..64]);
        return name.Build();
    }
}
