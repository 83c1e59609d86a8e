using System.Globalization;
using System.IO.Compression;
using System.Text;
using CommandCenter.Tracks;

namespace CommandCenter.Tests.Tracks.Meaning;

/// <summary>
/// Real tracks, where there are some: Microsoft GeoLife's, for research use and never part of the project. They are looked for in the folder that the environment
/// variable names, or in <c>shared/data</c> beside one of the folders above.
/// </summary>
internal static class RecordedTracks
{
    private const string Variable = "COMMANDCENTER_RECORDED_TRACKS";
    private const string Days = "geolife-2-people-106-days.csv.gz";
    private const string Trajectories = "geolife-5-trajectories.csv.gz";

    /// <summary>A track for each person and UTC day, by name; none where the files are not.</summary>
    public static IReadOnlyDictionary<string, Fix[]> All { get; } = Read();

    private static Dictionary<string, Fix[]> Read() => Folder() is not { } folder
        ? []
        : Rows(Path.Combine(folder, Days), ',', row => (row[3], row[1], row[0], row[2]))
            .Concat(Rows(Path.Combine(folder, Trajectories), ';', row => ($"trajectory {row[5]}", row[0], row[1], row[7])))
            .GroupBy(row => $"{row.Who} {row.At:yyyy-MM-dd}")
            .ToDictionary(day => day.Key, day => Track(day.Select(row => (row.At, row.Longitude, row.Latitude))));

    private static string? Folder()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
        {
            return named;
        }

        for (var above = new DirectoryInfo(AppContext.BaseDirectory); above is not null; above = above.Parent)
        {
            var folder = Path.Combine(above.FullName, "shared", "data");
            if (File.Exists(Path.Combine(folder, Days)))
            {
                return folder;
            }
        }

        return null;
    }

    private static IEnumerable<(string Who, DateTimeOffset At, double Longitude, double Latitude)> Rows(
        string path, char separator, Func<string[], (string Who, string X, string Y, string At)> columns)
    {
        if (!File.Exists(path))
        {
            yield break;
        }

        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress), Encoding.UTF8);
        for (var line = reader.ReadLine() is null ? null : reader.ReadLine(); line is not null; line = reader.ReadLine())
        {
            var (who, x, y, at) = columns(line.Split(separator));
            yield return (
                who,
                DateTimeOffset.Parse(at, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal),
                double.Parse(x, CultureInfo.InvariantCulture),
                double.Parse(y, CultureInfo.InvariantCulture));
        }
    }

    private static Fix[] Track(IEnumerable<(DateTimeOffset At, double Longitude, double Latitude)> points)
    {
        List<Fix> fixes = [.. points.Select(point => new Fix
        {
            DeviceId = 7,
            WorkerId = 3,
            FixTimeMs = point.At.ToUnixTimeMilliseconds(),
            LongitudeE7 = (int)Math.Round(point.Longitude * 1e7),
            LatitudeE7 = (int)Math.Round(point.Latitude * 1e7),
            SpeedCmps = Fix.UnknownSpeed,
            HeadingDeci = Fix.UnknownHeading,
            AccuracyDm = Fix.UnknownAccuracy,
            AltitudeM = Fix.UnknownAltitude,
            BatteryPercent = Fix.UnknownBattery,
        })];
        FixOrder.SortAndDeduplicate(fixes);
        return [.. fixes];
    }
}
