using CommandCenter.Chaos.Center;
using CommandCenter.Chaos.Faults;

namespace CommandCenter.Chaos;

/// <summary>What one run does.</summary>
/// <param name="Place">Of the center; its folder is made and left for a look afterwards.</param>
/// <param name="Seed">Of the order of faults, their moments and spells.</param>
/// <param name="Length">Faults go on so long; each of them at least once, whatever the length.</param>
/// <param name="Workers">Who report.</param>
/// <param name="Rate">Fixes per second in all.</param>
/// <param name="Walls">Watching the whole district.</param>
/// <param name="Phones">Workers of those who report by themselves, the others through a gateway.</param>
/// <param name="Faults">To choose from.</param>
/// <param name="LongestSpell">Of a stop.</param>
/// <param name="AlarmsAMinute">Pressed on the phones in turn; 0: none.</param>
public sealed record ChaosSettings(
    CenterPlace Place, int Seed, TimeSpan Length, int Workers, int Rate, int Walls, int Phones, IReadOnlyList<Fault> Faults, TimeSpan LongestSpell, int AlarmsAMinute = 0)
{
    /// <summary>A district with its reserve called up: one fix per 5 s each.</summary>
    public const int ReserveWorkers = 10_852;

    public const int ReserveRate = 2_170;
}
