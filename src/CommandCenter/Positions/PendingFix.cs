using CommandCenter.Tracks;

namespace CommandCenter.Positions;

/// <summary>A fix that waits to be stored, in 32 bytes: the worker is known by the chain it stands in, the time counts from the lot's own.</summary>
internal readonly struct PendingFix
{
    private readonly uint _ms;
    private readonly int _deviceId;
    private readonly int _longitudeE7;
    private readonly int _latitudeE7;
    private readonly ushort _speedCmps;
    private readonly ushort _headingDeci;
    private readonly ushort _accuracyDm;
    private readonly short _altitudeM;
    private readonly byte _batteryPercent;
    private readonly FixFlags _flags;

    public PendingFix(in Fix fix, long sinceMs, int previous)
    {
        (_ms, Previous, _deviceId, _longitudeE7, _latitudeE7) = ((uint)(fix.FixTimeMs - sinceMs), previous, fix.DeviceId, fix.LongitudeE7, fix.LatitudeE7);
        (_speedCmps, _headingDeci, _accuracyDm, _altitudeM) = (fix.SpeedCmps, fix.HeadingDeci, fix.AccuracyDm, fix.AltitudeM);
        (_batteryPercent, _flags) = (fix.BatteryPercent, fix.Flags);
    }

    /// <summary>Place of the worker's fix that came before this one; -1 for none.</summary>
    public int Previous { get; }

    /// <summary>49 days from the lot's time on.</summary>
    public static bool Holds(long fixTimeMs, long sinceMs) => fixTimeMs >= sinceMs && fixTimeMs - sinceMs <= uint.MaxValue;

    public Fix ToFix(int workerId, long sinceMs) => new()
    {
        DeviceId = _deviceId,
        WorkerId = workerId,
        FixTimeMs = sinceMs + _ms,
        LongitudeE7 = _longitudeE7,
        LatitudeE7 = _latitudeE7,
        SpeedCmps = _speedCmps,
        HeadingDeci = _headingDeci,
        AccuracyDm = _accuracyDm,
        AltitudeM = _altitudeM,
        BatteryPercent = _batteryPercent,
        Flags = _flags,
    };
}
