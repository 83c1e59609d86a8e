using System.Globalization;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using CommandCenter.Storage;

namespace CommandCenter.Web;

/// <summary>Where people learn to trust this server's local authority: a page with the steps for each system, and the certificate.</summary>
internal static class AuthorityPage
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/ca").ExcludeFromDescription().AllowAnonymous().WithMetadata(ServesWhileStarting.Mark);
        group.MapGet("", Show);
        group.MapGet("ca.crt", Download);
    }

    private static IResult Show(HttpContext context)
    {
        if (AuthorityIn(context) is not { } authority)
        {
            return NotHere();
        }

        using var template = new StreamReader(typeof(AuthorityPage).Assembly.GetManifestResourceStream("CommandCenter.Web.authority.html")!);
        var host = context.Request.Host.Host;
        var port = HttpsAddresses.PortOf(context.RequestServices.GetRequiredService<IConfiguration>()[WebHostDefaults.ServerUrlsKey] ?? "");
        var html = template.ReadToEnd()
            .Replace("{{fingerprint}}", HttpsCertificate.FingerprintOf(authority), StringComparison.Ordinal)
            .Replace("{{name}}", WebUtility.HtmlEncode(authority.GetNameInfo(X509NameType.SimpleName, false)), StringComparison.Ordinal)
            .Replace("{{until}}", authority.NotAfter.ToUniversalTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{{address}}", WebUtility.HtmlEncode($"https://{new HostString(host, port).ToUriComponent()}/"), StringComparison.Ordinal);
        context.Response.Headers.CacheControl = "no-cache";
        return TypedResults.Content(html, "text/html; charset=utf-8");
    }

    // PEM: Windows, Android, iOS and macOS take it as well as DER, and Linux takes nothing else.
    private static IResult Download(HttpContext context) => AuthorityIn(context) is { } authority
        ? TypedResults.File(Encoding.ASCII.GetBytes(authority.ExportCertificatePem() + "\n"), "application/x-x509-ca-cert", "CommandCenter-ca.crt")
        : NotHere();

    /// <summary>Null without <c>--https</c> or with an operator's certificate.</summary>
    private static X509Certificate2? AuthorityIn(HttpContext context) => context.RequestServices.GetService<HttpsCertificate>()?.Authority;

    private static IResult NotHere() => TypedResults.Problem(
        "This server has no certificate authority of its own.",
        statusCode: StatusCodes.Status404NotFound,
        title: "Not found",
        type: "/problems/no-local-authority",
        extensions: new Dictionary<string, object?> { ["reason"] = "no-local-authority" });
}
