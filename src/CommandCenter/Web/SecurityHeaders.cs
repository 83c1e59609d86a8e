using Microsoft.Extensions.Options;

namespace CommandCenter.Web;

/// <summary>Headers that keep pages from loading, framing or telling others what they should not.</summary>
internal sealed class SecurityHeaders(RequestDelegate next, IOptions<WebOptions> options)
{
    // MapLibre's worker is a module of ours or a blob; element styles are set by script, which needs unsafe-inline for styles alone.
    private readonly string _policy =
        $"default-src 'self'; script-src 'self'; worker-src 'self' blob:; child-src 'self' blob:; style-src 'self' 'unsafe-inline'; "
        + $"img-src 'self' data: blob:{Origins(options.Value)}; font-src 'self' data:; connect-src 'self' data: blob:{Origins(options.Value)}; "
        + "media-src 'self' blob:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    public Task InvokeAsync(HttpContext context)
    {
        TraceIds.NameRoute(context);
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = _policy;
        headers["Referrer-Policy"] = "no-referrer";
        headers["Permissions-Policy"] = "geolocation=(self), camera=(self), microphone=(self), fullscreen=(self)";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        return next(context);
    }

    private static string Origins(WebOptions options) => string.Concat(options.MapOrigins.Select(origin => " " + origin));
}
