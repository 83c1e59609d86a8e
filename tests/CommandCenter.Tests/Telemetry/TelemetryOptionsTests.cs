using CommandCenter.Telemetry;

namespace CommandCenter.Tests.Telemetry;

public sealed class TelemetryOptionsTests
{
    [Test]
    public void SendNothingByDefault()
    {
        var options = new TelemetryOptions();

        Assert.That(options.Otlp.Endpoint + options.PrometheusListen, Is.Empty);
        Assert.That(FailuresOf(options), Is.Empty);
    }

    [TestCase("collector:4318")]
    [TestCase("ftp://collector")]
    [TestCase("/v1/metrics")]
    public void RefuseACollectorThatIsNoWebAddress(string endpoint)
    {
        var options = new TelemetryOptions();
        options.Otlp.Endpoint = endpoint;

        Assert.That(FailuresOf(options), Has.One.StartsWith("Telemetry:Otlp:Endpoint "));
    }

    [Test]
    public void RefuseAProtocolThatIsNeither()
    {
        var options = new TelemetryOptions();
        options.Otlp.Protocol = "json";

        Assert.That(FailuresOf(options), Has.One.EqualTo("Telemetry:Otlp:Protocol is 'json'; it must be http or grpc."));
    }

    [Test]
    public void DoNotRepeatHeadersWhichHoldKeys()
    {
        var options = new TelemetryOptions();
        options.Otlp.Headers = "authorization Bearer very-secret";

        Assert.That(FailuresOf(options), Has.One.StartsWith("Telemetry:Otlp:Headers ").And.None.Contains("very-secret"));
    }

    [TestCase("http://127.0.0.1:9464", true)]
    [TestCase("http://0.0.0.0:9464", true)]
    [TestCase("https://127.0.0.1:9464", false)]
    [TestCase("http://127.0.0.1:0", false)]
    [TestCase("9464", false)]
    [TestCase("http://unix:/tmp/x", false)]
    [TestCase("http://127.0.0.1:9464/metrics", false)]
    public void TakeAnAddressOfItsOwnForPrometheus(string address, bool good) =>
        Assert.That(FailuresOf(new TelemetryOptions { PrometheusListen = address }), good ? Is.Empty : Has.One.StartsWith("Telemetry:PrometheusListen "));

    [TestCase("wall.fix_to_wall", "s", false, "wall_fix_to_wall_seconds")]
    [TestCase("positions.received", "{report}", true, "positions_received_total")]
    [TestCase("wall.bytes", "By", true, "wall_bytes_total")]
    [TestCase("positionlog.share", "1", false, "positionlog_share_ratio")]
    public void NameMetricsAsPrometheusDoes(string name, string unit, bool isCounter, string expected) =>
        Assert.That(PrometheusText.NameOf(name, unit, isCounter), Is.EqualTo(expected));

    private static IEnumerable<string> FailuresOf(TelemetryOptions options) => new TelemetryOptionsValidation().Validate(null, options).Failures ?? [];
}
