using System.ComponentModel.DataAnnotations;

namespace CommandCenter.Tracks.Reading;

/// <summary>Section <c>Tracks</c>: how much of the tracks one request may ask for, and how many may ask at once.</summary>
public sealed class TrackReadingOptions
{
    public const string Section = "Tracks";

    /// <summary>Workers named in one request.</summary>
    [Range(1, 10_000)]
    public int MaxWorkers { get; set; } = 200;

    /// <summary>Workers times hours of one request that names workers: 744 is one worker for 31 days, or 31 workers for a day.</summary>
    [Range(24, 1_000_000)]
    public int MaxWorkerHours { get; set; } = 744;

    /// <summary>Hours of one request for an area.</summary>
    [Range(0.1, 24)]
    public double MaxAreaHours { get; set; } = 2;

    /// <summary>Workers of one request for an area; with more a smaller area must be asked for.</summary>
    [Range(1, 1_000_000)]
    public int MaxAreaWorkers { get; set; } = 20_000;

    /// <summary>Requests for areas answered at once on this node; more are told to come again (429).</summary>
    [Range(1, 1_000)]
    public int AreaReadersAtOnce { get; set; } = 12;

    /// <summary>Requests that name workers answered at once on this node; more are told to come again (429).</summary>
    [Range(1, 1_000)]
    public int ReadersAtOnce { get; set; } = 40;

    /// <summary>Searches for who was near a place answered at once on this node, each of which may decode thousands of parts; more are told to come again (429).</summary>
    [Range(1, 1_000)]
    public int NearReadersAtOnce { get; set; } = 6;
}
