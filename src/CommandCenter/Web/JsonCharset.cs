using System.Text;
using CommandCenter.Http;
using Microsoft.Net.Http.Headers;

namespace CommandCenter.Web;

/// <summary>
/// A JSON body in a charset that this server does not know is the sender's mistake: 415. The framework would throw where the body is read, which is a 500.
/// </summary>
internal sealed class JsonCharset(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context) =>
        context.Request.HasJsonContentType() && MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type) && type.Charset.HasValue && !IsKnown(type)
            ? Problems.UnsupportedMedia("charset", "The body's charset is not known here: send UTF-8.").ExecuteAsync(context)
            : next(context);

    private static bool IsKnown(MediaTypeHeaderValue type)
    {
        try
        {
            // As the framework does, which takes quotes off itself.
            return Encoding.GetEncoding(HeaderUtilities.RemoveQuotes(type.Charset).ToString()) is not null;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }
}
