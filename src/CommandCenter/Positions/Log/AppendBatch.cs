using CommandCenter.Tracks;

namespace CommandCenter.Positions.Log;

/// <summary>
/// Fixes that go to the log together, and those who wait for them: some dozens for one task, whose continuations run one after the other on the
/// thread that completes it. Handing each over to the thread pool costs more than most have left to do. So what follows an append must not block: it holds up 31 others.
/// </summary>
internal sealed class AppendBatch
{
    /// <summary>Few enough that the last of them waits well below a millisecond for the others.</summary>
    public const int WaitersATask = 32;

    private readonly Lock _gate = new();
    private readonly List<TaskCompletionSource<AppendOutcome>> _answers = [];
    private readonly ITimer _deadline;
    private int _waiters;
    private bool _givenUp;

    public AppendBatch(Fix[] fixes, TimeProvider time, TimeSpan answerWithin)
    {
        Fixes = fixes;
        _deadline = time.CreateTimer(static batch => ((AppendBatch)batch!).GiveUp(), this, answerWithin, Timeout.InfiniteTimeSpan);
    }

    public Fix[] Fixes { get; }

    public int Count { get; private set; }

    public bool IsFull => Count == Fixes.Length;

    /// <summary>Takes as many as there is room for and leaves the rest in <paramref name="fixes"/>. Under its owner's lock.</summary>
    public Task<AppendOutcome> Add(ref ReadOnlySpan<Fix> fixes)
    {
        var n = Math.Min(fixes.Length, Fixes.Length - Count);
        fixes[..n].CopyTo(Fixes.AsSpan(Count));
        Count += n;
        fixes = fixes[n..];
        lock (_gate)
        {
            if (_answers.Count == 0 || (!_givenUp && _waiters % WaitersATask == 0))
            {
                _answers.Add(new());
            }

            _waiters++;
            return _answers[^1].Task;
        }
    }

    /// <summary>Once nothing is added any more. A few are answered before it returns, more on the thread pool.</summary>
    public void Answer(AppendOutcome outcome)
    {
        _deadline.Dispose();
        if (Count <= WaitersATask)
        {
            _answers.ForEach(answer => answer.TrySetResult(outcome));
        }
        else
        {
            _answers.ForEach(answer => AnswerApart(answer, outcome));
        }
    }

    private static void AnswerApart(TaskCompletionSource<AppendOutcome> answer, AppendOutcome outcome) =>
        ThreadPool.UnsafeQueueUserWorkItem(static of => of.answer.TrySetResult(of.outcome), (answer, outcome), preferLocal: false);

    private void GiveUp()
    {
        lock (_gate)
        {
            _givenUp = true;
            _answers.ForEach(answer => AnswerApart(answer, AppendOutcome.Unavailable));
        }
    }
}
