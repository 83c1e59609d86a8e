using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace CommandCenter.Tracks.Meaning;

/// <summary>Section <c>TrackMeaning</c>: when a silence is a gap, a fix a jump, a stay a stop; and how days are summed up. See docs/track-meaning.md.</summary>
public sealed class TrackMeaningOptions
{
    public const string Section = "TrackMeaning";

    /// <summary>A longer silence is a gap: nothing is drawn across it and no length counted, seconds.</summary>
    [Range(5, 3_600)]
    public int GapSeconds { get; set; } = 120;

    /// <summary>For a device that reports seldom the threshold is so many times its median reporting interval, where that is more.</summary>
    [Range(1, 20)]
    public double GapIntervals { get; set; } = 3;

    /// <summary>The threshold grows no further than this, and a silence longer than this ends every trip and stop, seconds.</summary>
    [Range(60, 86_400)]
    public int TrackEndSeconds { get; set; } = 900;

    /// <summary>A stop is a stay within this distance of one place, metres.</summary>
    [Range(5, 1_000)]
    public double StopMeters { get; set; } = 50;

    /// <summary>A stop lasts at least so long, seconds.</summary>
    [Range(30, 7_200)]
    public int StopSeconds { get; set; } = 180;

    /// <summary>Who gets no farther than this in half a minute rests: what the phone's place does meanwhile is drift, metres.</summary>
    [Range(1, 200)]
    public double DriftMeters { get; set; } = 15;

    /// <summary>Faster is implausible on foot, metres per second (a sprinting patrol).</summary>
    [Range(1, 400)]
    public double FootMps { get; set; } = 8;

    /// <summary>Faster is implausible on a bicycle or an electric one, metres per second (54 km/h).</summary>
    [Range(1, 400)]
    public double BicycleMps { get; set; } = 15;

    /// <summary>Faster is implausible in a vehicle, metres per second (216 km/h), and never adds to a length.</summary>
    [Range(1, 400)]
    public double VehicleMps { get; set; } = 60;

    /// <summary>What a fix may be off without being called a jump, metres.</summary>
    [Range(0, 1_000)]
    public double JumpSlackMeters { get; set; } = 20;

    /// <summary>Who is back in the area sooner than this never left it: a walk along a border is in one of its areas, seconds.</summary>
    [Range(0, 60)]
    public int VisitSeconds { get; set; } = 30;

    /// <summary>A running day's summary is at most so old, minutes; days that are over are summed up at once.</summary>
    [Range(1, 1_440)]
    public int DayRefreshMinutes { get; set; } = 30;

    /// <summary>Days of workers summed up in one step, between which other nodes may take over.</summary>
    [Range(1, 10_000)]
    public int DayBatch { get; set; } = 200;

    /// <summary>How often is looked for days to sum up, seconds.</summary>
    [Range(0.1, 3_600)]
    public double DayPauseSeconds { get; set; } = 10;

    internal long TrackEndMs => TrackEndSeconds * 1_000L;

    internal long StopMs => StopSeconds * 1_000L;

    internal double PlausibleMps(TravelMode mode) => mode switch
    {
        TravelMode.Foot => FootMps,
        TravelMode.Bicycle => BicycleMps,
        _ => VehicleMps,
    };
}

/// <summary>Thresholds that contradict each other.</summary>
internal sealed class TrackMeaningOptionsValidation : IValidateOptions<TrackMeaningOptions>
{
    public ValidateOptionsResult Validate(string? name, TrackMeaningOptions options) =>
        options.TrackEndSeconds < options.GapSeconds
            ? ValidateOptionsResult.Fail($"TrackMeaning:TrackEndSeconds is {options.TrackEndSeconds}; it must be at least TrackMeaning:GapSeconds ({options.GapSeconds} s).")
        : options.FootMps > options.BicycleMps || options.BicycleMps > options.VehicleMps
            ? ValidateOptionsResult.Fail("TrackMeaning:FootMps, BicycleMps and VehicleMps must not fall in this order.")
        : ValidateOptionsResult.Success;
}
