using System.ComponentModel.DataAnnotations;

namespace CommandCenter.Dispatch;

/// <summary>Section <c>Dispatch</c>: who can go to an alarm.</summary>
public sealed class DispatchOptions
{
    public const string Section = "Dispatch";

    /// <summary>Travel along streets on foot, metres a second.</summary>
    [Range(0.3, 5)]
    public double WalkingMps { get; set; } = 1.4;

    /// <summary>By bicycle or scooter, metres a second: for who moves faster than one walks.</summary>
    [Range(1, 20)]
    public double RidingMps { get; set; } = 4.2;

    /// <summary>From this speed of the shown position on somebody rides, metres a second.</summary>
    [Range(0.5, 20)]
    public double RidingFromMps { get; set; } = 2.8;

    /// <summary>How much longer than the straight line a way is where no streets are known.</summary>
    [Range(1, 5)]
    public double DetourFactor { get; set; } = 1.4;

    /// <summary>Streets further than this from a place are not its streets, metres.</summary>
    [Range(10, 5_000)]
    public double StreetWithinMeters { get; set; } = 300;

    /// <summary>An older position says too little about where somebody is, seconds.</summary>
    [Range(10, 3_600)]
    public int OldPositionSeconds { get; set; } = 180;

    /// <summary>A larger radius says too little about where somebody is, metres.</summary>
    [Range(10, 10_000)]
    public double InaccurateMeters { get; set; } = 500;

    /// <summary>Nobody is asked who would travel longer, minutes.</summary>
    [Range(1, 240)]
    public int LongestMinutes { get; set; } = 45;

    /// <summary>Who was sent has so long to accept, seconds; past it the offer is over and the next one suggested.</summary>
    [Range(5, 3_600)]
    public int AnswerSeconds { get; set; } = 60;

    /// <summary>Who went to alarms within so many hours is asked later than others as near: each time counts <see cref="LoadSeconds"/>.</summary>
    [Range(0, 168)]
    public double LoadHours { get; set; } = 8;

    /// <summary>What one alarm of late weighs, seconds; beyond five it weighs no more.</summary>
    [Range(0, 600)]
    public int LoadSeconds { get; set; } = 60;

    /// <summary>Candidates on the list.</summary>
    [Range(1, 100)]
    public int Candidates { get; set; } = 12;
}
