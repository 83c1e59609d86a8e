using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CommandCenter.Telemetry;

/// <summary>
/// Keeps the log's volume bounded whatever goes wrong: of one event, 30 lines a minute are written, then the rest of the minute is counted and told with
/// the next. What is critical is never held back. A hub's refusal, which SignalR would tell as its own failure with a stack, is an answer to its caller and told
/// to those alone who debug. Wraps the factory and not a provider, so that it holds for every provider and format.
/// </summary>
public sealed class BoundedLog(ILoggerFactory inner, TimeProvider time) : ILoggerFactory
{
    internal const int LinesAMinute = 30;
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>For every logger that the server's parts are given.</summary>
    public static void Use(IServiceCollection services)
    {
        services.AddSingleton<LoggerFactory>();
        services.Replace(ServiceDescriptor.Singleton<ILoggerFactory>(provider => new BoundedLog(provider.GetRequiredService<LoggerFactory>(), TimeProvider.System)));
    }

    public ILogger CreateLogger(string categoryName) => new Logger(inner.CreateLogger(categoryName), time);

    public void AddProvider(ILoggerProvider provider) => inner.AddProvider(provider);

    public void Dispose() => inner.Dispose();

    private sealed class Logger(ILogger inner, TimeProvider time) : ILogger
    {
        // Events are templates in the code, so there are few; lines without an event share one.
        private readonly ConcurrentDictionary<int, Window> _windows = new();

        public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => inner.BeginScope(state);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            logLevel = exception is HubException && logLevel == LogLevel.Error ? LogLevel.Debug : logLevel;
            if (!inner.IsEnabled(logLevel))
            {
                return;
            }

            if (logLevel is >= LogLevel.Information and < LogLevel.Critical)
            {
                var (pass, isLast, heldBack) = _windows.GetOrAdd(eventId.Id, _ => new Window()).Take(time);
                if (heldBack > 0)
                {
                    inner.Log(logLevel, eventId, "{Lines} more lines like the next were held back", heldBack);
                }

                if (!pass)
                {
                    return;
                }

                if (isLast)
                {
                    inner.Log(logLevel, eventId, "The next line is one of {Lines} within a minute; more like it are counted and not written", LinesAMinute);
                }
            }

            inner.Log(logLevel, eventId, state, exception, formatter);
        }
    }

    private sealed class Window
    {
        private readonly Lock _gate = new();
        private long? _began;
        private long _lines;

        public (bool Pass, bool IsLast, long HeldBack) Take(TimeProvider time)
        {
            lock (_gate)
            {
                long heldBack = 0;
                if (_began is not { } began || time.GetElapsedTime(began) >= Minute)
                {
                    heldBack = Math.Max(0, _lines - LinesAMinute);
                    _began = time.GetTimestamp();
                    _lines = 0;
                }

                _lines++;
                return (_lines <= LinesAMinute, _lines == LinesAMinute, heldBack);
            }
        }
    }
}
