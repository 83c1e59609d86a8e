using System.ComponentModel.DataAnnotations;

namespace CommandCenter.Dispatch.Watching;

/// <summary>
/// Section <c>Watching</c>: alarms that the center raises by itself. Those that watch where somebody is or how long are off until the tenant has a legal basis for them.
/// </summary>
public sealed class WatchingOptions
{
    public const string Section = "Watching";

    /// <summary>Pause between two looks at everybody on duty, seconds.</summary>
    [Range(0.2, 300)]
    public double LookSeconds { get; set; } = 5;

    /// <summary>Who is under way to an alarm and is no longer heard of.</summary>
    public bool LostContact { get; set; } = true;

    /// <summary>Phones on duty at or below it, per cent; 0: not watched.</summary>
    [Range(0, 50)]
    public int LowBatteryPercent { get; set; } = 10;

    /// <summary>Charged again from here on, per cent: before, the same phone raises no further alarm.</summary>
    [Range(1, 100)]
    public int ChargedPercent { get; set; } = 20;

    /// <summary>Minutes outside the own grid; 0: not watched.</summary>
    [Range(0, 1_440)]
    public int LeftGridMinutes { get; set; }

    /// <summary>Nearer to the grid's border than this is not outside, metres.</summary>
    [Range(0, 5_000)]
    public double BorderMeters { get; set; } = 100;

    /// <summary>Minutes inside after which leaving again is another leaving.</summary>
    [Range(0, 1_440)]
    public int BackMinutes { get; set; } = 2;

    /// <summary>Minutes at one place; 0: not watched.</summary>
    [Range(0, 1_440)]
    public int StationaryMinutes { get; set; }

    /// <summary>What still counts as one place, metres beyond the position's own radius.</summary>
    [Range(5, 1_000)]
    public double StationaryMeters { get; set; } = 50;
}
