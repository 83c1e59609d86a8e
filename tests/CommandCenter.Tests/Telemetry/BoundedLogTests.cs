using CommandCenter.Telemetry;
using CommandCenter.Tests.Positions;
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

    private sealed class Recording(List<string> lines) : ILoggerFactory, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Add(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
