using BenchmarkDotNet.Running;

namespace CommandCenter.Benchmarks;

internal static class BenchmarkRun
{
    private static Task Main(string[] args)
    {
        switch (args)
        {
            case ["scale"]:
                ScaleMeasure.Print();
                return Task.CompletedTask;
            case ["tracks", .. var recordings]:
                return TrackReadMeasure.PrintAsync(recordings);
            case ["coverage"]:
                return CoverageFixMeasure.PrintAsync();
            case ["coverage-day"]:
                return CoverageDayMeasure.PrintAsync();
            case ["coverage-picture"]:
                return CoveragePictureMeasure.PrintAsync();
            case ["assessment"]:
                return AssessmentMeasure.PrintAsync();
            default:
                BenchmarkSwitcher.FromAssembly(typeof(BenchmarkRun).Assembly).Run(args);
                return Task.CompletedTask;
        }
    }
}
