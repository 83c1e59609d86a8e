using CommandCenter.Storage;
using Microsoft.AspNetCore.StaticFiles;

namespace CommandCenter.Web;

/// <summary>The web client's files: hashed ones for ever, <c>index.html</c> asked again each time and served for every page route.</summary>
internal static class PageFiles
{
    // Below these lives what programs call: an unknown path there is a 404, not a page.
    private static readonly string[] NotPages = ["/api", "/hubs", "/osmand", "/owntracks", "/openapi", "/healthz", "/assets", "/basemaps"];

    public static void Use(WebApplication app)
    {
        var types = new FileExtensionContentTypeProvider();
        types.Mappings[".pmtiles"] = "application/octet-stream";
        types.Mappings[".mjs"] = "text/javascript";
        types.Mappings[".webmanifest"] = "application/manifest+json";
        app.UseStaticFiles(new StaticFileOptions
        {
            ContentTypeProvider = types,
            OnPrepareResponse = file => file.Context.Response.Headers.CacheControl =
                file.Context.Request.Path.StartsWithSegments("/assets", StringComparison.Ordinal) ? "public, max-age=31536000, immutable" : "no-cache",
        });
    }

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapFallback("{*path:nonfile}", PageAsync).WithMetadata(new HttpMethodMetadata(["GET", "HEAD"])).AllowAnonymous().WithMetadata(ServesWhileStarting.Mark);

    private static async Task<IResult> PageAsync(HttpContext context, IWebHostEnvironment environment)
    {
        var path = context.Request.Path;
        var isPage = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);
        if (!isPage || NotPages.Any(prefix => path.StartsWithSegments(prefix, StringComparison.OrdinalIgnoreCase)))
        {
            return TypedResults.Problem(statusCode: StatusCodes.Status404NotFound, title: "Not found", detail: $"There is nothing at {path}.");
        }

        var index = environment.WebRootFileProvider.GetFileInfo("index.html");
        if (!index.Exists)
        {
            return TypedResults.Problem(statusCode: StatusCodes.Status404NotFound, title: "Not found", detail: "This server was built without its web client.");
        }

        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.CacheControl = "no-cache";
        await context.Response.SendFileAsync(index, context.RequestAborted);
        return TypedResults.Empty;
    }
}
