namespace CommandCenter.Workers;

/// <summary>
/// Ids by code, in any case of its letters, in shards, so that a change copies only the shards whose codes it touches. A place is an id alone,
/// 4 bytes: the code is the worker's own.
/// </summary>
internal sealed class WorkerCodes
{
    private const int Shards = 1_024;
    private const int LeastPlaces = 4;

    /// <summary>More of the places taken makes long ways to what is not there.</summary>
    private const double MostTaken = 0.75;

    public static readonly WorkerCodes Empty = new(new Shard[Shards]);

    private readonly Shard[] _shards;

    private WorkerCodes(Shard[] shards) => _shards = shards;

    /// <param name="code">Looked for.</param>
    /// <param name="codeOf">The code of each id that is in it.</param>
    public int? Find(string code, Func<int, string?> codeOf)
    {
        var (shard, hash) = PlaceOf(code);
        return _shards[shard].Find(code, hash, codeOf);
    }

    /// <param name="changes">Old and new code of each id.</param>
    /// <param name="codeOf">The codes after the changes.</param>
    public WorkerCodes With(IReadOnlyCollection<(string? Old, string? New, int Id)> changes, Func<int, string?> codeOf)
    {
        if (changes.Count == 0)
        {
            return this;
        }

        var shards = (Shard[])_shards.Clone();
        var own = new bool[Shards];

        // Old codes first: one may pass from a worker to another within the same change.
        foreach (var (old, _, id) in changes)
        {
            if (old is not null)
            {
                var (shard, hash) = PlaceOf(old);
                Own(shards, own, shard).Remove(hash, id);
            }
        }

        foreach (var (_, code, id) in changes)
        {
            if (code is not null)
            {
                var (shard, hash) = PlaceOf(code);
                Own(shards, own, shard).Add(hash, id, codeOf);
            }
        }

        return new WorkerCodes(shards);
    }

    private static ref Shard Own(Shard[] shards, bool[] own, int at)
    {
        if (!own[at])
        {
            own[at] = true;
            shards[at] = shards[at].Copy();
        }

        return ref shards[at];
    }

    private static (int Shard, int Hash) PlaceOf(string code)
    {
        var hash = (uint)StringComparer.OrdinalIgnoreCase.GetHashCode(code);
        return ((int)(hash % Shards), (int)(hash / Shards));
    }

    /// <summary>Open addressing. 0 is a free place, -1 one that was given back, else the id and one.</summary>
    private struct Shard
    {
        private const int GivenBack = -1;

        private int[]? _places;
        private int _taken;

        public readonly Shard Copy() => this with { _places = (int[]?)_places?.Clone() };

        public readonly int? Find(string code, int hash, Func<int, string?> codeOf)
        {
            if (_places is not { } places)
            {
                return null;
            }

            for (var at = hash & (places.Length - 1); places[at] != 0; at = (at + 1) & (places.Length - 1))
            {
                if (places[at] != GivenBack && code.Equals(codeOf(places[at] - 1), StringComparison.OrdinalIgnoreCase))
                {
                    return places[at] - 1;
                }
            }

            return null;
        }

        public readonly void Remove(int hash, int id)
        {
            if (_places is not { } places)
            {
                return;
            }

            for (var at = hash & (places.Length - 1); places[at] != 0; at = (at + 1) & (places.Length - 1))
            {
                if (places[at] == id + 1)
                {
                    places[at] = GivenBack;
                    return;
                }
            }
        }

        public void Add(int hash, int id, Func<int, string?> codeOf)
        {
            _places ??= new int[LeastPlaces];
            if (_taken + 1 > _places.Length * MostTaken)
            {
                Grow(codeOf);
            }

            Put(hash, id);
        }

        private void Grow(Func<int, string?> codeOf)
        {
            var old = _places!;
            var ids = old.Count(place => place > 0);
            _places = new int[ids + 1 > old.Length * MostTaken / 2 ? old.Length * 2 : old.Length];
            _taken = 0;
            foreach (var place in old)
            {
                if (place > 0)
                {
                    Put(PlaceOf(codeOf(place - 1)!).Hash, place - 1);
                }
            }
        }

        private void Put(int hash, int id)
        {
            var at = hash & (_places!.Length - 1);
            while (_places[at] != 0)
            {
                at = (at + 1) & (_places.Length - 1);
            }

            _places[at] = id + 1;
            _taken++;
        }
    }
}
