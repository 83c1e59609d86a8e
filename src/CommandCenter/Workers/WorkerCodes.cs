namespace CommandCenter.Workers;

/// <summary>Ids by code, in shards, so that a change copies only the shards whose codes it touches.</summary>
internal sealed class WorkerCodes
{
    private const int Shards = 1_024;

    public static readonly WorkerCodes Empty = new(new Dictionary<string, int>?[Shards]);

    private readonly Dictionary<string, int>?[] _shards;

    private WorkerCodes(Dictionary<string, int>?[] shards) => _shards = shards;

    public int? Find(string code) => _shards[ShardOf(code)] is { } shard && shard.TryGetValue(code, out var id) ? id : null;

    public WorkerCodes With(IReadOnlyCollection<(string? Old, string? New, int Id)> changes)
    {
        if (changes.Count == 0)
        {
            return this;
        }

        var shards = (Dictionary<string, int>?[])_shards.Clone();
        var own = new bool[Shards];

        // Old codes first: one may pass from a worker to another within the same change.
        foreach (var (old, _, id) in changes)
        {
            if (old is not null && Own(shards, own, old) is { } shard && shard.GetValueOrDefault(old) == id)
            {
                shard.Remove(old);
            }
        }

        foreach (var (_, code, id) in changes)
        {
            if (code is not null)
            {
                Own(shards, own, code)[code] = id;
            }
        }

        return new WorkerCodes(shards);
    }

    private static Dictionary<string, int> Own(Dictionary<string, int>?[] shards, bool[] own, string code)
    {
        var at = ShardOf(code);
        if (!own[at])
        {
            own[at] = true;
            shards[at] = shards[at] is { } shared
                ? new Dictionary<string, int>(shared, StringComparer.OrdinalIgnoreCase)
                : new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        }

        return shards[at]!;
    }

    private static int ShardOf(string code) => (int)((uint)StringComparer.OrdinalIgnoreCase.GetHashCode(code) % Shards);
}
