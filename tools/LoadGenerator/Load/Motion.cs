namespace CommandCenter.LoadGenerator.Load;

/// <summary>
/// Places that tell their time. A worker walks east for 2.3 hours, then back west, one unit of 1e-7° each 8 ms (1.1 m/s at Taiyuan), with the
/// remaining milliseconds in the last digit of the latitude: so a record on a wall gives away when its fix was taken, without a jump at any
/// pause. Each worker begins at a point of its own.
/// </summary>
internal static class Motion
{
    /// <summary>Units of 1e-7° between the ends: 0.1049°, 9 km.</summary>
    public const int Reach = 1 << 20;

    public const int EastDegrees = 90;
    public const int WestDegrees = 270;

    private const int MillisecondsLog2 = 3;
    private const int PeriodMs = 2 * Reach << MillisecondsLog2;

    /// <summary>Lanes of latitude, 1e-7° apart by <see cref="LaneStep"/>, on both sides of the middle.</summary>
    private const int Lanes = 512;
    private const int LaneStep = 800;

    /// <summary>1e-7° from the west end and from the middle.</summary>
    public static Place PlaceAt(long timeMs, int worker)
    {
        var phase = PhaseAt(timeMs, worker);
        var unit = phase >> MillisecondsLog2;
        var latitude = LaneOf(worker) + (phase & ((1 << MillisecondsLog2) - 1));
        return unit < Reach ? new Place(unit, latitude, East: true) : new Place((2 * Reach) - unit, latitude, East: false);
    }

    /// <summary>The newest moment not after <paramref name="nowMs"/> at which the worker was there; null for a place that it never comes to.</summary>
    public static long? TimeOf(Place place, int worker, long nowMs)
    {
        var rest = place.Latitude - LaneOf(worker);
        if (place.Longitude is < 0 or > Reach || rest is < 0 or >= 1 << MillisecondsLog2)
        {
            return null;
        }

        var unit = place.East ? place.Longitude : (2 * Reach) - place.Longitude;
        var phase = (unit << MillisecondsLog2) + rest;
        return nowMs - ((PhaseAt(nowMs, worker) - phase + PeriodMs) % PeriodMs);
    }

    private static int LaneOf(int worker) => ((int)((uint)(worker * 0x9E3779B1) >> 23) - (Lanes / 2)) * LaneStep;

    private static int PhaseAt(long timeMs, int worker) => (int)((timeMs + ((uint)worker * 2_654_435_761u)) & (PeriodMs - 1));
}

/// <summary>Units of 1e-7°: east of the west end, north of the middle; and which way the worker walks.</summary>
internal readonly record struct Place(int Longitude, int Latitude, bool East);
