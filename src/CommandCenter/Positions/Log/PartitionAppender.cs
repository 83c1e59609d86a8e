using CommandCenter.Storage;
using CommandCenter.Tracks;

namespace CommandCenter.Positions.Log;

/// <summary>
/// The group commit of one partition: one append in flight, everything that arrives meanwhile is the next. What arrives while none is in flight
/// begins one, on its own thread; what ends one sends the next and then answers. Past its deadline a batch is answered "unavailable", though it
/// may yet be written: the same fix sent twice is one fix.
/// </summary>
internal sealed class PartitionAppender(
    int partition, RedisConnection redis, TimeProvider time, PositionLogOptions options, TimeSpan answerWithin, LogSize size, LogMetrics metrics)
{
    private readonly Lock _gate = new();
    private readonly Queue<AppendBatch> _full = [];
    private readonly Stack<Fix[]> _spare = [];
    private readonly byte[] _buffer = new byte[LogBatchCodec.HeaderBytes + (options.BatchFixes * LogBatchCodec.MaxFixBytes)];
    private readonly TaskCompletionSource _broken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellationToken _stopping;
    private AppendBatch? _open;
    private int _waiting;

    /// <summary>Running, and no append in flight: the next fix begins one.</summary>
    private bool _idle;
    private bool _running;

    public Task<AppendOutcome> AppendAsync(ReadOnlySpan<Fix> fixes)
    {
        if (size.IsFull(partition))
        {
            return Task.FromResult(AppendOutcome.Full);
        }

        List<Task<AppendOutcome>>? several = null;
        Task<AppendOutcome> last;
        AppendBatch? first;
        lock (_gate)
        {
            if (_stopping.IsCancellationRequested)
            {
                return Task.FromResult(AppendOutcome.Unavailable);
            }

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

            first = BeginIfIdle();
        }

        Write(first);
        return several is null ? last : WorstOfAsync([.. several, last]);
    }

    /// <summary>Appends until stopped; what still waits then is told that the log is away.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        AppendBatch? first;
        lock (_gate)
        {
            _stopping = stopping;
            _running = _idle = true;
            first = BeginIfIdle();
        }

        Write(first);
        try
        {
            await _broken.Task.WaitAsync(stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The end that was asked for.
        }
        finally
        {
            Stop();
        }
    }

    internal static async Task<AppendOutcome> WorstOfAsync(Task<AppendOutcome>[] parts) => (await Task.WhenAll(parts)).Max();

    private Task<AppendOutcome> Add(ref ReadOnlySpan<Fix> fixes)
    {
        var batch = _open ??= new AppendBatch(_spare.TryPop(out var spare) ? spare : new Fix[options.BatchFixes], time, answerWithin);
        var answer = batch.Add(ref fixes);
        if (batch.IsFull)
        {
            _full.Enqueue(batch);
            _open = null;
        }

        return answer;
    }

    private AppendBatch? BeginIfIdle()
    {
        var batch = _idle ? Take() : null;
        _idle &= batch is null;
        return batch;
    }

    private AppendBatch? Take()
    {
        if (_full.TryDequeue(out var full))
        {
            return full;
        }

        var open = _open;
        _open = null;
        return open;
    }

    private void Write(AppendBatch? first)
    {
        if (first is not null)
        {
            // The appends that follow are nobody's in particular: not a part of the request that happened to begin them.
            using var apart = ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow();
            _ = WriteAllAsync(first);
        }
    }

    /// <summary>This batch and what has come together whenever one is written, until nothing waits.</summary>
    private async Task WriteAllAsync(AppendBatch first)
    {
        AppendBatch? written = null;
        var outcome = AppendOutcome.Unavailable;
        for (var batch = first; batch is not null; batch = Next(written))
        {
            var writing = WriteAsync(batch);
            if (writing.IsCompleted)
            {
                // Redis is away and refuses at once: whoever's request began this loop does not go round in it for everybody else.
                await Task.Yield();
            }

            // The next one is under way, so that answering holds nobody up.
            written?.Answer(outcome);
            written = batch;
            outcome = AppendOutcome.Unavailable;
            try
            {
                outcome = await writing;
            }
            catch (Exception e)
            {
                // A bug or a wrong key: the server ends as it does with any of its loops.
                _broken.TrySetException(e);
            }
        }

        written?.Answer(outcome);
    }

    private AppendBatch? Next(AppendBatch written)
    {
        lock (_gate)
        {
            Forget(written);
            _idle = _running;
            return BeginIfIdle();
        }
    }

    private void Forget(AppendBatch batch)
    {
        _waiting -= batch.Count;
        if (_spare.Count < 8)
        {
            _spare.Push(batch.Fixes);
        }
    }

    private void Stop()
    {
        var left = new List<AppendBatch>();
        lock (_gate)
        {
            _running = _idle = false;
            while (Take() is { } batch)
            {
                Forget(batch);
                left.Add(batch);
            }
        }

        left.ForEach(batch => batch.Answer(AppendOutcome.Unavailable));
    }

    private async Task<AppendOutcome> WriteAsync(AppendBatch batch)
    {
        var length = LogBatchCodec.Encode(batch.Fixes.AsSpan(0, batch.Count), time.GetUtcNow().ToUnixTimeMilliseconds(), _buffer);
        var blob = _buffer.AsSpan(0, length).ToArray();
        try
        {
            await redis.CallAsync(database => database.ExecuteAsync("XADD", RedisKeys.PositionLog(partition), "*", "b", blob), _stopping);
            metrics.Appended(partition, batch.Count, length);
            return AppendOutcome.Durable;
        }
        catch (Exception e) when (e is RedisAwayException || (e is OperationCanceledException && _stopping.IsCancellationRequested))
        {
            metrics.AppendFailed(partition, batch.Count);
            return AppendOutcome.Unavailable;
        }
    }
}
