using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CommandCenter.Storage;
using CommandCenter.Storage.Embedded;

namespace CommandCenter.Web;

/// <summary>
/// The certificate that the server shows: the operator's, or one of the local authority in <c>secrets</c>, made where missing and renewed
/// when its time runs out or the machine got other addresses.
/// </summary>
/// <param name="Certificate">With its private key.</param>
/// <param name="Between">Certificates between it and its authority.</param>
/// <param name="Authority">The local one, for people to trust; null with an operator's certificate.</param>
public sealed record HttpsCertificate(X509Certificate2 Certificate, X509Certificate2Collection Between, X509Certificate2? Authority)
{
    private const string AuthorityName = "https-ca";
    private const string ServerName = "https-server";

    /// <exception cref="StartupRefusedException">A file cannot be used; the sentence names it.</exception>
    public static HttpsCertificate Settle(HttpsOptions options, string dataFolder, DateTimeOffset now)
    {
        if (options.Certificate.Length > 0)
        {
            return Operators(options, now);
        }

        var secrets = Path.Combine(dataFolder, "secrets");
        DataFolder.MakeFolder(secrets);
        var authority = ReadAuthority(secrets, now) ?? Save(secrets, AuthorityName, LocalAuthority.MakeAuthority(Dns.GetHostName(), now));
        var names = NamesOf(options);
        var server = Read(secrets, ServerName);
        if (server is null || !LocalAuthority.StillDoes(server, authority, names, now))
        {
            server = Save(secrets, ServerName, LocalAuthority.MakeServer(authority, names, now));
        }

        return new HttpsCertificate(server, [], authority);
    }

    /// <summary>How people compare it with what the page shows: SHA-256, as systems print it.</summary>
    public static string FingerprintOf(X509Certificate2 certificate) =>
        string.Join(':', Convert.ToHexString(certificate.GetCertHash(HashAlgorithmName.SHA256)).Chunk(2).Select(pair => new string(pair)));

    /// <summary>Everything that a browser in this network may call the server.</summary>
    internal static IReadOnlyList<string> NamesOf(HttpsOptions options)
    {
        var host = Dns.GetHostName();
        var addresses = NetworkInterface.GetAllNetworkInterfaces()
            .Where(i => i.OperationalStatus == OperationalStatus.Up)
            .SelectMany(i => i.GetIPProperties().UnicastAddresses)
            .Select(a => a.Address)
            .Where(a => a.AddressFamily == AddressFamily.InterNetwork || (a.AddressFamily == AddressFamily.InterNetworkV6 && !a.IsIPv6LinkLocal))
            .Select(a => a.ToString());
        string[] own = Uri.CheckHostName(host) == UriHostNameType.Dns ? ["localhost", host] : ["localhost"];
        return [.. ((string[])[.. own, "127.0.0.1", "::1", .. addresses, .. options.NameList]).Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    private static HttpsCertificate Operators(HttpsOptions options, DateTimeOffset now)
    {
        var isPfx = Path.GetExtension(options.Certificate).ToLowerInvariant() is ".pfx" or ".p12";
        if (!File.Exists(options.Certificate))
        {
            throw HttpsOptions.Wrong($"{HttpsOptions.Section}:Certificate names {options.Certificate}, and there is no such file.");
        }

        if (!isPfx && !File.Exists(options.Key))
        {
            throw HttpsOptions.Wrong(options.Key.Length == 0
                ? $"{HttpsOptions.Section}:Key must name the PEM file with the private key of {HttpsOptions.Section}:Certificate."
                : $"{HttpsOptions.Section}:Key names {options.Key}, and there is no such file.");
        }

        try
        {
            X509Certificate2Collection all = [];
            X509Certificate2 certificate;
            if (isPfx)
            {
                all = X509CertificateLoader.LoadPkcs12CollectionFromFile(options.Certificate, options.Password);
                certificate = all.FirstOrDefault(c => c.HasPrivateKey) ?? throw new CryptographicException("it holds no private key");
            }
            else
            {
                all.ImportFromPemFile(options.Certificate);
                certificate = options.Password.Length > 0
                    ? X509Certificate2.CreateFromEncryptedPemFile(options.Certificate, options.Password, options.Key)
                    : X509Certificate2.CreateFromPemFile(options.Certificate, options.Key);
            }

            if (certificate.NotAfter < now.LocalDateTime)
            {
                throw HttpsOptions.Wrong($"{HttpsOptions.Section}:Certificate ({options.Certificate}) ended on {certificate.NotAfter:yyyy-MM-dd}.");
            }

            return new HttpsCertificate(certificate, [.. all.Where(c => !c.RawDataMemory.Span.SequenceEqual(certificate.RawDataMemory.Span))], null);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw HttpsOptions.Wrong($"{HttpsOptions.Section}:Certificate ({options.Certificate}) cannot be used with its key: {e.Message}", e);
        }
    }

    /// <summary>Null: there is none, or its time runs out.</summary>
    private static X509Certificate2? ReadAuthority(string secrets, DateTimeOffset now)
    {
        var authority = Read(secrets, AuthorityName);
        if (authority is null && File.Exists(FileOf(secrets, AuthorityName, "crt")))
        {
            // A new one in silence would leave every phone that trusts the old one outside.
            throw new StartupRefusedException(
                ExitCode.Failed,
                $"The local authority in {secrets} cannot be read: bring {AuthorityName}.crt and {AuthorityName}.key back, or delete both for a new one that everyone has to trust anew.");
        }

        return authority is not null && LocalAuthority.HasTime(authority, now) ? authority : null;
    }

    private static X509Certificate2? Read(string secrets, string name)
    {
        try
        {
            return File.Exists(FileOf(secrets, name, "crt")) ? X509Certificate2.CreateFromPemFile(FileOf(secrets, name, "crt"), FileOf(secrets, name, "key")) : null;
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null; // made anew, or refused by the caller
        }
    }

    /// <summary>The key first: where there is a certificate, there is its key.</summary>
    private static X509Certificate2 Save(string secrets, string name, X509Certificate2 certificate)
    {
        using var key = certificate.GetECDsaPrivateKey()!;
        File.Delete(FileOf(secrets, name, "crt"));
        SecretFile.Write(FileOf(secrets, name, "key"), key.ExportPkcs8PrivateKeyPem() + "\n");
        SecretFile.Write(FileOf(secrets, name, "crt"), certificate.ExportCertificatePem() + "\n");
        return certificate;
    }

    private static string FileOf(string secrets, string name, string kind) => Path.Combine(secrets, $"{name}.{kind}");
}
