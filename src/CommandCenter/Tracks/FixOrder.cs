using System.Runtime.InteropServices;

namespace CommandCenter.Tracks;

/// <summary>
/// The one order of fixes: by FixTime, then device, then content. Because it is total, everything made by sorting, keeping the
/// first of each identity, or keeping the last few, is the same in whatever order the fixes arrived.
/// </summary>
public static class FixOrder
{
    public static int Compare(in Fix a, in Fix b)
    {
        var byIdentity = CompareIdentity(a, b);
        return byIdentity != 0 ? byIdentity : CompareContent(a, b);
    }

    /// <summary>Zero when both are the same fix: (FixTime, device).</summary>
    public static int CompareIdentity(in Fix a, in Fix b)
    {
        var byTime = a.FixTimeMs.CompareTo(b.FixTimeMs);
        return byTime != 0 ? byTime : a.DeviceId.CompareTo(b.DeviceId);
    }

    /// <summary>Of two with one identity the smaller wins: compared field by field as unsigned numbers, in the order they are encoded.</summary>
    public static int CompareContent(in Fix a, in Fix b)
    {
        var order = a.WorkerId.CompareTo(b.WorkerId);
        order = order != 0 ? order : ((uint)a.LongitudeE7).CompareTo((uint)b.LongitudeE7);
        order = order != 0 ? order : ((uint)a.LatitudeE7).CompareTo((uint)b.LatitudeE7);
        order = order != 0 ? order : a.SpeedCmps.CompareTo(b.SpeedCmps);
        order = order != 0 ? order : a.HeadingDeci.CompareTo(b.HeadingDeci);
        order = order != 0 ? order : a.AccuracyDm.CompareTo(b.AccuracyDm);
        order = order != 0 ? order : ((ushort)a.AltitudeM).CompareTo((ushort)b.AltitudeM);
        order = order != 0 ? order : a.BatteryPercent.CompareTo(b.BatteryPercent);
        return order != 0 ? order : ((byte)a.Flags).CompareTo((byte)b.Flags);
    }

    /// <summary>Sorts in place and drops repeats of an identity; the list that any arrival order ends in.</summary>
    public static void SortAndDeduplicate(List<Fix> fixes)
    {
        var span = CollectionsMarshal.AsSpan(fixes);
        if (IsSortedWithoutRepeats(span))
        {
            return;
        }

        span.Sort(static (a, b) => Compare(a, b));
        var kept = 0;
        for (var i = 0; i < span.Length; i++)
        {
            if (kept == 0 || CompareIdentity(span[kept - 1], span[i]) != 0)
            {
                span[kept++] = span[i];
            }
        }

        fixes.RemoveRange(kept, fixes.Count - kept);
    }

    /// <summary>As most phones send them.</summary>
    private static bool IsSortedWithoutRepeats(ReadOnlySpan<Fix> fixes)
    {
        for (var i = 1; i < fixes.Length; i++)
        {
            if (CompareIdentity(fixes[i - 1], fixes[i]) >= 0)
            {
                return false;
            }
        }

        return true;
    }
}
