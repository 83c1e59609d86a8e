using BenchmarkDotNet.Attributes;

namespace CommandCenter.Benchmarks;

/// <summary>Every hot path by name: time for a run of it, and what it allocates.</summary>
[MemoryDiagnoser]
public class HotPathBenchmarks
{
    private HotPaths.HotPath _path = null!;

    public static IEnumerable<string> Names => new HotPaths().All.Select(path => path.Name);

    [ParamsSource(nameof(Names))]
    public string Path { get; set; } = "";

    [GlobalSetup]
    public void Setup() => _path = new HotPaths().All.Single(path => path.Name == Path);

    [Benchmark]
    public void Run() => _path.Run();
}
