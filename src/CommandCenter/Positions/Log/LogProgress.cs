using Microsoft.Extensions.Options;

namespace CommandCenter.Positions.Log;

/// <summary>How many entries each partition of the log has and up to where they are stored, as last looked at: for those who watch, never for decisions.</summary>
public sealed class LogProgress(IOptions<PositionLogOptions> options)
{
    private readonly Lock _gate = new();
    private readonly (long Entries, LogPosition Stored)[] _partitions = new (long, LogPosition)[options.Value.Partitions];

    public void Set(int partition, long entries, LogPosition stored)
    {
        lock (_gate)
        {
            _partitions[partition] = (entries, stored);
        }
    }

    public long Entries(int partition)
    {
        lock (_gate)
        {
            return _partitions[partition].Entries;
        }
    }

    /// <summary>Seconds since the oldest entry arrived that is not stored yet, by the clocks of Redis and of this node; 0 when all are.</summary>
    /// <param name="partition">Of the log.</param>
    /// <param name="end">The newest entry known.</param>
    /// <param name="nowMs">Since 1970 UTC.</param>
    public double SecondsBehind(int partition, LogPosition end, long nowMs)
    {
        lock (_gate)
        {
            var stored = _partitions[partition].Stored;
            return stored > LogPosition.Start && stored < end ? Math.Max(0, nowMs - (long)stored.Milliseconds) / 1000.0 : 0;
        }
    }
}
