using CommandCenter.LoadGenerator.Runs;
using Spectre.Console;

namespace CommandCenter.LoadGenerator.Jobs;

/// <summary>Live without and with all jobs, in turns, twice each, over a center that has days of history; and the jobs alone before, so that both sides' cost is seen.</summary>
internal static class BesideJobs
{
    private static readonly TimeSpan Alone = TimeSpan.FromSeconds(12);

    /// <param name="rig">What is loaded; its workers are enrolled, and its days before are there.</param>
    /// <param name="scenario">The live load.</param>
    /// <param name="history">What jobs reckon.</param>
    /// <param name="runAsync">Runs a stage and takes down its figures.</param>
    /// <param name="find">Takes a finding.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task RunAsync(
        Rig rig,
        Scenario scenario,
        JobHistory history,
        Func<StagePlan, CancellationToken, Task<StageResult>> runAsync,
        Action<string, double, string, string> find,
        CancellationToken cancellationToken)
    {
        var quiet = JobRounds.Start(rig.Client, history, rig.Clock);
        await Task.Delay(Alone, rig.Clock, cancellationToken);
        var without = await quiet.StopAsync();
        var (alone, beside, with) = (new List<StageResult>(), new List<StageResult>(), new List<(double Coverage, double Assessment)>());
        for (var turn = 0; turn < 2; turn++)
        {
            alone.Add(await runAsync(StagePlan.Of(rig, scenario, "live alone"), cancellationToken));
            var rounds = JobRounds.Start(rig.Client, history, rig.Clock);
            beside.Add(await runAsync(StagePlan.Of(rig, scenario, "all jobs"), cancellationToken));
            with.Add(await rounds.StopAsync());
            foreach (var result in rounds.Results)
            {
                rig.Console.WriteLine(result);
            }
        }

        find("fix to wall p50 beside live alone", 100 * beside.Average(s => s.WallP50 ?? 0) / alone.Average(s => s.WallP50 ?? 1), "%", "–");
        find("fix to wall p99 beside live alone", 100 * beside.Average(s => s.WallP99 ?? 0) / alone.Average(s => s.WallP99 ?? 1), "%", "≤ 120");
        find("answer p99 beside live alone", 100 * beside.Average(s => s.AnswerP99 ?? 0) / alone.Average(s => s.AnswerP99 ?? 1), "%", "–");
        find("a run of coverage without the live load", without.Coverage, "s", "–");
        find("a run of coverage with it", with.Average(one => one.Coverage), "s", "–");
        find("a run of assessment without the live load", without.Assessment, "s", "–");
        find("a run of assessment with it", with.Average(one => one.Assessment), "s", "–");
    }
}
