namespace CommandCenter.Storage;

/// <summary>A lease through a piece of work that may take longer than it lasts: prolonged between steps, a third of its time after it was last. For one piece of work at a time.</summary>
/// <param name="hold">Takes or prolongs it; false while another node holds it: <see cref="RedisLease.HoldAsync"/>.</param>
/// <param name="duration">How long it lasts.</param>
/// <param name="time">By which it ends here.</param>
public sealed class HeldLease(Func<CancellationToken, Task<bool>> hold, TimeSpan duration, TimeProvider time)
{
    private long _renewed;

    /// <summary>False: another node has it.</summary>
    public async Task<bool> TakeAsync(CancellationToken cancellationToken)
    {
        // Counted from before it was asked for: what Redis counts from is later.
        var asked = time.GetTimestamp();
        if (!await hold(cancellationToken))
        {
            return false;
        }

        _renewed = asked;
        return true;
    }

    /// <summary>Takes one step after another while the lease is held; false: it was lost on the way, and the rest is not done.</summary>
    public async Task<bool> EachAsync<T>(IEnumerable<T> steps, Func<T, Task> take, CancellationToken cancellationToken)
    {
        foreach (var step in steps)
        {
            if (time.GetElapsedTime(_renewed) >= duration / 3 && !await TakeAsync(cancellationToken))
            {
                return false;
            }

            await take(step);
        }

        return true;
    }
}
