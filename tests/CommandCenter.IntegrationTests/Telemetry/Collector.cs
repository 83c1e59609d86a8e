using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace CommandCenter.IntegrationTests.Telemetry;

/// <summary>What an OpenTelemetry collector is to the server: it takes OTLP on loopback, by HTTP or by gRPC, and keeps the bytes.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private const int GrpcPrefix = 5;
    private readonly ConcurrentQueue<(string Path, byte[] Body)> _received = new();
    private readonly WebApplication _app;

    private Collector(WebApplication app) => _app = app;

    public string Address => _app.Urls.First();

    /// <summary>Everything received so far, as text: for what must not be in it.</summary>
    public string Everything => string.Join('\n', _received.Select(message => Encoding.UTF8.GetString(message.Body)));

    /// <summary>Meter and name of each metric.</summary>
    public HashSet<(string Meter, string Name)> Metrics => [.. Bodies("etrics")
        .SelectMany(body => Fields(body, 1)).SelectMany(resource => Fields(resource, 2))
        .SelectMany(scope => Fields(scope, 2).Select(metric => (NameOfScope(scope), Text(metric, 1))))];

    /// <summary>Source and name of each span.</summary>
    public List<(string Source, string Name)> Spans => [.. Bodies("race")
        .SelectMany(body => Fields(body, 1)).SelectMany(resource => Fields(resource, 2))
        .SelectMany(scope => Fields(scope, 2).Select(span => (NameOfScope(scope), Text(span, 5))))];

    public static async Task<Collector> StartAsync(bool grpc)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(
            System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = grpc ? HttpProtocols.Http2 : HttpProtocols.Http1));
        var collector = new Collector(builder.Build());
        collector._app.Run(collector.TakeAsync);
        await collector._app.StartAsync();
        return collector;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var isGrpc = context.Request.ContentType?.StartsWith("application/grpc", StringComparison.Ordinal) == true;
        _received.Enqueue((context.Request.Path.Value!, body.ToArray()[(isGrpc ? GrpcPrefix : 0)..]));
        context.Response.ContentType = isGrpc ? "application/grpc" : "application/x-protobuf";
        if (isGrpc)
        {
            // An empty message, and that all went well.
            await context.Response.Body.WriteAsync(new byte[GrpcPrefix]);
            context.Response.AppendTrailer("grpc-status", "0");
        }
    }

    private IEnumerable<byte[]> Bodies(string signal) => _received.Where(m => m.Path.Contains(signal, StringComparison.Ordinal)).Select(m => m.Body);

    private static string NameOfScope(byte[] scope) => Fields(scope, 1).Select(s => Text(s, 1)).FirstOrDefault("");

    private static string Text(byte[] message, int field) => Fields(message, field).Select(bytes => Encoding.UTF8.GetString(bytes)).FirstOrDefault("");

    /// <summary>The length-delimited fields of that number in a Protocol Buffers message.</summary>
    private static List<byte[]> Fields(byte[] message, int wanted)
    {
        var found = new List<byte[]>();
        var at = 0;
        while (at < message.Length)
        {
            var tag = Number(message, ref at);
            switch (tag & 7)
            {
                case 0:
                    Number(message, ref at);
                    break;
                case 1:
                    at += 8;
                    break;
                case 2:
                    var length = (int)Number(message, ref at);
                    if ((int)(tag >> 3) == wanted)
                    {
                        found.Add(message[at..(at + length)]);
                    }

                    at += length;
                    break;
                case 5:
                    at += 4;
                    break;
                default:
                    throw new InvalidDataException("no Protocol Buffers message");
            }
        }

        return found;
    }

    private static ulong Number(byte[] message, ref int at) => CommandCenter.Storage.Varint.Read(message, ref at);
}
