namespace CommandCenter.Tracks.Meaning;

/// <summary>
/// At which samples somebody moves: within the half minute around it (ten seconds before, twenty after, or the run's first or last half minute) they get farther
/// than a resting phone's place drifts. A walker makes 36 m in that time, and on a loop of 8 m radius still 15; a phone on a desk wanders some metres. Pure.
/// </summary>
internal static class MotionRules
{
    private const int Before = 2;
    private const int Steps = 6;
    private const double WindowMs = Steps * TrackSamples.StepMs;

    public static void Mark(TrackSamples samples, TrackMeaningOptions options)
    {
        var moved = 0;
        for (int first = 0, end; first < samples.Count; first = end)
        {
            end = first + 1;
            while (end < samples.Count && samples.Legs[end] == Leg.Line)
            {
                end++;
            }

            moved = MarkRun(samples, first, end, options.DriftMeters, moved);
        }

        samples.MovingBefore[samples.Count] = moved;
    }

    private static int MarkRun(TrackSamples samples, int first, int end, double driftMeters, int moved)
    {
        var plane = default(LocalPlane);
        var (times, longitudes, latitudes, moving, before) = (samples.Ms, samples.Longitude, samples.Latitude, samples.Moving, samples.MovingBefore);
        for (var i = first; i < end; i++)
        {
            var from = Math.Clamp(i - Before, first, Math.Max(first, end - 1 - Steps));
            var to = Math.Min(from + Steps, end - 1);
            var limit = driftMeters * Math.Max(1, (times[to] - times[from]) / WindowMs);
            var moves = plane.SquaredMeters(longitudes[from], latitudes[from], longitudes[to], latitudes[to]) > limit * limit;
            before[i] = moved;
            moving[i] = moves;
            moved += moves ? 1 : 0;
        }

        return moved;
    }
}
