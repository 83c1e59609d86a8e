using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using CommandCenter.Storage;
using CommandCenter.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CommandCenter.Tests.Web;

/// <summary>A real Kestrel with what every request meets, and endpoints that fail.</summary>
public sealed class TraceIdTests
{
    private readonly ConcurrentQueue<(LogLevel Level, string Text)> _log = new();
    private WebApplication _app = null!;
    private HttpClient _http = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration["urls"] = "http://127.0.0.1:0";
        builder.Configuration["Web:TrustedProxies:0"] = "127.0.0.1";
        builder.Configuration["Web:TrustedProxies:1"] = "10.1.0.0/16";
        builder.Logging.ClearProviders().AddProvider(new Capture(_log));
        builder.Services.AddSingleton(TimeProvider.System).AddSingleton(new Readiness());
        builder.AddWeb();
        _app = builder.Build();
        TrustedProxies.Use(_app);
        _app.UseExceptionHandler();
        _app.MapGet("/fail/{code}", string (string code) => throw new InvalidOperationException("a bug"));
        _app.MapGet("/away/{code}", string (string code) => throw new RedisAwayException("Redis is away."));
        _app.MapGet("/caller", (HttpContext context) => $"{context.Connection.RemoteIpAddress} {context.Request.Scheme}");
        await _app.StartAsync();
        _http = new HttpClient { BaseAddress = new Uri(_app.Urls.First()) };
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
    }

    [TestCase("/fail/W12345", HttpStatusCode.InternalServerError, "failed", "GET /fail/{code}", LogLevel.Error)]
    [TestCase("/away/W12345", HttpStatusCode.ServiceUnavailable, "backend-away", "GET /away/{code}", LogLevel.Warning)]
    public async Task TheAnswersTraceIdIsInTheLineAboutItBesideTheRoute(string path, HttpStatusCode status, string reason, string route, LogLevel level)
    {
        using var answer = await _http.GetAsync(path);
        var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        var traceId = problem.GetProperty("traceId").GetString()!;

        Assert.That(answer.StatusCode, Is.EqualTo(status));
        Assert.That(problem.GetProperty("reason").GetString(), Is.EqualTo(reason));
        var lines = _log.Where(line => line.Text.Contains(traceId, StringComparison.Ordinal)).ToList();
        Assert.That(lines, Has.Count.EqualTo(1));
        Assert.That(lines[0].Level, Is.EqualTo(level));
        Assert.That(lines[0].Text, Does.Contain(route));
        Assert.That(_log.Where(line => line.Text.Contains("W12345", StringComparison.Ordinal)), Is.Empty, "paths name people");
    }

    [TestCase("203.0.113.9", "203.0.113.9")]
    [TestCase("198.51.100.1, 203.0.113.9", "203.0.113.9")]
    [TestCase("203.0.113.9, 10.1.2.3", "203.0.113.9")]
    public async Task TheCallerIsTheLastAddressThatNoTrustedProxyHas(string forwarded, string caller)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/caller");
        request.Headers.Add("X-Forwarded-For", forwarded);
        request.Headers.Add("X-Forwarded-Proto", string.Join(", ", forwarded.Split(',').Select(_ => "https")));

        using var answer = await _http.SendAsync(request);

        Assert.That(await answer.Content.ReadAsStringAsync(), Is.EqualTo($"{caller} https"));
    }

    private sealed class Capture(ConcurrentQueue<(LogLevel Level, string Text)> log) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            log.Enqueue((logLevel, formatter(state, exception) + exception));

        public void Dispose()
        {
        }
    }
}
