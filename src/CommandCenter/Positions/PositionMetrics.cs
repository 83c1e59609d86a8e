using System.Diagnostics.Metrics;

namespace CommandCenter.Positions;

/// <summary>Counters of meter <c>CommandCenter.Positions</c>.</summary>
public sealed class PositionMetrics
{
    public const string MeterName = "CommandCenter.Positions";

    private readonly Counter<long> _received;
    private readonly Counter<long> _accepted;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _turnedAway;

    public PositionMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _received = meter.CreateCounter<long>("positions.received", "{report}", "Reports of enrolled devices, by protocol");
        _accepted = meter.CreateCounter<long>("positions.accepted", "{report}", "Reports that were kept, heartbeats included");
        _refused = meter.CreateCounter<long>("positions.refused", "{report}", "Reports that were not kept, by reason");
        _turnedAway = meter.CreateCounter<long>("positions.turned_away", "{request}", "Requests answered with an error, by status");
    }

    public void Received(string protocol, int reports) => _received.Add(reports, new KeyValuePair<string, object?>("protocol", protocol));

    public void Accepted(int reports) => _accepted.Add(reports);

    public void Refused(Refusal reason, int reports) => _refused.Add(reports, new KeyValuePair<string, object?>("reason", reason.Name()));

    public void TurnedAway(int status) => _turnedAway.Add(1, new KeyValuePair<string, object?>("status", status));
}
