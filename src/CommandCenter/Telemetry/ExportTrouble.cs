using System.Diagnostics.Tracing;

namespace CommandCenter.Telemetry;

/// <summary>
/// Says in the log when exports fail, which the SDK tells to nobody else. The same trouble is said once an hour: a collector that is away must not fill
/// the log of a server that is well.
/// </summary>
internal sealed partial class ExportTrouble(ILogger logger) : EventListener
{
    private static readonly TimeSpan Silence = TimeSpan.FromHours(1);
    private readonly Lock _gate = new();
    private readonly Dictionary<int, long> _said = [];

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == "OpenTelemetry-Exporter-OpenTelemetryProtocol")
        {
            EnableEvents(eventSource, EventLevel.Warning);
        }
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        // The base class calls this before the fields are set.
        if (_gate is null || logger is null)
        {
            return;
        }

        lock (_gate)
        {
            if (_said.TryGetValue(eventData.EventId, out var before) && Environment.TickCount64 - before < Silence.TotalMilliseconds)
            {
                return;
            }

            _said[eventData.EventId] = Environment.TickCount64;
        }

        // The first line of the first thing it says: the rest is a stack.
        var said = eventData.Payload?.OfType<string>().LastOrDefault(text => text.Length > 0) ?? "";
        LogTrouble(eventData.EventName ?? "", said.Split('\n')[0].Trim());
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Metrics or traces could not be sent ({Trouble}): {Error} (said once an hour)")]
    private partial void LogTrouble(string trouble, string error);
}
