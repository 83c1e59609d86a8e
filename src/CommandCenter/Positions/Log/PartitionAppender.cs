using CommandCenter.Storage;
using CommandCenter.Tracks;
using StackExchange.Redis;

namespace CommandCenter.Positions.Log;

/// <summary>
/// The group commit of one partition: one append in flight, everything that arrives meanwhile is the next. All who wait for a batch
/// wait for one task and one deadline, so that a fix costs no allocation here. Past its deadline a batch is answered "unavailable", though it
/// may yet be written: the same fix sent twice is one fix.
/// </summary>
internal sealed class PartitionAppender(
    int partition, RedisConnection redis, TimeProvider time, PositionLogOptions options, TimeSpan answerWithin, LogSize size, LogMetrics metrics)
{
    private readonly Lock _gate = new();
    private readonly Queue<Batch> _full = [];
    private readonly Stack<Fix[]> _spare = [];
    private readonly SemaphoreSlim _work = new(0);
    private readonly byte[] _buffer = new byte[LogBatchCodec.HeaderBytes + (options.BatchFixes * LogBatchCodec.MaxFixBytes)];
    private Batch? _open;
    private int _waiting;

    public Task<AppendOutcome> AppendAsync(ReadOnlySpan<Fix> fixes)
    {
        if (size.IsFull(partition))
        {
            return Task.FromResult(AppendOutcome.Full);
        }

        List<Task<AppendOutcome>>? several = null;
        Task<AppendOutcome> last;
        lock (_gate)
        {
            if (_waiting + fixes.Length > options.WaitingFixes)
            {
                return Task.FromResult(AppendOutcome.Full);
            }

            _waiting += fixes.Length;
            last = Add(ref fixes);
            while (!fixes.IsEmpty)
            {
                several ??= [];
                several.Add(last);
                last = Add(ref fixes);
            }
        }

        return several is null ? last : WorstOfAsync([.. several, last]);
    }

    /// <summary>Appends batch after batch until stopped; what still waits then is told that the log is away.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            while (true)
            {
                await _work.WaitAsync(stopping);
                if (Take() is { } batch)
                {
                    var outcome = AppendOutcome.Unavailable;
                    try
                    {
                        outcome = await WriteAsync(batch, stopping);
                    }
                    finally
                    {
                        Finish(batch);
                        batch.Answer(outcome);
                    }
                }
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            while (Take() is { } batch)
            {
                Finish(batch);
                batch.Answer(AppendOutcome.Unavailable);
            }
        }
    }

    internal static async Task<AppendOutcome> WorstOfAsync(Task<AppendOutcome>[] parts) => (await Task.WhenAll(parts)).Max();

    private Task<AppendOutcome> Add(ref ReadOnlySpan<Fix> fixes)
    {
        if (_open is null)
        {
            _open = new Batch(_spare.TryPop(out var spare) ? spare : new Fix[options.BatchFixes], time, answerWithin);
            _work.Release();
        }

        var batch = _open;
        var n = Math.Min(fixes.Length, batch.Fixes.Length - batch.Count);
        fixes[..n].CopyTo(batch.Fixes.AsSpan(batch.Count));
        batch.Count += n;
        fixes = fixes[n..];
        if (batch.Count == batch.Fixes.Length)
        {
            _full.Enqueue(batch);
            _open = null;
        }

        return batch.Answered;
    }

    private Batch? Take()
    {
        lock (_gate)
        {
            if (_full.TryDequeue(out var full))
            {
                return full;
            }

            var open = _open;
            _open = null;
            return open;
        }
    }

    private void Finish(Batch batch)
    {
        lock (_gate)
        {
            _waiting -= batch.Count;
            if (_spare.Count < 8)
            {
                _spare.Push(batch.Fixes);
            }
        }
    }

    private async Task<AppendOutcome> WriteAsync(Batch batch, CancellationToken stopping)
    {
        var length = LogBatchCodec.Encode(batch.Fixes.AsSpan(0, batch.Count), time.GetUtcNow().ToUnixTimeMilliseconds(), _buffer);
        var blob = _buffer.AsSpan(0, length).ToArray();
        try
        {
            await redis.CallAsync(
                async database =>
                {
                    var id = await database.ExecuteAsync("XADD", RedisKeys.PositionLog(partition), "*", "b", blob);
                    await database.PublishAsync(RedisKeys.PositionNudge(partition), RedisValue.EmptyString, CommandFlags.FireAndForget);
                    return id;
                },
                stopping);
            metrics.Appended(partition, batch.Count, length);
            return AppendOutcome.Durable;
        }
        catch (RedisAwayException)
        {
            metrics.AppendFailed(partition, batch.Count);
            return AppendOutcome.Unavailable;
        }
    }

    private sealed class Batch
    {
        private readonly TaskCompletionSource<AppendOutcome> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly ITimer _deadline;

        public Batch(Fix[] fixes, TimeProvider time, TimeSpan answerWithin)
        {
            Fixes = fixes;
            _deadline = time.CreateTimer(
                static batch => ((Batch)batch!)._done.TrySetResult(AppendOutcome.Unavailable), this, answerWithin, Timeout.InfiniteTimeSpan);
        }

        public Fix[] Fixes { get; }

        public int Count { get; set; }

        public Task<AppendOutcome> Answered => _done.Task;

        public void Answer(AppendOutcome outcome)
        {
            _deadline.Dispose();
            _done.TrySetResult(outcome);
        }
    }
}
