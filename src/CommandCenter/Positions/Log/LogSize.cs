using Microsoft.Extensions.Options;

namespace CommandCenter.Positions.Log;

/// <summary>How much each partition of the log takes in Redis, as last looked at; past the bound ingest answers 503.</summary>
public sealed class LogSize(IOptions<PositionLogOptions> options)
{
    private readonly long[] _bytes = new long[options.Value.Partitions];

    public bool IsFull(int partition) => Bytes(partition) >= options.Value.MaxBytes / _bytes.Length;

    public long Bytes(int partition) => Volatile.Read(ref _bytes[partition]);

    /// <summary>Share of the bound in use, 0–1 and above.</summary>
    public double Share(int partition) => Bytes(partition) / ((double)options.Value.MaxBytes / _bytes.Length);

    public void Set(int partition, long bytes) => Volatile.Write(ref _bytes[partition], bytes);
}
