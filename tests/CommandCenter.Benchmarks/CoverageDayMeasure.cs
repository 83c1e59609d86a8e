using System.Diagnostics;
using CommandCenter.Coverage;
using CommandCenter.Coverage.Reckoning;
using CommandCenter.Geo;
using CommandCenter.Jobs;
using CommandCenter.Tracks;
using CommandCenter.Tracks.Meaning;
using CommandCenter.Tracks.Reading;
using Dapper;

namespace CommandCenter.Benchmarks;

/// <summary>
/// What a district's day of coverage costs from segments: rebuilt, after late fixes of few, and with nothing new; time, memory, bytes. A month is thirty such days, which is
/// reckoned and not measured. <c>dotnet run -c Release -- coverage-day</c>; about two minutes.
/// </summary>
internal static class CoverageDayMeasure
{
    private const int Runs = 3;
    private const int DaysOfAMonth = 30;
    private const int LateWorkers = 20;

    private static readonly GaussKruger Zone = GaussKruger.ZoneOf(112.55);

    public static async Task PrintAsync()
    {
        var making = Stopwatch.StartNew();
        await using var world = await CoverageDayWorld.MakeAsync();
        Console.WriteLine(FormattableString.Invariant($"{CoverageDayWorld.FixesOfADay:N0} fixes of {CoverageDayWorld.Workers} workers made in {making.Elapsed.TotalSeconds:F0} s"));
        await PrintStagesAsync(world);
        foreach (var (what, options) in Ways())
        {
            var processor = Environment.CpuUsage.TotalTime;
            var (seconds, memory) = await RebuiltAsync(world, options);
            var own = (Environment.CpuUsage.TotalTime - processor).TotalSeconds / Runs;
            Console.WriteLine(FormattableString.Invariant(
                $"a day rebuilt, {what}: {seconds:F2} s median, {own:F2} s of processor without PostgreSQL's, {seconds * 1e9 / CoverageDayWorld.FixesOfADay:F0} ns a fix; thirty such days {seconds * DaysOfAMonth:F0} s; heap {memory.Heap / 1e6:F0} MB, process {memory.Process / 1e6:F0} MB"));
        }

        await PrintSizesAsync(world);
        Console.WriteLine(FormattableString.Invariant($"the day with nothing new: {await LookedAtAsync(world, 0):F2} s"));
        await world.WalkLateAsync(LateWorkers);
        Console.WriteLine(FormattableString.Invariant($"the day after late fixes of {LateWorkers} workers: {await LookedAtAsync(world, LateWorkers):F2} s"));

        var incremental = await world.FingerprintAsync();
        await RebuildAsync(world, Unresting(2));
        Console.WriteLine(await world.FingerprintAsync() == incremental ? "rebuilt: the same rows" : "rebuilt: OTHER ROWS");
    }

    private static IEnumerable<(string What, CoverageOptions Options)> Ways()
    {
        yield return ("2 threads, no rests", Unresting(2));
        yield return ("1 thread, no rests", Unresting(1));
        yield return ("as it is shipped", new CoverageOptions());
    }

    private static CoverageOptions Unresting(int threads) => new() { Threads = threads, RestShare = 0 };

    /// <summary>Reading alone, and reckoning alone of what lies in memory, so that it is seen what dominates.</summary>
    private static async Task PrintStagesAsync(CoverageDayWorld world)
    {
        var span = CoverageDayWorld.Span;
        int[] workers = [.. Enumerable.Range(1, CoverageDayWorld.Workers)];
        var parts = new List<TrackPart>();
        var reading = Stopwatch.StartNew();
        foreach (var some in workers.Chunk(64))
        {
            await foreach (var part in new TrackPartStore(world.DataSource).PartsAsync(some, TrackPiece.HoursOf(span.NearMs, span.NearEndMs), span.NearMs, span.NearEndMs, default))
            {
                parts.Add(part);
            }
        }

        reading.Stop();
        var fixes = new List<Fix>();
        var decoding = Timed(() => parts.ForEach(part =>
        {
            fixes.Clear();
            part.TryRead(fixes);
        }));
        var reckoner = new WorkerReckoner(Zone, new CoverageOptions(), new TrackMeaningOptions());
        var inputs = parts.GroupBy(part => part.WorkerId).Select(own => new WorkerInput(own.Key, 0, [.. own], [], 0)).ToList();
        var reckoning = Timed(() => inputs.ForEach(input => reckoner.Reckon(input, span)));
        var perFix = 1e9 / CoverageDayWorld.FixesOfADay;
        Console.WriteLine(FormattableString.Invariant(
            $"ns a fix on one thread: reading {reading.Elapsed.TotalSeconds * perFix:F0}, decoding {decoding * perFix:F0}, decoding and reckoning {reckoning * perFix:F0}"));
    }

    private static async Task<(double Seconds, (long Heap, long Process) Memory)> RebuiltAsync(CoverageDayWorld world, CoverageOptions options)
    {
        var (times, most) = (new List<double>(), (Heap: 0L, Process: 0L));
        for (var run = 0; run < Runs; run++)
        {
            GC.Collect();
            using var sampling = new Timer(
                _ => most = (Math.Max(most.Heap, GC.GetTotalMemory(forceFullCollection: false)), Math.Max(most.Process, Environment.WorkingSet)), null, 0, 50);
            times.Add(await RebuildAsync(world, options));
        }

        return (times.Order().ElementAt(Runs / 2), most);
    }

    private static async Task<double> RebuildAsync(CoverageDayWorld world, CoverageOptions options)
    {
        await world.ForgetAsync();
        return await ReckonAsync(world, options, CoverageDayWorld.Workers);
    }

    private static Task<double> LookedAtAsync(CoverageDayWorld world, int changed) => ReckonAsync(world, Unresting(1), changed);

    private static async Task<double> ReckonAsync(CoverageDayWorld world, CoverageOptions options, int changed)
    {
        var reckoner = new DayReckoner(
            new ReckonStore(world.DataSource),
            new TrackPartStore(world.DataSource),
            new DaySums(world.DataSource),
            Zone,
            options,
            new TrackMeaningOptions(),
            TimeProvider.System);
        var begun = Stopwatch.GetTimestamp();
        var outcome = await reckoner.ReckonAsync(CoverageDayWorld.Span, Array.Empty<Fix>().ToLookup(fix => fix.WorkerId), new JobProgress(), default);
        var seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        return outcome.Reckoned == changed && outcome.Damaged == 0
            ? seconds
            : throw new InvalidOperationException($"{outcome.Reckoned} workers' days were reckoned, {outcome.Damaged} damaged; {changed} had changed.");
    }

    private static async Task PrintSizesAsync(CoverageDayWorld world)
    {
        await using var connection = await world.DataSource.OpenConnectionAsync();
        foreach (var table in (string[])["coverage_worker_days", "coverage_tiles"])
        {
            var (rows, bytes, disk) = await connection.QuerySingleAsync<(long, long, long)>(
                $"select count(*), coalesce(sum(length(body)), 0), pg_total_relation_size('{table}') from {table}");
            Console.WriteLine(FormattableString.Invariant($"{table}: {rows} rows, bodies {bytes / 1e6:F1} MB, on disk {disk / 1e6:F1} MB"));
        }
    }

    private static double Timed(Action run)
    {
        run();
        var begun = Stopwatch.GetTimestamp();
        run();
        return Stopwatch.GetElapsedTime(begun).TotalSeconds;
    }
}
