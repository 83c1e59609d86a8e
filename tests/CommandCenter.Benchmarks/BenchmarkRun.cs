using BenchmarkDotNet.Running;

namespace CommandCenter.Benchmarks;

internal static class BenchmarkRun
{
    private static void Main(string[] args) => BenchmarkSwitcher.FromAssembly(typeof(BenchmarkRun).Assembly).Run(args);
}
