namespace CommandCenter.LoadGenerator.Load;

/// <summary>
/// Places that tell their time. A worker walks east for 2^20 ms, then back west, one unit of 1e-7° each millisecond (8.8 m/s at Taiyuan), so a
/// record on a wall gives away when its fix was taken, without a jump at any pause. Each worker begins at a point of its own.
/// </summary>
internal static class Motion
{
    /// <summary>Milliseconds from one end to the other, and units of 1e-7° between the ends: 0.1049°.</summary>
    public const int Reach = 1 << 20;

    public const int EastDegrees = 90;
    public const int WestDegrees = 270;

    private const int Period = 2 * Reach;

    /// <summary>Lanes of latitude, 1e-7° apart by <see cref="LaneStep"/>, on both sides of the middle.</summary>
    private const int Lanes = 512;
    private const int LaneStep = 800;

    public static (int Longitude, bool East) PlaceAt(long timeMs, int worker)
    {
        var phase = PhaseAt(timeMs, worker);
        return phase < Reach ? (phase, true) : (Period - phase, false);
    }

    /// <summary>1e-7° from the middle.</summary>
    public static int LatitudeOf(int worker) => ((int)((uint)(worker * 0x9E3779B1) >> 23) - (Lanes / 2)) * LaneStep;

    /// <summary>
    /// The newest moment not after <paramref name="nowMs"/> at which the worker was there; null when the place is none of this motion's.
    /// </summary>
    public static long? TimeOf(int longitude, bool east, int worker, long nowMs)
    {
        if (longitude is < 0 or > Reach)
        {
            return null;
        }

        var phase = east ? longitude : Period - longitude;
        var back = (int)((PhaseAt(nowMs, worker) - phase + Period) % Period);
        return nowMs - back;
    }

    private static int PhaseAt(long timeMs, int worker) => (int)((timeMs + OffsetOf(worker)) & (Period - 1));

    private static uint OffsetOf(int worker) => (uint)worker * 2_654_435_761u;
}
