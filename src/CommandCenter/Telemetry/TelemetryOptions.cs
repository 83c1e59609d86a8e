using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace CommandCenter.Telemetry;

/// <summary>Section <c>Telemetry</c>: who hears of this server's metrics and traces. Nobody by default, and then nothing is measured for them.</summary>
public sealed class TelemetryOptions
{
    public const string Section = "Telemetry";

    /// <summary>Seconds between two exports of metrics.</summary>
    [Range(1, 3_600)]
    public int MetricsSeconds { get; set; } = 15;

    /// <summary>Share of requests and lots that are traced, 0–1; 0 traces nothing.</summary>
    [Range(0.0, 1.0)]
    public double TraceShare { get; set; } = 0.01;

    /// <summary>Address such as <c>http://127.0.0.1:9464</c> where <c>/metrics</c> answers in Prometheus' text format, to everyone who reaches it; empty: nowhere.</summary>
    public string PrometheusListen { get; set; } = "";

    /// <summary>Where OpenTelemetry's protocol is spoken to.</summary>
    public OtlpOptions Otlp { get; } = new();
}

/// <summary>Section <c>Telemetry:Otlp</c>. What is not given here comes from the standard <c>OTEL_EXPORTER_OTLP_*</c> variables.</summary>
public sealed class OtlpOptions
{
    public const string Section = TelemetryOptions.Section + ":Otlp";

    /// <summary>Address of the collector, such as <c>http://collector:4318</c>; empty: what <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says, or no export.</summary>
    public string Endpoint { get; set; } = "";

    /// <summary>http (protobuf over HTTP, port 4318 by custom) or grpc (4317).</summary>
    public string Protocol { get; set; } = "http";

    /// <summary>A secret: headers of each export, such as <c>authorization=Bearer …</c>; several are separated by commas.</summary>
    public string Headers { get; set; } = "";

    /// <summary>Longest wait for one export, seconds; what could not be told then is counted on and told with the next.</summary>
    [Range(1, 60)]
    public int TimeoutSeconds { get; set; } = 5;
}

internal sealed class TelemetryOptionsValidation : IValidateOptions<TelemetryOptions>
{
    public ValidateOptionsResult Validate(string? name, TelemetryOptions options)
    {
        var errors = new List<string>();
        Check(options.Otlp.Endpoint.Length == 0 || IsWebAddress(options.Otlp.Endpoint), $"{OtlpOptions.Section}:Endpoint must be an http or https address.");
        Check(options.Otlp.Protocol is "http" or "grpc", $"{OtlpOptions.Section}:Protocol is '{options.Otlp.Protocol}'; it must be http or grpc.");
        Check(options.Otlp.TimeoutSeconds is >= 1 and <= 60, $"{OtlpOptions.Section}:TimeoutSeconds is {options.Otlp.TimeoutSeconds}; it must be 1 to 60.");

        // Not repeated in the sentence: they hold keys.
        Check(options.Otlp.Headers.Length == 0 || options.Otlp.Headers.Split(',').All(h => h.IndexOf('=', StringComparison.Ordinal) > 0), $"{OtlpOptions.Section}:Headers must be name=value, several separated by commas.");
        Check(options.PrometheusListen.Length == 0 || PrometheusListener.TryRead(options.PrometheusListen, out _), $"{TelemetryOptions.Section}:PrometheusListen must be an address such as http://127.0.0.1:9464.");
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);

        void Check(bool holds, string otherwise)
        {
            if (!holds)
            {
                errors.Add(otherwise);
            }
        }
    }

    private static bool IsWebAddress(string text) => Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https";
}
