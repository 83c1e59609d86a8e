namespace CommandCenter.Jobs;

/// <summary>How far a run has come, in units of its own choosing. Cheap to call from any thread as often as one likes: it is written down about once a second.</summary>
public sealed class JobProgress
{
    private long _done;
    private long _total;

    public long Done => Interlocked.Read(ref _done);

    /// <summary>0: not known yet.</summary>
    public long Total => Interlocked.Read(ref _total);

    /// <summary>As soon as it is known how much there is to do.</summary>
    public void Of(long total) => Interlocked.Exchange(ref _total, total);

    public void Add(long done = 1) => Interlocked.Add(ref _done, done);
}
