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

        if (args is ["assessment"])
        {
            await AssessmentMeasure.PrintAsync();
            return;
        }

        BenchmarkSwitcher.FromAssembly(typeof(BenchmarkRun).Assembly).Run(args);
    }
}
