using CommandCenter.Contracts.Wall;

namespace CommandCenter.Tests.Wall;

/// <summary>A wall as the documentation of <see cref="WallFrame"/> has it: what it knows after the frames it was given.</summary>
internal sealed class WallModel
{
    public Dictionary<int, WallRecord> Records { get; } = [];

    public Dictionary<int, WallName> Names { get; } = [];

    public long? Tick { get; private set; }

    public void Take(WallFrame frame)
    {
        if (frame.Full)
        {
            Records.Clear();
        }

        foreach (var name in frame.Names ?? [])
        {
            Names[name.Slot] = name;
        }

        for (var i = 0; i < frame.Count; i++)
        {
            var record = WallRecord.Read(frame.Records.AsSpan(i * WallRecord.Size));
            if (record.Presence == Presence.Gone)
            {
                Records.Remove(record.Slot);
            }
            else
            {
                Records[record.Slot] = record;
            }
        }

        Tick = frame.Tick;
    }
}
