namespace CommandCenter.Replay.Reading;

/// <summary>A line that was not understood: where, and what was expected there.</summary>
public readonly record struct SkippedLine(string File, long Line, string Why);

/// <summary>Which recorded fixes are wanted. Times in ms since 1970 UTC, the end exclusive.</summary>
public sealed record Wanted(long FromMs = long.MinValue, long ToMs = long.MaxValue, long Limit = long.MaxValue);

/// <summary>Where the readers put what they read. Bounded: at most <see cref="MostPoints"/> fixes are kept and <see cref="MostNotes"/> skipped lines remembered.</summary>
public sealed class TrackSink(Wanted wanted)
{
    public const int MostPoints = 5_000_000;
    public const int MostNotes = 20;

    private readonly List<SkippedLine> _notes = [];
    private string _file = "";

    public List<TrackPoint> Points { get; } = [];

    /// <summary>Fixes understood, wanted or not.</summary>
    public long Read { get; private set; }

    public long Skipped { get; private set; }

    /// <summary>Fixes outside of the wanted time.</summary>
    public long OutsideTime { get; private set; }

    /// <summary>Set when the files hold more than fits.</summary>
    public bool Overflowed { get; private set; }

    /// <summary>No more is wanted: readers may stop.</summary>
    public bool IsFull => Points.Count >= wanted.Limit || Overflowed;

    /// <summary>The first lines that were not understood.</summary>
    public IReadOnlyList<SkippedLine> Notes => _notes;

    public void BeginFile(string name) => _file = name;

    public void Add(in TrackPoint point)
    {
        Read++;
        if (point.TimeMs < wanted.FromMs || point.TimeMs >= wanted.ToMs)
        {
            OutsideTime++;
        }
        else if (Points.Count >= MostPoints)
        {
            Overflowed = true;
        }
        else if (!IsFull)
        {
            Points.Add(point);
        }
    }

    /// <param name="line">From 1; in a packed file the line of the unpacked text.</param>
    /// <param name="why">What was expected and what stood there.</param>
    public void Skip(long line, string why)
    {
        Skipped++;
        if (_notes.Count < MostNotes)
        {
            _notes.Add(new SkippedLine(_file, line, why));
        }
    }
}
