using System.Diagnostics;

namespace CommandCenter.Chaos.Faults;

/// <summary>When the probe phone was answered: times of answers, and the longest stretch without one.</summary>
public sealed class AnswerWatch
{
    private readonly Lock _gate = new();
    private long _last = Stopwatch.GetTimestamp();
    private TimeSpan _longest;
    private TaskCompletionSource<long> _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Answered()
    {
        TaskCompletionSource<long> waiting;
        long now;
        lock (_gate)
        {
            now = Stopwatch.GetTimestamp();
            var gap = Stopwatch.GetElapsedTime(_last, now);
            _longest = gap > _longest ? gap : _longest;
            _last = now;
            waiting = _next;
            _next = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        waiting.SetResult(now);
    }

    /// <summary>The longest stretch without an answer since the last call.</summary>
    public TimeSpan TakeLongest()
    {
        lock (_gate)
        {
            var longest = _longest;
            _longest = TimeSpan.Zero;
            return longest;
        }
    }

    /// <summary>Until the next answer; its time stamp.</summary>
    public Task<long> NextAsync()
    {
        lock (_gate)
        {
            return _next.Task;
        }
    }
}
