using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;

namespace CommandCenter.BrowserTests;

/// <summary>
/// The built page alone, before a server that answers only what a test maps: for what the page must do when the server is
/// away, refuses or is slow. Tests of the whole line use the real server.
/// </summary>
public sealed class PageHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private PageHost(WebApplication app) => _app = app;

    public string Url => _app.Urls.First();

    /// <param name="answer">Answers a request under /api; its result is the status, nothing else is sent.</param>
    public static async Task<PageHost> StartAsync(Func<HttpContext, int> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var files = new PhysicalFileProvider(Path.Combine(Repository.Root, "src", "CommandCenter", "wwwroot"));
        app.Map("/api", api => api.Run(context =>
        {
            context.Response.StatusCode = answer(context);
            return Task.CompletedTask;
        }));
        app.UseStaticFiles(new StaticFileOptions { FileProvider = files });
        app.MapFallbackToFile("index.html", new StaticFileOptions { FileProvider = files });
        await app.StartAsync();
        return new PageHost(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
