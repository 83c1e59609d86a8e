using System.Diagnostics;
using System.Diagnostics.Metrics;
using CommandCenter.IntegrationTests.Harness;
using CommandCenter.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CommandCenter.IntegrationTests.Telemetry;

/// <summary>The way of a meter's figures to a collector, by each protocol, and by none.</summary>
public sealed class ExportTests
{
    [TestCase(false)]
    [TestCase(true)]
    public async Task MetricsAndTracesReachACollector(bool grpc)
    {
        await using var collector = await Collector.StartAsync(grpc);
        await using var app = await StartAsync(("Otlp:Endpoint", collector.Address), ("Otlp:Protocol", grpc ? "grpc" : "http"), ("TraceShare", "1"), ("MetricsSeconds", "1"));
        using var meter = new Meter("CommandCenter.Something");
        using var source = new ActivitySource("CommandCenter.Something");
        meter.CreateCounter<long>("things.done").Add(3);
        source.StartActivity("do a thing")?.Dispose();

        await Eventually.TrueAsync(() => collector.Metrics.Contains(("CommandCenter.Something", "things.done")), "the metric is told");
        await app.StopAsync();

        Assert.That(collector.Spans, Has.Member(("CommandCenter.Something", "do a thing")));
    }

    [Test]
    public async Task NobodyListensByDefault()
    {
        await using var app = await StartAsync();
        using var meter = new Meter("CommandCenter.Something");
        using var source = new ActivitySource("CommandCenter.Something");

        Assert.That(meter.CreateCounter<long>("things.done").Enabled, Is.False);
        Assert.That(source.HasListeners(), Is.False);
    }

    [Test]
    public async Task ACollectorThatIsAwayIsSaidOnce()
    {
        var lines = new List<string>();
        await using var app = await StartAsync(lines, ("Otlp:Endpoint", "http://127.0.0.1:9"), ("MetricsSeconds", "1"));

        await Eventually.TrueAsync(() => Count(lines) > 0, "the trouble is in the log");
        await Task.Delay(TimeSpan.FromSeconds(2.5));
        await app.StopAsync();

        Assert.That(Count(lines), Is.EqualTo(1));

        static int Count(List<string> lines)
        {
            lock (lines)
            {
                return lines.Count(line => line.Contains("could not be sent", StringComparison.Ordinal));
            }
        }
    }

    private static Task<WebApplication> StartAsync(params (string Key, string Value)[] settings) => StartAsync([], settings);

    private static async Task<WebApplication> StartAsync(List<string> lines, params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration["urls"] = "http://127.0.0.1:0";
        foreach (var (key, value) in settings)
        {
            builder.Configuration[$"{TelemetryOptions.Section}:{key}"] = value;
        }

        builder.Logging.ClearProviders().AddProvider(new Lines(lines));
        builder.Services.AddSingleton(TimeProvider.System);
        builder.AddTelemetry();
        var app = builder.Build();
        await app.StartAsync();
        return app;
    }

    private sealed class Lines(List<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (lines)
            {
                lines.Add(formatter(state, exception));
            }
        }

        public void Dispose()
        {
        }
    }
}
