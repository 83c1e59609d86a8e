namespace CommandCenter.Tracks.Meaning;

/// <summary>How many metres counted up to a moment: between two samples in proportion to the time.</summary>
internal readonly struct CountedMeters(TrackSamples samples)
{
    public double At(long ms)
    {
        var at = Array.BinarySearch(samples.Ms, 0, samples.Count, ms);
        if (at >= 0)
        {
            return samples.Counted[at];
        }

        at = ~at;
        if (at == 0 || at == samples.Count)
        {
            return samples.Count == 0 ? 0 : samples.Counted[Math.Min(at, samples.Count - 1)];
        }

        var part = (ms - samples.Ms[at - 1]) / (double)(samples.Ms[at] - samples.Ms[at - 1]);
        return samples.Counted[at - 1] + (part * (samples.Counted[at] - samples.Counted[at - 1]));
    }
}
