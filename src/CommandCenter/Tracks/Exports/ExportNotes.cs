using CommandCenter.Workers;

namespace CommandCenter.Tracks.Exports;

/// <summary>What an export must say of itself besides its fixes. Whole once its stretches have been read to their end.</summary>
internal sealed class ExportNotes
{
    /// <summary>Damaged parts that are named; more are counted.</summary>
    public const int MostNamed = 1_000;

    private readonly Dictionary<int, long> _gapMs = [];
    private readonly List<DamagedPart> _named = [];

    /// <summary>What cleaning left out; null: nothing was cleaned.</summary>
    public LeftOutFixes? LeftOut { get; private set; }

    public IReadOnlyList<DamagedPart> Named => _named;

    /// <summary>Stored parts that could not be read, named or not.</summary>
    public int Damaged { get; private set; }

    /// <summary>A worker's silence longer than this began a new stretch, ms.</summary>
    public long GapMsOf(Worker worker) => _gapMs[worker.Id];

    public void Read(Worker worker, long gapMs) => _gapMs[worker.Id] = gapMs;

    public void Clean(LeftOutFixes leftOut) => LeftOut = LeftOut is null ? leftOut : LeftOut + leftOut;

    public void Damage(DamagedPart part)
    {
        Damaged++;
        if (_named.Count < MostNamed)
        {
            _named.Add(part);
        }
    }
}

/// <summary>A stored part that cannot be read: whose, of which UTC hour, from when to when, and how many fixes it held.</summary>
internal sealed record DamagedPart(Worker Worker, long HourMs, long FirstMs, long LastMs, int Fixes);

/// <summary>Fixes that a cleaned export leaves out, by why.</summary>
internal sealed record LeftOutFixes(long NoPlace, long Duplicates, long Jumps, long Drift)
{
    /// <summary>The rules in their order, as they are called in files and headers; docs/exports.md says what each means.</summary>
    public const string Rules = "no-place, duplicates, jumps, drift";

    public long All => NoPlace + Duplicates + Jumps + Drift;

    public static LeftOutFixes operator +(LeftOutFixes a, LeftOutFixes b) =>
        new(a.NoPlace + b.NoPlace, a.Duplicates + b.Duplicates, a.Jumps + b.Jumps, a.Drift + b.Drift);
}
