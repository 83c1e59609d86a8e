using System.ComponentModel.DataAnnotations;

namespace CommandCenter.Coverage;

/// <summary>Section <c>Coverage</c>: what a fix earns, and when a square counts as visited. See docs/coverage.md.</summary>
public sealed class CoverageOptions
{
    public const string Section = "Coverage";

    /// <summary>A fix of a larger radius earns nothing, metres; one that does not say its radius earns.</summary>
    [Range(1, 500)]
    public double AccurateMeters { get; set; } = 30;

    /// <summary>Fixes further apart in time are not joined: a gap earns nothing, seconds.</summary>
    [Range(5, 600)]
    public int JoinSeconds { get; set; } = 60;

    /// <summary>Faster than this nobody patrols: the time between two such fixes earns nothing, metres a second.</summary>
    [Range(1, 60)]
    public double PatrolMps { get; set; } = 15;

    /// <summary>A visit lasts so long within <see cref="VisitWithinMinutes"/>; a shorter one is a pass, seconds.</summary>
    [Range(1, 3_600)]
    public int VisitSeconds { get; set; } = 30;

    /// <summary>Who is back sooner is on the same visit, minutes.</summary>
    [Range(1, 240)]
    public int VisitWithinMinutes { get; set; } = 15;

    /// <summary>Where a square's last visit is searched for, days before the end of what is shown; a target is shorter.</summary>
    [Range(31, 250)]
    public int LookBackDays { get; set; } = 60;

    /// <summary>For days of coverage that were read, so that the next picture need not read them again, megabytes.</summary>
    [Range(8, 4_096)]
    public int CacheMegabytes { get; set; } = 128;

    /// <summary>Pictures and rates that are reckoned at the same time; others wait.</summary>
    [Range(1, 64)]
    public int AnswersAtOnce { get; set; } = 2;

    /// <summary>Workers' days that are reckoned at the same time; the live path needs the other cores.</summary>
    [Range(1, 32)]
    public int Threads { get; set; } = 1;

    /// <summary>After each lot of workers the reckoning rests so many times as long as it took, so that the live path has the machine; 0: not at all.</summary>
    [Range(0, 10)]
    public double RestShare { get; set; } = 0.5;

    /// <summary>Sums of all workers' days, in which nobody stands by name, are kept so long, days. What one worker earned goes with the track.</summary>
    [Range(31, 3_650)]
    public int KeepDays { get; set; } = 730;
}
