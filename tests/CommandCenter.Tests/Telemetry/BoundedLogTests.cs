using CommandCenter.Telemetry;
using CommandCenter.Tests.Positions;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Logging;

namespace CommandCenter.Tests.Telemetry;

public sealed class BoundedLogTests
{
    private readonly ManualTime _time = new();
    private readonly List<string> _lines = [];
    private ILogger _logger = null!;

    [SetUp]
    public void Begin()
    {
        _lines.Clear();
        _logger = new BoundedLog(new Recording(_lines), _time).CreateLogger("Some.Category");
    }

    [Test]
    public void SaysARepeatedWarningThirtyTimesAMinuteAndThenHowOftenItWas()
    {
        for (var i = 0; i < 1_000; i++)
        {
            _logger.LogWarning(new EventId(7), "Redis is away, attempt {Attempt}", i);
        }

        Assert.That(_lines.Count(line => line.StartsWith("Redis is away", StringComparison.Ordinal)), Is.EqualTo(30));
        Assert.That(_lines, Has.Count.EqualTo(31).And.Some.Contains("counted and not written"));

        _time.Pass(TimeSpan.FromMinutes(1));
        _logger.LogWarning(new EventId(7), "Redis is away, attempt {Attempt}", 1_000);

        Assert.That(_lines[^2..], Is.EqualTo(new[] { "970 more lines like the next were held back", "Redis is away, attempt 1000" }));
    }

    [Test]
    public void HoldsNoEventBackForAnotherOne()
    {
        for (var i = 0; i < 100; i++)
        {
            _logger.LogWarning(new EventId(7), "often");
        }

        _logger.LogWarning(new EventId(8), "seldom");

        Assert.That(_lines[^1], Is.EqualTo("seldom"));
    }

    [Test]
    public void HoldsNothingCriticalBack()
    {
        for (var i = 0; i < 100; i++)
        {
            _logger.LogCritical(new EventId(7), "the disk is gone");
        }

        Assert.That(_lines, Has.Count.EqualTo(100));
    }

    [Test]
    public void AHubsRefusalIsNoErrorOfTheServer()
    {
        var warnings = new BoundedLog(new Recording(_lines, LogLevel.Information), _time).CreateLogger("Microsoft.AspNetCore.SignalR.Internal.DefaultHubDispatcher");
        warnings.LogError(new EventId(2), new HubException("428 A reason is needed."), "Failed to invoke hub method");
        Assert.That(_lines, Is.Empty);

        warnings.LogError(new EventId(2), new InvalidOperationException("a bug"), "Failed to invoke hub method");
        Assert.That(_lines, Has.Count.EqualTo(1));
    }

    private sealed class Recording(List<string> lines, LogLevel least = LogLevel.Trace) : ILoggerFactory, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= least;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Add(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
