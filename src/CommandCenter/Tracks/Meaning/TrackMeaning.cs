using System.Runtime.InteropServices;

namespace CommandCenter.Tracks.Meaning;

/// <summary>
/// What one worker's track means: gaps, trips, stops, lengths. Pure in what goes in and comes out; the columns inside are used again by the next <see cref="Read"/>,
/// so that nothing is allocated for a fix. Not for two threads. Definitions in docs/track-meaning.md.
/// </summary>
public sealed class TrackMeaning(TrackMeaningOptions options)
{
    private readonly KeptFixes _kept = new();
    private readonly TrackSamples _samples = new();
    private readonly List<StopSpan> _stops = [];
    private readonly List<TripSpan> _trips = [];

    /// <summary>Accepted fixes that were read.</summary>
    public int Fixes { get; private set; }

    /// <summary>Of these, what cleaning left out.</summary>
    public int Dropped => Fixes - _kept.Count;

    /// <summary>A silence longer than this is a gap, ms.</summary>
    public long GapMs { get; private set; }

    public IReadOnlyList<TripSpan> Trips => _trips;

    public IReadOnlyList<StopSpan> Stops => _stops;

    /// <summary>Along all trips.</summary>
    public double Meters { get; private set; }

    /// <summary>Of all trips, without gaps.</summary>
    public double MovingSeconds { get; private set; }

    /// <summary>Of all trips; 0 without any.</summary>
    public double TopSpeedMps { get; private set; }

    /// <summary>When the kept fixes were taken, ms since 1970 UTC. Gaps are not told from these: what was heard and not believed is no silence.</summary>
    public ArraySegment<long> Times => new(_kept.Ms, 0, _kept.Count);

    /// <summary>False: what was read last is the raw view.</summary>
    internal bool IsClean { get; private set; } = true;

    /// <summary>Flags of fixes whose place is not believed.</summary>
    internal FixFlags Unbelieved => CleaningRules.Unbelieved(IsClean);

    internal KeptFixes Kept => _kept;

    internal TrackSamples Samples => _samples;

    /// <summary>When the phone rested, in stops and beside them: fixes within such a time are drift.</summary>
    internal List<RestSpan> Rests() => DriftRules.Of(_samples, _stops);

    /// <param name="fixes">One worker's, in <see cref="FixOrder"/> and without repeats.</param>
    /// <param name="clean">False: the raw view, where no fix is dropped for what it says and resting phones drift.</param>
    public void Read(ReadOnlySpan<Fix> fixes, bool clean = true)
    {
        _stops.Clear();
        _trips.Clear();
        Fixes = fixes.Length;
        IsClean = clean;
        GapMs = GapRules.ThresholdMs(fixes, options);
        CleaningRules.Keep(fixes, clean, GapMs, options, _kept);
        _samples.Take(_kept);
        MotionRules.Mark(_samples, options);
        for (int first = 0, end; first < _samples.Count; first = end)
        {
            end = EndOf(first);
            StopRules.Find(_samples, first, end, options, _stops);
        }

        LengthRules.Count(_samples, _stops, clean, options);
        FindTrips();
    }

    private void FindTrips()
    {
        var stops = CollectionsMarshal.AsSpan(_stops);
        var stop = 0;
        for (int first = 0, end; first < _samples.Count; first = end)
        {
            end = EndOf(first);
            var own = stop;
            while (stop < stops.Length && stops[stop].First < end)
            {
                stop++;
            }

            TripRules.Find(_samples, first, end, stops[own..stop], options.StopMeters / 2, _trips);
        }

        (Meters, MovingSeconds, TopSpeedMps) = (0, 0, 0);
        foreach (var trip in _trips)
        {
            Meters += trip.Meters;
            MovingSeconds += trip.MovingSeconds;
            TopSpeedMps = Math.Max(TopSpeedMps, trip.TopSpeedMps);
        }
    }

    private int EndOf(int first)
    {
        var end = first + 1;
        while (end < _samples.Count && _samples.Legs[end] != Leg.Start)
        {
            end++;
        }

        return end;
    }
}
