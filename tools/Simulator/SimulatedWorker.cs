using CommandCenter.Phones;

namespace CommandCenter.Simulator;

/// <summary>One worker and the phone in the pocket: advances the two pure steps second by second and tells what the phone would record.</summary>
public sealed class SimulatedWorker(StreetGraph streets, PlannedWorker worker, int seed, PhoneTroubles troubles)
{
    private const double MockAccuracyMeters = 5;

    private readonly Beat _beat = CommandCenter.Simulator.Patrol.BeatOf(streets, worker, seed);
    private readonly PhoneQuirks _quirks = PhoneQuirks.Of(worker, seed, troubles);
    private long _second;

    public SimulatedWorker(StreetGraph streets, PlannedWorker worker, int seed)
        : this(streets, worker, seed, PhoneTroubles.Usual)
    {
    }

    public PlannedWorker Worker => worker;

    public PhoneQuirks Quirks => _quirks;

    public PatrolState Patrol { get; private set; } = CommandCenter.Simulator.Patrol.Start(streets, worker, seed);

    public HandsetState Handset { get; private set; } = CommandCenter.Simulator.Handset.Start(worker, seed, troubles.Offline);

    /// <summary>The same second always shows the same, however it was reached.</summary>
    public void AdvanceTo(long second)
    {
        for (; _second < second; _second++)
        {
            Patrol = CommandCenter.Simulator.Patrol.Step(streets, _beat, Patrol);
            Handset = CommandCenter.Simulator.Handset.Step(Handset, Patrol);
        }
    }

    /// <param name="nowMs">ms since 1970 UTC; the fix bears what the phone's clock makes of it.</param>
    /// <param name="pace">How much faster than the clock the worker lives: what is reported is speed by the clock.</param>
    public PhoneFix Observe(long nowMs, double pace)
    {
        if (_quirks.Mocked)
        {
            return Mocked(nowMs);
        }

        var (east, north, heading) = CommandCenter.Simulator.Patrol.PlaceOf(streets, Patrol);
        var (longitude, latitude) = streets.ToDegrees(east + Handset.ErrorEast, north + Handset.ErrorNorth);
        var moves = Patrol.SpeedMps > 0.3;
        return new PhoneFix
        {
            FixTimeMs = nowMs + _quirks.ClockErrorMs,
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
    public PhoneFix SignOfLife(long nowMs) =>
        new() { FixTimeMs = nowMs + _quirks.ClockErrorMs, BatteryPercent = (int)Handset.Battery, Charging = Handset.Charging };

    /// <summary>As the usual apps do it: one corner for ever, and an accuracy that never changes.</summary>
    private PhoneFix Mocked(long nowMs)
    {
        var corner = streets.Nearest(worker.HomeLongitude, worker.HomeLatitude);
        var (east, north) = streets.At(corner);
        var (longitude, latitude) = streets.ToDegrees(east, north);
        return SignOfLife(nowMs) with
        {
            Longitude = longitude,
            Latitude = latitude,
            SpeedMps = 0,
            AccuracyMeters = MockAccuracyMeters,
            Mock = true,
        };
    }
}
