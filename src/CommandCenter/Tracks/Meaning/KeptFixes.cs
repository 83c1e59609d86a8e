namespace CommandCenter.Tracks.Meaning;

/// <summary>What leads to a kept fix from the one kept before it.</summary>
internal enum Leg : byte
{
    /// <summary>Nothing: the track begins here, after a silence that ended the one before.</summary>
    Start,

    /// <summary>A silence: nothing is known of what lies between.</summary>
    Gap,

    /// <summary>No silence, but no way either: faster than any vehicle, and it did not come back.</summary>
    Leap,

    /// <summary>A straight line, walked or ridden.</summary>
    Line,
}

/// <summary>The fixes that cleaning kept, as columns that are used again for the next track; they grow and never shrink.</summary>
internal sealed class KeptFixes
{
    public int Count { get; set; }

    public long[] Ms { get; private set; } = [];

    /// <summary>1e-7 degrees.</summary>
    public int[] Longitude { get; private set; } = [];

    /// <summary>1e-7 degrees.</summary>
    public int[] Latitude { get; private set; } = [];

    public Leg[] Legs { get; private set; } = [];

    public void Restart(int most)
    {
        Count = 0;
        if (Ms.Length < most)
        {
            Ms = new long[most];
            Longitude = new int[most];
            Latitude = new int[most];
            Legs = new Leg[most];
        }
    }
}
