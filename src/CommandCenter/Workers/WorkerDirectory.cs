namespace CommandCenter.Workers;

/// <summary>The whole roster in memory: an immutable snapshot, replaced when the roster changes (see WorkerStore for where it comes from).</summary>
public sealed class WorkerDirectory
{
    private readonly Lock _writing = new();
    private volatile WorkerSnapshot _current = WorkerSnapshot.Empty;

    public WorkerSnapshot Current => _current;

    public void Replace(IEnumerable<Worker> workers)
    {
        lock (_writing)
        {
            _current = new WorkerSnapshot(workers, _current.Version + 1);
        }
    }

    /// <summary>Puts changed workers in place of the old; costs in proportion to the changes, not to the roster.</summary>
    public void Apply(IReadOnlyCollection<WorkerChange> changes)
    {
        lock (_writing)
        {
            if (changes.Count > 0)
            {
                _current = _current.With(changes);
            }
        }
    }
}

/// <summary>What became of worker <paramref name="Id"/>; null: left.</summary>
public readonly record struct WorkerChange(int Id, Worker? Worker);
