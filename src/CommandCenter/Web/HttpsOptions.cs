using System.Net;
using CommandCenter.Storage;

namespace CommandCenter.Web;

/// <summary>
/// Section <c>Https</c>, switched on by <c>--https</c>: the operator's certificate, or else one of a local authority that is made once.
/// Read before the host is built, because addresses depend on it.
/// </summary>
public sealed class HttpsOptions
{
    public const string Section = "Https";

    /// <summary>HTTPS on the server's addresses.</summary>
    public bool Enabled { get; set; }

    /// <summary>The operator's certificate with those between it and its authority, PEM, or PFX; empty: the local authority's.</summary>
    public string Certificate { get; set; } = "";

    /// <summary>PEM file of the certificate's private key; not with a PFX.</summary>
    public string Key { get; set; } = "";

    /// <summary>Of the PFX or of an encrypted key.</summary>
    public string Password { get; set; } = "";

    /// <summary>Names and IP addresses by which browsers know this server, besides those it knows itself; separated by spaces or commas.</summary>
    public string Names { get; set; } = "";

    /// <summary>Where plain HTTP answers <c>/ca</c> and sends all else to HTTPS; 0: the port after the server's.</summary>
    public int PlainPort { get; set; }

    public IReadOnlyList<string> NameList => Names.Split([' ', ',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <exception cref="StartupRefusedException">A setting makes no sense; the sentence names it.</exception>
    public static HttpsOptions Read(IConfiguration configuration)
    {
        HttpsOptions options;
        try
        {
            options = configuration.GetSection(Section).Get<HttpsOptions>() ?? new HttpsOptions();
        }
        catch (InvalidOperationException e)
        {
            throw Wrong($"a setting in {Section} cannot be read: {e.InnerException?.Message ?? e.Message}", e);
        }

        if (options.PlainPort is < 0 or > 65_535)
        {
            throw Wrong($"{Section}:PlainPort is {options.PlainPort}; it must be 0 to 65535.");
        }

        foreach (var name in options.NameList.Where(n => !IPAddress.TryParse(n, out _) && Uri.CheckHostName(n) != UriHostNameType.Dns))
        {
            throw Wrong($"{Section}:Names holds '{name}', which is neither a name nor an IP address.");
        }

        if (options.Certificate.Length == 0 && (options.Key.Length > 0 || options.Password.Length > 0))
        {
            throw Wrong($"{Section}:Key and {Section}:Password need {Section}:Certificate.");
        }

        return options;
    }

    internal static StartupRefusedException Wrong(string what, Exception? inner = null) => new(ExitCode.Usage, $"A setting makes no sense: {what}", inner);
}
