using CommandCenter.Contracts.Wall;
using CommandCenter.LoadGenerator.Center;
using CommandCenter.LoadGenerator.Load;
using CommandCenter.LoadGenerator.Measuring;

namespace CommandCenter.LoadGenerator.Walls;

/// <summary>
/// What one wall shows: the time of each worker's fix, read from its place (<see cref="Motion"/>), and how long each took to come. Written by the
/// wall's own loop; others read numbers of about now.
/// </summary>
internal sealed class WallView(LoadWorkers workers, int firstWorker, int count)
{
    private readonly long[] _shown = new long[count];

    public int FirstWorker => firstWorker;

    public int Count => count;

    /// <summary>From the fix's time to its frame here; fixes of a first, full frame are older than the watch and not in it.</summary>
    public Histogram Delays { get; } = new();

    public long Frames { get; private set; }

    /// <summary>Workers in all difference frames, ours or not.</summary>
    public long Records { get; private set; }

    /// <summary>All that came after the first frame, bytes of messages.</summary>
    public long Bytes { get; private set; }

    public bool HasFirst { get; private set; }

    public bool Crowded { get; private set; }

    /// <summary>ms since 1970 UTC; 0: never. <paramref name="worker"/> counts from the run's first.</summary>
    public long ShownOf(int worker) => Volatile.Read(ref _shown[worker - firstWorker]);

    public void Take(in HubFrame frame, int bytes, long nowMs)
    {
        Crowded = frame.Crowded;
        if (frame.Full)
        {
            HasFirst = true;
        }
        else
        {
            Frames++;
            Records += frame.Count;
            Bytes += bytes;
        }

        var records = frame.Records.IsSingleSegment ? frame.Records.FirstSpan : System.Buffers.BuffersExtensions.ToArray(frame.Records);
        for (var at = 0; at + WallRecord.Size <= records.Length; at += WallRecord.Size)
        {
            Take(WallRecord.Read(records[at..]), frame.Full, nowMs);
        }
    }

    private void Take(in WallRecord record, bool full, long nowMs)
    {
        var worker = workers.IndexOfSlot(record.Slot) - firstWorker;
        if ((uint)worker >= (uint)count || record.Presence == Presence.Gone || (record.Flags & RecordFlags.NoPosition) != 0)
        {
            return;
        }

        // Heading is in 256ths of a turn: 64 is east, 192 west. A fix may be a moment ahead of the clock when one worker reports very fast.
        var place = workers.Ground.PlaceOf(record.LongitudeE7, record.LatitudeE7, record.Heading < 128);
        var time = Motion.TimeOf(place, firstWorker + worker, nowMs + 1_000);
        if (time is not { } taken || taken <= _shown[worker])
        {
            return;
        }

        _shown[worker] = taken;
        if (!full)
        {
            Delays.Add(Math.Max(0, nowMs - taken) * 1_000);
        }
    }
}
