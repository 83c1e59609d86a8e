using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using CommandCenter.Geo;
using CommandCenter.Tracks;
using CommandCenter.Tracks.Meaning;

namespace CommandCenter.Coverage.Reckoning;

/// <summary>Numbers that stand for what a worker's day is reckoned of and by. Pure.</summary>
internal static class ReckoningRules
{
    /// <summary>Of the plane and the rules: under others every day comes out otherwise.</summary>
    public static long Number(GaussKruger zone, CoverageOptions options, TrackMeaningOptions meaning) =>
        BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new
        {
            zone.Meridian,
            options.AccurateMeters,
            options.JoinSeconds,
            options.PatrolMps,
            options.VisitSeconds,
            options.VisitWithinMinutes,
            meaning,
        })));

    /// <summary>Of fixes that the log holds, in whatever order and however often; null: none of them belongs to the day.</summary>
    public static long? NumberOf(IEnumerable<Fix> newest, in DaySpan day)
    {
        var (seen, number) = (new HashSet<(long, int)>(), 0L);
        foreach (var fix in newest)
        {
            if (fix.FixTimeMs >= day.NearMs && fix.FixTimeMs < day.NearEndMs && seen.Add((fix.FixTimeMs, fix.DeviceId)))
            {
                number ^= Mixed(((ulong)fix.FixTimeMs << 16) ^ (uint)fix.DeviceId);
            }
        }

        return seen.Count == 0 ? null : number;
    }

    /// <summary>SplitMix64's last step: close numbers come far apart.</summary>
    private static long Mixed(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return (long)(value ^ (value >> 31));
    }
}
