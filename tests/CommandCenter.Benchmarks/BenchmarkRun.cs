using BenchmarkDotNet.Running;

namespace CommandCenter.Benchmarks;

internal static class BenchmarkRun
{
    private static async Task Main(string[] args)
    {
        if (args is ["scale"])
        {
            ScaleMeasure.Print();
            return;
        }

        if (args is ["tracks", .. var recordings])
        {
            await TrackReadMeasure.PrintAsync(recordings);
            return;
        }

        if (args is ["coverage-day", .. var threads])
        {
            await CoverageDayMeasure.PrintAsync(threads is [var number] ? int.Parse(number, System.Globalization.CultureInfo.InvariantCulture) : 1);
            return;
        }

        BenchmarkSwitcher.FromAssembly(typeof(BenchmarkRun).Assembly).Run(args);
    }
}
