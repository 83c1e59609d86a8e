using System.CommandLine;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CommandCenter.LoadGenerator;

/// <summary>
/// What the server's rate is measured beside: the same Kestrel with the same limits, in a process of its own, which answers an empty 200 to
/// whatever it is asked and has nothing else in the way.
/// </summary>
internal static class BaselineServer
{
    public const string Name = "baseline-server";

    public static Command Build()
    {
        var port = new Option<int>("--port") { Description = "Port on loopback", Required = true };
        var command = new Command(Name, "Answers an empty 200 to every request: the other side of scenario ingest.") { port };
        command.SetAction((arguments, cancellationToken) => RunAsync(arguments.GetValue(port), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(int port, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrel(kestrel =>
        {
            kestrel.ListenLocalhost(port);
            Bound(kestrel);
        });
        builder.Logging.ClearProviders();
        await using var app = builder.Build();
        app.Run(context =>
        {
            context.Response.ContentLength = 0;
            return Task.CompletedTask;
        });
        await app.StartAsync(cancellationToken);
        await app.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.WaitAsync(cancellationToken);
        await app.StopAsync(CancellationToken.None);
        return ExitStatus.Done;
    }

    // The defaults of the server's section Web.
    private static void Bound(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = 4 * 1_024 * 1_024;
        kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1_024;
        kestrel.Limits.MaxRequestLineSize = 8 * 1_024;
        kestrel.Limits.MaxConcurrentConnections = 20_000;
        kestrel.Limits.MaxConcurrentUpgradedConnections = 20_000;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
    }

    private static async Task WaitAsync(this CancellationToken stopping, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, cancellationToken);
        await Task.Delay(Timeout.Infinite, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
