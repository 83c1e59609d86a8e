using BenchmarkDotNet.Attributes;
using CommandCenter.Tracks;
using CommandCenter.Tracks.Meaning;

namespace CommandCenter.Benchmarks;

/// <summary>
/// Cleaning, trips and stops of worker-days. "Mean" is the time of a fix, on one core:
/// <c>dotnet run -c Release --project tests/CommandCenter.Benchmarks -- --filter '*TrackMeaning*' --job short</c>.
/// </summary>
[MemoryDiagnoser]
public class TrackMeaningBenchmarks
{
    private readonly TrackMeaning _meaning = new(new TrackMeaningOptions());
    private readonly Fix[] _day = PatrolDay.Make();

    [Benchmark(OperationsPerInvoke = PatrolDay.FixesOfADay)]
    public double CleaningTripsAndStops()
    {
        _meaning.Read(_day);
        return _meaning.Meters;
    }

    /// <summary>Beside it: one haversine for each fix and nothing else, which is how lengths are usually told.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = PatrolDay.FixesOfADay)]
    public double LengthByHaversineAlone()
    {
        double meters = 0;
        for (var i = 1; i < _day.Length; i++)
        {
            meters += Geo.Distance.Meters(_day[i - 1].LongitudeE7, _day[i - 1].LatitudeE7, _day[i].LongitudeE7, _day[i].LatitudeE7);
        }

        return meters;
    }
}
