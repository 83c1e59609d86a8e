using CommandCenter.Positions.Log;
using CommandCenter.Tracks;

namespace CommandCenter.Positions;

/// <summary>What a partition's writer has read from the log and not stored yet: from <see cref="Stored"/> to <see cref="End"/>.</summary>
internal sealed class PendingTracks(LogPosition stored, TimeProvider time)
{
    /// <summary>An hour of one worker has 3,600 at one a second; more come as several pieces.</summary>
    private const int MostOfAPiece = 20_000;

    private readonly Dictionary<(int WorkerId, long HourMs), List<Fix>> _byHour = [];
    private long _since = time.GetTimestamp();

    public LogPosition Stored { get; private set; } = stored;

    public LogPosition End { get; private set; } = stored;

    public int Count { get; private set; }

    public TimeSpan Age => time.GetElapsedTime(_since);

    public void Add(LogRead read)
    {
        foreach (var fix in read.Fixes)
        {
            if (fix.IsHeartbeat)
            {
                continue;
            }

            var key = (fix.WorkerId, TrackPiece.HourOf(fix.FixTimeMs));
            if (!_byHour.TryGetValue(key, out var fixes))
            {
                _byHour[key] = fixes = [];
            }

            fixes.Add(fix);
            Count++;
        }

        End = read.Position;
    }

    /// <summary>One piece a worker and hour, in that order.</summary>
    public List<TrackPiece> ToPieces() =>
        [.. _byHour.OrderBy(hour => hour.Key).SelectMany(hour => hour.Value.Chunk(MostOfAPiece)).Select(fixes => TrackPiece.From([.. fixes]))];

    /// <summary>All up to <see cref="End"/> is stored.</summary>
    public void Restart()
    {
        _byHour.Clear();
        Count = 0;
        Stored = End;
        _since = time.GetTimestamp();
    }
}
