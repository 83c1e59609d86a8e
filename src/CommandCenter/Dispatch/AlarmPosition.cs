using CommandCenter.Alarms;
using CommandCenter.Positions.Live;

namespace CommandCenter.Dispatch;

/// <summary>Where somebody is to go: the alarm's own place, else where its worker was seen last.</summary>
internal static class AlarmPosition
{
    /// <summary>1e-7°; null when neither is known.</summary>
    public static (int LongitudeE7, int LatitudeE7)? Of(AlarmState alarm, LivePicture picture)
    {
        if (alarm.Press is { Longitude: { } longitude, Latitude: { } latitude })
        {
            return ((int)Math.Round(longitude * 1e7), (int)Math.Round(latitude * 1e7));
        }

        using var reading = picture.Read();
        if (alarm.Press.WorkerId is not { } slot || slot >= reading.Rows.Length || !reading.Rows.HasMarker(slot))
        {
            return null;
        }

        ref readonly var fix = ref reading.Rows.MarkerOf(slot);
        return (fix.LongitudeE7, fix.LatitudeE7);
    }
}
