using System.Globalization;
using System.Text;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace CommandCenter.Telemetry;

/// <summary>
/// All metrics in Prometheus' text format 0.0.4 (https://prometheus.io/docs/instrumenting/exposition_formats/), named by OpenTelemetry's rules for it: dots become
/// underscores, the unit is a suffix, a counter ends in <c>_total</c>. The SDK bounds how many series there are.
/// </summary>
internal sealed class PrometheusText(TimeProvider time)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);
    private readonly Lock _gate = new();
    private readonly Exporter _exporter = new();
    private BaseExportingMetricReader? _reader;
    private string _text = "";
    private long _collected;

    /// <summary>For the provider that owns it from then on.</summary>
    public MetricReader Reader => _reader ??= new BaseExportingMetricReader(_exporter) { TemporalityPreference = MetricReaderTemporalityPreference.Cumulative };

    /// <summary>Collected at most once a second, however many ask.</summary>
    public string Read()
    {
        lock (_gate)
        {
            if (_text.Length == 0 || time.GetElapsedTime(_collected) > Fresh)
            {
                _exporter.Text.Clear();
                _reader?.Collect(timeoutMilliseconds: 1_000);
                _text = _exporter.Text.ToString();
                _collected = time.GetTimestamp();
            }

            return _text;
        }
    }

    internal static string NameOf(string name, string unit, bool isCounter)
    {
        var plain = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));
        var suffix = unit switch { "s" => "_seconds", "By" => "_bytes", "1" when !isCounter => "_ratio", _ => "" };
        plain = plain.EndsWith(suffix, StringComparison.Ordinal) ? plain : plain + suffix;
        return isCounter && !plain.EndsWith("_total", StringComparison.Ordinal) ? plain + "_total" : plain;
    }

    private sealed class Exporter : BaseExporter<Metric>
    {
        public StringBuilder Text { get; } = new();

        public override ExportResult Export(in Batch<Metric> batch)
        {
            foreach (var metric in batch)
            {
                Write(metric);
            }

            return ExportResult.Success;
        }

        private void Write(Metric metric)
        {
            var isCounter = metric.MetricType is MetricType.LongSum or MetricType.DoubleSum;
            var isHistogram = metric.MetricType is MetricType.Histogram;
            var name = NameOf(metric.Name, metric.Unit, isCounter);
            Text.Append("# HELP ").Append(name).Append(' ').Append(Escaped(metric.Description)).Append('\n');
            Text.Append("# TYPE ").Append(name).Append(isCounter ? " counter\n" : isHistogram ? " histogram\n" : " gauge\n");
            foreach (ref readonly var point in metric.GetMetricPoints())
            {
                var labels = LabelsOf(point);
                if (isHistogram)
                {
                    WriteHistogram(name, labels, point);
                }
                else
                {
                    Line(name, labels, ValueOf(metric.MetricType, point));
                }
            }
        }

        private void WriteHistogram(string name, string labels, in MetricPoint point)
        {
            long below = 0;
            foreach (var bucket in point.GetHistogramBuckets())
            {
                below += bucket.BucketCount;
                var bound = double.IsPositiveInfinity(bucket.ExplicitBound) ? "+Inf" : bucket.ExplicitBound.ToString("R", CultureInfo.InvariantCulture);
                Line(name + "_bucket", $"{labels}{(labels.Length > 0 ? "," : "")}le=\"{bound}\"", below);
            }

            Line(name + "_sum", labels, point.GetHistogramSum());
            Line(name + "_count", labels, point.GetHistogramCount());
        }

        private static double ValueOf(MetricType type, in MetricPoint point) => type switch
        {
            MetricType.LongSum or MetricType.LongSumNonMonotonic => point.GetSumLong(),
            MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic => point.GetSumDouble(),
            MetricType.LongGauge => point.GetGaugeLastValueLong(),
            _ => point.GetGaugeLastValueDouble(),
        };

        private static string LabelsOf(in MetricPoint point)
        {
            var labels = new StringBuilder();
            foreach (var tag in point.Tags)
            {
                labels.Append(labels.Length > 0 ? "," : "").Append(NameOf(tag.Key, "", isCounter: false)).Append("=\"")
                    .Append(Escaped(Convert.ToString(tag.Value, CultureInfo.InvariantCulture)).Replace("\"", "\\\"", StringComparison.Ordinal)).Append('"');
            }

            return labels.ToString();
        }

        private static string Escaped(string? text) =>
            (text ?? "").Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

        private void Line(string name, string labels, double value)
        {
            Text.Append(name);
            if (labels.Length > 0)
            {
                Text.Append('{').Append(labels).Append('}');
            }

            Text.Append(' ').Append(value.ToString("R", CultureInfo.InvariantCulture)).Append('\n');
        }
    }
}
