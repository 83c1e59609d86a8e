using CommandCenter.Phones;

namespace CommandCenter.Simulator;

/// <summary>One worker and the phone in the pocket: advances the two pure steps second by second and tells what the phone would record.</summary>
public sealed class SimulatedWorker(StreetGraph streets, PlannedWorker worker, int seed)
{
    private readonly Beat _beat = CommandCenter.Simulator.Patrol.BeatOf(streets, worker, seed);
    private long _second;

    public PlannedWorker Worker => worker;

    public PatrolState Patrol { get; private set; } = CommandCenter.Simulator.Patrol.Start(streets, worker, seed);

    public HandsetState Handset { get; private set; } = CommandCenter.Simulator.Handset.Start(worker, seed);

    /// <summary>The same second always shows the same, however it was reached.</summary>
    public void AdvanceTo(long second)
    {
        for (; _second < second; _second++)
        {
            Patrol = CommandCenter.Simulator.Patrol.Step(streets, _beat, Patrol);
            Handset = CommandCenter.Simulator.Handset.Step(Handset, Patrol);
        }
    }

    /// <param name="fixTimeMs">ms since 1970 UTC.</param>
    /// <param name="pace">How much faster than the clock the worker lives: what is reported is speed by the clock.</param>
    public PhoneFix Observe(long fixTimeMs, double pace)
    {
        var (east, north, heading) = CommandCenter.Simulator.Patrol.PlaceOf(streets, Patrol);
        var (longitude, latitude) = streets.ToDegrees(east + Handset.ErrorEast, north + Handset.ErrorNorth);
        var moves = Patrol.SpeedMps > 0.3;
        return new PhoneFix
        {
            FixTimeMs = fixTimeMs,
            Longitude = longitude,
            Latitude = latitude,
            SpeedMps = Math.Round(Patrol.SpeedMps * pace, 2),
            HeadingDegrees = moves ? Math.Round(heading + (Handset.ErrorEast * 2) + 360, 1) % 360 : null,
            AccuracyMeters = Math.Round(Handset.AccuracyMeters, 1),
            BatteryPercent = (int)Handset.Battery,
            Charging = Handset.Charging,
        };
    }

    /// <summary>In a house some phones find no place at all and only say that they live.</summary>
    public PhoneFix SignOfLife(long fixTimeMs) =>
        new() { FixTimeMs = fixTimeMs, BatteryPercent = (int)Handset.Battery, Charging = Handset.Charging };
}
