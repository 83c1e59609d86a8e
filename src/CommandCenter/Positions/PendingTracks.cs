using System.Runtime.InteropServices;
using CommandCenter.Positions.Log;
using CommandCenter.Tracks;

namespace CommandCenter.Positions;

/// <summary>
/// What a partition's writer has read from the log and not stored yet: from <see cref="Stored"/> to <see cref="End"/>. Fixes lie in the order
/// of the log, each pointing to the one before of the same worker: a country's minute is 27 million, so neither objects nor lists.
/// </summary>
internal sealed class PendingTracks(LogPosition stored, TimeProvider time)
{
    /// <summary>Once so many of a worker wait on average, rows are as large as they need to be: 20 bytes a fix, against 120 for one alone.</summary>
    public const int EnoughOfAWorker = 6;

    /// <summary>An hour of one worker has 3,600 at one a second; more come as several pieces.</summary>
    private const int MostOfAPiece = 20_000;

    private const int ChunkBits = 16;
    private const int ChunkSize = 1 << ChunkBits;
    private const int None = -1;

    /// <summary>Phones may empty queues of 30 days.</summary>
    private static readonly TimeSpan LongestBack = TimeSpan.FromDays(31);

    private readonly List<PendingFix[]> _fixes = [];
    private readonly List<Fix> _odd = [];
    private int[]?[] _newest = [];
    private long _sinceMs = SinceOf(time);
    private long _since = time.GetTimestamp();
    private int _chained;

    public LogPosition Stored { get; private set; } = stored;

    public LogPosition End { get; private set; } = stored;

    public int Count => _chained + _odd.Count;

    /// <summary>Of how many workers they are; some of those whose times are odd are left out.</summary>
    public int Workers { get; private set; }

    public TimeSpan Age => time.GetElapsedTime(_since);

    public void Add(LogRead read)
    {
        foreach (ref readonly var fix in CollectionsMarshal.AsSpan(read.Fixes))
        {
            if (!fix.IsHeartbeat)
            {
                Add(fix);
            }
        }

        End = read.Position;
    }

    /// <summary>One piece a worker and hour, in that order, each made when it is asked for; may be asked for again.</summary>
    public IEnumerable<TrackPiece> Pieces()
    {
        var fixes = new List<Fix>();
        _odd.Sort(static (a, b) => a.WorkerId.CompareTo(b.WorkerId));
        var odd = 0;
        for (var chunk = 0; chunk < _newest.Length; chunk++)
        {
            for (var i = 0; _newest[chunk] is { } newest && i < ChunkSize; i++)
            {
                if (newest[i] == None)
                {
                    continue;
                }

                var worker = (chunk << ChunkBits) + i;
                for (; odd < _odd.Count && _odd[odd].WorkerId < worker;)
                {
                    foreach (var piece in PiecesOf(TakeOdd(fixes, ref odd)))
                    {
                        yield return piece;
                    }
                }

                Gather(worker, newest[i], fixes);
                for (; odd < _odd.Count && _odd[odd].WorkerId == worker; odd++)
                {
                    fixes.Add(_odd[odd]);
                }

                foreach (var piece in PiecesOf(fixes))
                {
                    yield return piece;
                }
            }
        }

        while (odd < _odd.Count)
        {
            foreach (var piece in PiecesOf(TakeOdd(fixes, ref odd)))
            {
                yield return piece;
            }
        }
    }

    /// <summary>All up to <see cref="End"/> is stored. The room is kept for as many fixes as there were, and no more.</summary>
    public void Restart()
    {
        var used = (_chained + ChunkSize - 1) >> ChunkBits;
        _fixes.RemoveRange(used, _fixes.Count - used);
        foreach (var newest in _newest)
        {
            newest?.AsSpan().Fill(None);
        }

        _odd.Clear();
        (_chained, Workers) = (0, 0);
        Stored = End;
        _since = time.GetTimestamp();
        _sinceMs = SinceOf(time);
    }

    private static long SinceOf(TimeProvider time) => (time.GetUtcNow() - LongestBack).ToUnixTimeMilliseconds();

    private void Add(in Fix fix)
    {
        if (!PendingFix.Holds(fix.FixTimeMs, _sinceMs) || fix.WorkerId < 0)
        {
            _odd.Add(fix);
            return;
        }

        ref var newest = ref NewestOf(fix.WorkerId);
        Workers += newest == None ? 1 : 0;
        if (_chained == _fixes.Count << ChunkBits)
        {
            _fixes.Add(GC.AllocateUninitializedArray<PendingFix>(ChunkSize));
        }

        _fixes[_chained >> ChunkBits][_chained & (ChunkSize - 1)] = new PendingFix(fix, _sinceMs, newest);
        newest = _chained++;
    }

    private ref int NewestOf(int worker)
    {
        var chunk = worker >> ChunkBits;
        if (chunk >= _newest.Length)
        {
            Array.Resize(ref _newest, chunk + 1);
        }

        if (_newest[chunk] is not { } newest)
        {
            newest = new int[ChunkSize];
            newest.AsSpan().Fill(None);
            _newest[chunk] = newest;
        }

        return ref newest[worker & (ChunkSize - 1)];
    }

    /// <summary>The worker's fixes as they arrived.</summary>
    private void Gather(int worker, int at, List<Fix> to)
    {
        to.Clear();
        while (at != None)
        {
            ref readonly var fix = ref _fixes[at >> ChunkBits][at & (ChunkSize - 1)];
            to.Add(fix.ToFix(worker, _sinceMs));
            at = fix.Previous;
        }

        to.Reverse();
    }

    /// <summary>The next worker's of those whose times are odd.</summary>
    private List<Fix> TakeOdd(List<Fix> to, ref int odd)
    {
        to.Clear();
        do
        {
            to.Add(_odd[odd++]);
        }
        while (odd < _odd.Count && _odd[odd].WorkerId == to[0].WorkerId);
        return to;
    }

    private static IEnumerable<TrackPiece> PiecesOf(List<Fix> fixes)
    {
        FixOrder.SortAndDeduplicate(fixes);
        for (int from = 0, to; from < fixes.Count; from = to)
        {
            var hour = TrackPiece.HourOf(fixes[from].FixTimeMs);
            for (to = from + 1; to < fixes.Count && to - from < MostOfAPiece && fixes[to].FixTimeMs < hour + TrackPiece.HourMilliseconds; to++)
            {
            }

            yield return TrackPiece.Of(CollectionsMarshal.AsSpan(fixes)[from..to]);
        }
    }
}
