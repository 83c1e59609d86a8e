using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace CommandCenter.Telemetry;

/// <summary>
/// Listens to this server's meters and activities and to the framework's, and sends them by OTLP where an address is configured; without one, and without
/// <c>/metrics</c>, nobody listens and nothing is aggregated.
/// </summary>
internal sealed class TelemetryExport(
    IOptions<TelemetryOptions> options, IConfiguration configuration, PrometheusText prometheus, ILogger<TelemetryExport> logger) : IHostedService
{
    /// <summary>The framework's own, chosen so that no tag can grow without bound or name a person.</summary>
    private static readonly string[] FrameworkMeters =
        ["Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.Http.Connections", "System.Runtime", "Npgsql"];

    private static readonly string[] FrameworkSources = ["Microsoft.AspNetCore", "Microsoft.AspNetCore.SignalR.Server"];

    private static readonly TimeSpan LastExport = TimeSpan.FromSeconds(2);

    private MeterProvider? _metrics;
    private TracerProvider? _traces;
    private ExportTrouble? _trouble;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var settings = options.Value;
        var metricsByOtlp = IsOtlpTo("METRICS");
        var tracesByOtlp = IsOtlpTo("TRACES") && settings.TraceShare > 0;
        if (metricsByOtlp || tracesByOtlp)
        {
            _trouble = new ExportTrouble(logger);
        }

        if (metricsByOtlp || settings.PrometheusListen.Length > 0)
        {
            var builder = Sdk.CreateMeterProviderBuilder().ConfigureResource(Describe).AddMeter("CommandCenter.*").AddMeter(FrameworkMeters);
            if (settings.PrometheusListen.Length > 0)
            {
                builder.AddReader(prometheus.Reader);
            }

            if (metricsByOtlp)
            {
                builder.AddOtlpExporter((otlp, reader) =>
                {
                    Apply(settings.Otlp, otlp, "v1/metrics");
                    reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = settings.MetricsSeconds * 1_000;
                });
            }

            _metrics = builder.Build();
        }

        if (tracesByOtlp)
        {
            // The framework names route and status on its activities only when asked to, before the host starts.
            AppContext.SetSwitch("Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData", false);
            _traces = Sdk.CreateTracerProviderBuilder()
                .ConfigureResource(Describe)
                .AddSource("CommandCenter.*")
                .AddSource(FrameworkSources)
                .SetSampler(new SpanSampler(settings.TraceShare))
                .AddProcessor(new SpanTags())
                .AddOtlpExporter(otlp => Apply(settings.Otlp, otlp, "v1/traces"))
                .Build();
        }

        return Task.CompletedTask;
    }

    /// <summary>Tells the last figures, and waits for no collector that is away.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        var bound = (int)LastExport.TotalMilliseconds;
        await Task.WhenAll(
            OnOwnThread(() => _metrics?.Shutdown(bound)),
            OnOwnThread(() => _traces?.Shutdown(bound)));
        _metrics?.Dispose();
        _traces?.Dispose();
        _trouble?.Dispose();
    }

    /// <summary>The SDK has no asynchronous end.</summary>
    private static Task OnOwnThread(Action act) => Task.Factory.StartNew(act, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private bool IsOtlpTo(string signal) =>
        !string.Equals(configuration["OTEL_SDK_DISABLED"], "true", StringComparison.OrdinalIgnoreCase)
        && ((string?[])[options.Value.Otlp.Endpoint, configuration["OTEL_EXPORTER_OTLP_ENDPOINT"], configuration[$"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT"]])
            .Any(address => !string.IsNullOrEmpty(address));

    private static void Apply(OtlpOptions from, OtlpExporterOptions to, string path)
    {
        to.TimeoutMilliseconds = from.TimeoutSeconds * 1_000;
        if (from.Endpoint.Length > 0)
        {
            to.Protocol = from.Protocol == "grpc" ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;

            // An address from code is taken as it is, so each signal's path is put behind it, as the standard says for the variable.
            to.Endpoint = from.Protocol == "grpc" ? new Uri(from.Endpoint) : new Uri(from.Endpoint.TrimEnd('/') + "/" + path);
        }

        if (from.Headers.Length > 0)
        {
            to.Headers = from.Headers;
        }
    }

    /// <summary><c>OTEL_SERVICE_NAME</c> and <c>OTEL_RESOURCE_ATTRIBUTES</c> win. A node is known by machine and port, the same after a restart.</summary>
    private void Describe(ResourceBuilder resource) => resource
        .Clear()
        .AddTelemetrySdk()
        .AddService(
            "commandcenter",
            serviceVersion: typeof(TelemetryExport).Assembly.GetName().Version?.ToString(3),
            autoGenerateServiceInstanceId: false,
            serviceInstanceId: $"{Environment.MachineName}:{PortOf(configuration[WebHostDefaults.ServerUrlsKey])}")
        .AddEnvironmentVariableDetector();

    private static int PortOf(string? urls) => (urls ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries) is [var first, ..] ? BindingAddress.Parse(first).Port : 0;
}
