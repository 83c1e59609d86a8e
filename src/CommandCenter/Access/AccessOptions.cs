using System.ComponentModel.DataAnnotations;

namespace CommandCenter.Access;

/// <summary>Section <c>Access</c>: how people sign in.</summary>
public sealed class AccessOptions
{
    public const string Section = "Access";

    /// <summary>A cookie unused for so long ends, hours; each use starts it anew.</summary>
    [Range(1, 24 * 90)]
    public int CookieHours { get; set; } = 12;

    /// <summary>A bearer token ends so long after it was made, hours.</summary>
    [Range(1, 24 * 90)]
    public int TokenHours { get; set; } = 12;

    /// <summary>PBKDF2 rounds of HMAC-SHA-512 for a password (OWASP asks for 210,000).</summary>
    [Range(10_000, 10_000_000)]
    public int PasswordIterations { get; set; } = 210_000;

    /// <summary>Passwords hashed at the same time on this node: each takes a core for tens of milliseconds.</summary>
    [Range(1, 64)]
    public int ConcurrentHashes { get; set; } = 1;

    /// <summary>Sign-ins that may wait for a hash; past it the answer is 503.</summary>
    [Range(1, 10_000)]
    public int WaitingHashes { get; set; } = 64;

    /// <summary>Pairs of user and address, and addresses, whose failed sign-ins are remembered.</summary>
    [Range(100, 1_000_000)]
    public int RememberedFailures { get; set; } = 20_000;

    /// <summary>Failed sign-ins are forgotten so long after the last one, minutes.</summary>
    [Range(1, 24 * 60)]
    public int ForgetFailuresMinutes { get; set; } = 15;

    /// <summary>Failures of one address, whatever the user, before it is delayed too: an office may share one address.</summary>
    [Range(3, 10_000)]
    public int AddressFailures { get; set; } = 30;

    /// <summary>The printed link that makes the first administrator is good for so long, minutes.</summary>
    [Range(1, 7 * 24 * 60)]
    public int SetupMinutes { get; set; } = 60;

    /// <summary>Further origins, such as <c>https://center.example</c>, whose pages may sign in and connect; the server's own always may.</summary>
    public string[] AllowedOrigins { get; set; } = [];
}
