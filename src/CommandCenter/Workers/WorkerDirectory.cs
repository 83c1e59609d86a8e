namespace CommandCenter.Workers;

/// <summary>The whole roster in memory: an immutable snapshot, replaced when the roster changes (see WorkerStore for where it comes from).</summary>
public sealed class WorkerDirectory
{
    private volatile WorkerSnapshot _current = WorkerSnapshot.Empty;

    public WorkerSnapshot Current => _current;

    public void Replace(IEnumerable<Worker> workers) => _current = new WorkerSnapshot(workers, _current.Version + 1);
}

public sealed class WorkerSnapshot
{
    public static readonly WorkerSnapshot Empty = new([], 0);

    private readonly Worker?[] _byId;
    private readonly Dictionary<string, Worker> _byCode;

    public WorkerSnapshot(IEnumerable<Worker> workers, long version)
    {
        var all = workers.ToList();
        Version = version;
        _byId = new Worker?[all.Count == 0 ? 0 : all.Max(w => w.Id) + 1];
        _byCode = new Dictionary<string, Worker>(all.Count, StringComparer.OrdinalIgnoreCase);
        foreach (var worker in all)
        {
            _byId[worker.Id] = worker;
            _byCode[worker.Code] = worker;
        }

        Count = all.Count;
    }

    /// <summary>Grows with each replacement on this node.</summary>
    public long Version { get; }

    public int Count { get; }

    /// <summary>One more than the highest id: the length of a column over all workers.</summary>
    public int SlotCount => _byId.Length;

    public Worker? this[int id] => (uint)id < (uint)_byId.Length ? _byId[id] : null;

    public Worker? Find(string code) => _byCode.GetValueOrDefault(code);

    public IEnumerable<Worker> All => _byId.Where(w => w is not null)!;
}
