using System.Diagnostics;
using CommandCenter.Wall;

namespace CommandCenter.Benchmarks;

/// <summary>
/// What one more worker costs: bytes in each of the structures that hold all of them, and the time of a fix, a beat and a frame at three sizes.
/// <c>dotnet run -c Release -- scale</c>.
/// </summary>
internal static class ScaleMeasure
{
    private const int Runs = 40;

    public static void Print()
    {
        Console.WriteLine("workers     picture+roster  devices   ns/fix applied  us/beat  us/frame of 500");
        foreach (var workers in (int[])[10_000, 100_000, 1_000_000])
        {
            var before = GC.GetTotalMemory(forceFullCollection: true);
            var world = new PictureOf(workers);
            var picture = GC.GetTotalMemory(forceFullCollection: true) - before;
            before = GC.GetTotalMemory(forceFullCollection: true);
            var devices = PictureOf.Devices(workers);
            var directory = GC.GetTotalMemory(forceFullCollection: true) - before;
            var scope = new WallScope(PictureOf.District, PictureOf.District, null);
            var options = new WallOptions { MaxMarkers = 2_000_000 };
            long tick = 0;
            var apply = Fastest(() => world.Move(3_000)) * 1e9 / 3_000;
            var beat = Fastest(() =>
            {
                world.Pass(250);
                world.Picture.Beat();
            }) * 1e6;
            var frame = Fastest(() =>
            {
                world.Move(500);
                using var reading = world.Picture.Read();
                tick = FrameCutter.Cut(reading, "epoch", scope, tick, options)!.Tick;
            }) * 1e6;
            Console.WriteLine(FormattableString.Invariant(
                $"{workers,9}  {picture / (double)workers,10:F0} B  {directory / (double)workers,7:F0} B  {apply,12:F0}  {beat,10:F0}  {frame,10:F0}"));
            GC.KeepAlive(world);
            GC.KeepAlive(devices);
        }
    }

    /// <summary>Seconds of the fastest of several runs: the machine has other things to do.</summary>
    private static double Fastest(Action run) => Enumerable.Range(0, Runs).Min(_ =>
    {
        var started = Stopwatch.GetTimestamp();
        run();
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    });
}
