namespace CommandCenter.Tracks.Meaning;

/// <summary>
/// The cleaned track as a curve in time, looked at every whole five seconds of the clock, and at both ends of each run of lines: so that what is found does not
/// depend on how often the device reports, nor on one fix more upon a line. Columns that are used again.
/// </summary>
internal sealed class TrackSamples
{
    public const long StepMs = 5_000;

    public int Count { get; private set; }

    public long[] Ms { get; private set; } = [];

    /// <summary>1e-7 degrees, not rounded.</summary>
    public double[] Longitude { get; private set; } = [];

    /// <summary>1e-7 degrees, not rounded.</summary>
    public double[] Latitude { get; private set; } = [];

    /// <summary>What leads here from the sample before.</summary>
    public Leg[] Legs { get; private set; } = [];

    public bool[] Moving { get; private set; } = [];

    /// <summary>How many of the samples before this one were moving; one longer than the others.</summary>
    public int[] MovingBefore { get; private set; } = [];

    /// <summary>Metres that count from the first fix to here: without rests and stops.</summary>
    public double[] Counted { get; private set; } = [];

    public void Take(KeptFixes kept)
    {
        Count = 0;
        long due = 0;
        for (var i = 0; i < kept.Count; i++)
        {
            var to = kept.Ms[i];
            if (kept.Legs[i] != Leg.Line)
            {
                Reserve(Count + 2);
                Add(to, kept.Longitude[i], kept.Latitude[i], kept.Legs[i]);
                due = ((to / StepMs) + 1) * StepMs;
            }
            else if (due <= to)
            {
                var from = kept.Ms[i - 1];
                Reserve(Count + (int)((to - from) / StepMs) + 3);
                var part = 1.0 / (to - from);
                double longitude = kept.Longitude[i - 1], latitude = kept.Latitude[i - 1];
                for (; due <= to; due += StepMs)
                {
                    var at = (due - from) * part;
                    Add(due, longitude + (at * (kept.Longitude[i] - longitude)), latitude + (at * (kept.Latitude[i] - latitude)), Leg.Line);
                }
            }

            if ((i + 1 == kept.Count || kept.Legs[i + 1] != Leg.Line) && Ms[Count - 1] != to)
            {
                Reserve(Count + 1);
                Add(to, kept.Longitude[i], kept.Latitude[i], Leg.Line);
            }
        }

        Reserve(Count);
    }

    private void Add(long ms, double longitude, double latitude, Leg leg)
    {
        var at = Count++;
        Ms[at] = ms;
        Longitude[at] = longitude;
        Latitude[at] = latitude;
        Legs[at] = leg;
    }

    private void Reserve(int most)
    {
        if (Ms.Length >= most && MovingBefore.Length > most)
        {
            return;
        }

        var length = Math.Max(1_024, most * 2);
        (Ms, Longitude, Latitude, Legs) = (Longer(Ms), Longer(Longitude), Longer(Latitude), Longer(Legs));
        Moving = new bool[length];
        Counted = new double[length];
        MovingBefore = new int[length + 1];

        T[] Longer<T>(T[] column)
        {
            Array.Resize(ref column, length);
            return column;
        }
    }
}
