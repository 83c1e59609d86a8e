using BenchmarkDotNet.Attributes;
using CommandCenter.Positions.Log;
using CommandCenter.Tracks;

namespace CommandCenter.Benchmarks;

/// <summary>The bytes of the line: one append of the log, and one worker-hour of a track.</summary>
[MemoryDiagnoser]
public class TrackCodecBenchmarks
{
    private readonly byte[] _buffer = new byte[LogBatchCodec.HeaderBytes + (3_000 * LogBatchCodec.MaxFixBytes)];
    private readonly List<Fix> _decoded = new(3_000);
    private Fix[] _batch = [];
    private Fix[] _hour = [];
    private byte[] _batchBytes = [];
    private byte[] _hourBytes = [];

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        _batch = [.. Enumerable.Range(0, 3_000).Select(i => At(1_790_000_000_000 - random.Next(5_000), 10_000 + (i * 3), random))];
        _hour = [.. Enumerable.Range(0, 720).Select(i => At(1_790_000_000_000 + (i * 5_000), 7, random))];
        _batchBytes = _buffer.AsSpan(0, LogBatchCodec.Encode(_batch, 1_790_000_000_000, _buffer)).ToArray();
        _hourBytes = TrackCodec.Encode(_hour);
    }

    [Benchmark]
    public int EncodeAppendOf3000() => LogBatchCodec.Encode(_batch, 1_790_000_000_000, _buffer);

    [Benchmark]
    public long DecodeAppendOf3000()
    {
        _decoded.Clear();
        return LogBatchCodec.Decode(_batchBytes, _decoded);
    }

    [Benchmark]
    public byte[] EncodeHourOf720() => TrackCodec.Encode(_hour);

    [Benchmark]
    public int DecodeHourOf720()
    {
        _decoded.Clear();
        TrackCodec.Decode(_hourBytes, _decoded);
        return _decoded.Count;
    }

    private static Fix At(long ms, int device, Random random) => new()
    {
        DeviceId = device,
        WorkerId = device + 1,
        FixTimeMs = ms,
        LongitudeE7 = 1_125_600_000 + random.Next(20_000),
        LatitudeE7 = 378_600_000 + random.Next(20_000),
        SpeedCmps = (ushort)random.Next(200),
        HeadingDeci = (ushort)random.Next(3_600),
        AccuracyDm = (ushort)(50 + random.Next(60)),
        AltitudeM = 780,
        BatteryPercent = 66,
    };
}
