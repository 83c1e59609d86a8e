using System.Diagnostics;
using System.Globalization;

namespace CommandCenter.Chaos.Fuzz;

/// <param name="Target">Its name.</param>
/// <param name="Rounds">Done.</param>
/// <param name="Finding">The first exception, with the input in hex; null: none.</param>
/// <param name="BytesEarly">Live heap after the first tenth.</param>
/// <param name="BytesLate">And at the end.</param>
/// <param name="Took">In all.</param>
public sealed record FuzzResult(string Target, long Rounds, string? Finding, long BytesEarly, long BytesLate, TimeSpan Took)
{
    /// <summary>What caches and the runtime may take meanwhile.</summary>
    private const long Slack = 8 << 20;

    public bool IsGood => Finding is null && BytesLate - BytesEarly < Slack;

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Target,-14} {Rounds,10} rounds in {Took.TotalSeconds:0.0} s, heap {BytesEarly >> 10} → {BytesLate >> 10} KiB{(Finding is null ? "" : ", FINDING " + Finding)}{(IsGood ? "" : "  BAD")}");
}

/// <summary>Feeds a parser bad input, many times.</summary>
public static class FuzzRun
{
    public static FuzzResult Run(FuzzTarget target, long rounds, int seed, CancellationToken cancellationToken = default)
    {
        var mutator = new Mutator(target.Good, seed);
        var clock = Stopwatch.StartNew();
        long early = 0;
        for (long round = 0; round < rounds && !cancellationToken.IsCancellationRequested; round++)
        {
            if (round == rounds / 10)
            {
                early = GC.GetTotalMemory(forceFullCollection: true);
            }

            var bytes = mutator.Next();
            try
            {
                target.Read(bytes);
            }
            catch (Exception e)
            {
                return new FuzzResult(target.Name, round + 1, $"round {round} of seed {seed}: {Convert.ToHexStringLower(bytes)}: {e}", early, early, clock.Elapsed);
            }
        }

        return new FuzzResult(target.Name, rounds, null, early, GC.GetTotalMemory(forceFullCollection: true), clock.Elapsed);
    }
}
