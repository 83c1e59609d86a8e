using System.ComponentModel;
using System.Diagnostics;
using CommandCenter.Contracts.Wall;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CommandCenter.IntegrationTests.MessagePack;

/// <summary>The proof that stays: our hub protocol against the official npm client, over a real WebSocket.</summary>
public sealed class OfficialClientTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    [Test]
    public async Task OfficialClientSpeaksWithTheHub()
    {
        var root = Root();
        var web = Path.Combine(root, "web");
        foreach (var package in new[] { "@microsoft/signalr", "@microsoft/signalr-protocol-msgpack" })
        {
            Assert.That(Path.Combine(web, "node_modules", package), Does.Exist, $"The npm package {package} is not installed: run `npm ci` in web/.");
        }

        await using var server = await StartAsync();
        var script = Path.Combine(root, "tests", "CommandCenter.IntegrationTests", "MessagePack", "official-client.mjs");
        var (exitCode, output) = await RunNodeAsync(script, $"{server.Urls.Single()}{IWallHub.Path}", web, Path.Combine(root, "tests", "golden"));
        await TestContext.Out.WriteLineAsync(output);
        Assert.That(exitCode, Is.Zero, output);
        Assert.That(output, Does.Contain("14 checks passed"));
    }

    private static async Task<WebApplication> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSignalR(options => options.MaximumReceiveMessageSize = 256 * 1024)
            .AddMessagePackProtocol();
        var app = builder.Build();
        app.MapHub<OfficialClientHub>(IWallHub.Path, options => options.AllowStatefulReconnects = true);
        await app.StartAsync();
        return app;
    }

    private static async Task<(int ExitCode, string Output)> RunNodeAsync(string script, params string[] arguments)
    {
        using var node = new Process
        {
            StartInfo = new ProcessStartInfo("node", [script, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true },
        };
        try
        {
            node.Start();
        }
        catch (Win32Exception error)
        {
            throw new AssertionException("Node.js 20 or newer must be on the path.", error);
        }

        using var limit = new CancellationTokenSource(Limit);
        try
        {
            var output = node.StandardOutput.ReadToEndAsync(limit.Token);
            var errors = node.StandardError.ReadToEndAsync(limit.Token);
            await node.WaitForExitAsync(limit.Token);
            return (node.ExitCode, await output + await errors);
        }
        finally
        {
            if (!node.HasExited)
            {
                node.Kill(entireProcessTree: true);
            }
        }
    }

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "CommandCenter.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("The tests must run inside the repository: no CommandCenter.sln above them.");
    }
}
