namespace CommandCenter.LoadGenerator.Measuring;

/// <summary>What a part took over a stretch of time: cores on average, its memory at its highest and on average, megabytes (10^6).</summary>
internal sealed record PartUsage(double Cores, double PeakMegabytes, double MeanMegabytes = 0);

/// <summary>All parts of a stretch; zeros for a part whose process is not known.</summary>
internal sealed record Usage(PartUsage Server, PartUsage Redis, PartUsage Postgres, PartUsage Generator)
{
    public double AllButGenerator => Server.Cores + Redis.Cores + Postgres.Cores;
}

/// <summary>Looks at the processes of a run; <see cref="Begin"/> starts a stretch, <see cref="Sample"/> is called each second.</summary>
internal sealed class UsageMeter(ProcessTree server, ProcessTree redis, ProcessTree postgres, TimeProvider clock)
{
    private readonly ProcessTree[] _parts = [server, redis, postgres, new ProcessTree(Environment.ProcessId, withChildren: false)];
    private readonly Reading[] _begin = new Reading[4];
    private readonly Reading[] _last = new Reading[4];
    private readonly long[] _peak = new long[4];
    private readonly long[] _sum = new long[4];
    private int _samples;
    private long _since;

    public void Begin()
    {
        _since = clock.GetTimestamp();
        Array.Clear(_peak);
        Array.Clear(_sum);
        _samples = 0;
        Sample();
        _last.CopyTo(_begin, 0);
    }

    public void Sample()
    {
        _samples++;
        for (var i = 0; i < _parts.Length; i++)
        {
            _last[i] = _parts[i].Read();
            _sum[i] += _last[i].Bytes;
            _peak[i] = Math.Max(_peak[i], _last[i].Bytes);
        }
    }

    /// <summary>From the beginning of the stretch to the last sample.</summary>
    public Usage Read()
    {
        var seconds = Math.Max(1e-3, clock.GetElapsedTime(_since).TotalSeconds);
        return new Usage(Part(0), Part(1), Part(2), Part(3));

        PartUsage Part(int i) => new(
            Math.Round((_last[i].CpuSeconds - _begin[i].CpuSeconds) / seconds, 3), Math.Round(_peak[i] / 1e6, 1), Math.Round(_sum[i] / 1e6 / Math.Max(1, _samples), 1));
    }
}
