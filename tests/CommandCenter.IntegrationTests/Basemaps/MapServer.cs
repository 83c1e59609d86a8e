using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CommandCenter.IntegrationTests.Basemaps;

/// <summary>Somebody else's map server, on a loopback port: counts what it is asked and answers as the test says.</summary>
internal sealed class MapServer : IAsyncDisposable
{
    public static readonly byte[] Png = [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, 1, 2, 3];

    private readonly WebApplication _app;

    private MapServer(WebApplication app) => _app = app;

    /// <summary>Path and query of every request.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    public ConcurrentQueue<string> Referers { get; } = new();

    public Func<HttpContext, Task> Answer { get; set; } = SendTileAsync;

    public string Url => _app.Urls.First();

    public static async Task<MapServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var server = new MapServer(app);
        app.Run(context =>
        {
            server.Asked.Enqueue(context.Request.Path + context.Request.QueryString);
            server.Referers.Enqueue(context.Request.Headers.Referer.ToString());
            return server.Answer(context);
        });
        await app.StartAsync();
        return server;
    }

    public int AskedFor(string path) => Asked.Count(a => a.StartsWith(path, StringComparison.Ordinal));

    public static async Task SendTileAsync(HttpContext context)
    {
        context.Response.ContentType = "application/octet-stream";
        await context.Response.Body.WriteAsync(Png);
    }

    public static Func<HttpContext, Task> Status(HttpStatusCode status) => context =>
    {
        context.Response.StatusCode = (int)status;
        return Task.CompletedTask;
    };

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
