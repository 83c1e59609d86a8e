using System.Net;
using CommandCenter.LoadGenerator.Http;
using CommandCenter.LoadGenerator.Load;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CommandCenter.Tests.Tools.LoadGenerator;

/// <summary>The poll loop against a real Kestrel: each request that was written is answered or given up, once.</summary>
public sealed class LaneTests
{
    [Test]
    public async Task BooksEveryRequestOnceWhateverTheServerDoes()
    {
        var served = 0;
        await using var app = Serve(async context =>
        {
            // An odd mix: most are answered, some late, in chunks, with another status, or not at all.
            switch (Interlocked.Increment(ref served) % 10)
            {
                case 3: context.Abort(); break;
                case 5: context.Response.StatusCode = 503; context.Response.ContentLength = 0; break;
                case 7: context.Response.Headers.Connection = "close"; context.Response.ContentLength = 0; break;
                case 8: await context.Response.WriteAsync("in "); await context.Response.WriteAsync("chunks"); break;
                default: context.Response.ContentLength = 0; break;
            }
        });
        await app.StartAsync();
        var requests = new CountingRequests();
        var lane = new Lane(EndPointOf(app), connections: 8, requests, Pacer.FlatOut, TimeProvider.System);
        lane.Start();
        Assert.That(SpinWait.SpinUntil(() => Volatile.Read(ref requests.Written) >= 300, TimeSpan.FromSeconds(30)), Is.True);
        await lane.StopAsync();
        Assert.That(requests.Answered + requests.Unanswered, Is.EqualTo(requests.Written));
        Assert.That((requests.Answered, requests.Unanswered), Is.EqualTo((lane.Answers.Count, (long)requests.Unanswered)));
        Assert.That(requests.Unanswered, Is.GreaterThan(0));
        Assert.That(requests.Bodies, Does.Contain("in chunks"));
    }

    [Test]
    public async Task KeepsTryingWhileNobodyListens()
    {
        var requests = new CountingRequests();
        var lane = new Lane(new IPEndPoint(IPAddress.Loopback, 1), connections: 2, requests, Pacer.FlatOut, TimeProvider.System);
        lane.Start();
        Assert.That(SpinWait.SpinUntil(() => Volatile.Read(ref requests.Written) >= 6, TimeSpan.FromSeconds(30)), Is.True);
        await lane.StopAsync();
        Assert.That(requests.Unanswered, Is.EqualTo(requests.Written));
    }

    private static WebApplication Serve(RequestDelegate handle)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        app.Run(handle);
        return app;
    }

    private static IPEndPoint EndPointOf(WebApplication app) =>
        new(IPAddress.Loopback, new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Port);

    private sealed class CountingRequests : IRequests
    {
        private static readonly byte[] Request = "GET / HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray();

        public int Written;

        public long Answered { get; private set; }

        public int Unanswered { get; private set; }

        public HashSet<string> Bodies { get; } = [];

        public void Write(Exchange exchange, long nowMs)
        {
            Request.CopyTo(exchange.Room(Request.Length));
            exchange.Length = Request.Length;
            Volatile.Write(ref Written, Written + 1);
        }

        void IRequests.Answered(Exchange exchange, int status, ReadOnlySpan<byte> body)
        {
            Answered++;
            Bodies.Add(System.Text.Encoding.ASCII.GetString(body));
        }

        void IRequests.Unanswered(Exchange exchange) => Unanswered++;
    }
}
