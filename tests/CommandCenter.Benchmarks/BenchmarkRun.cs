using BenchmarkDotNet.Running;

namespace CommandCenter.Benchmarks;

internal static class BenchmarkRun
{
    private static void Main(string[] args)
    {
        if (args is ["scale"])
        {
            ScaleMeasure.Print();
            return;
        }

        BenchmarkSwitcher.FromAssembly(typeof(BenchmarkRun).Assembly).Run(args);
    }
}
