namespace CommandCenter.Tracks.Meaning;

/// <summary>A trip: from leaving one stop to reaching the next, or to where the track ends. Metres and seconds without gaps; speed in m/s.</summary>
public readonly record struct TripSpan(long FromMs, long ToMs, double Meters, double MovingSeconds, double TopSpeedMps);

/// <summary>Trips: what lies between stops, and between them and the track's ends, if anybody moved there. Pure.</summary>
internal static class TripRules
{
    private const long TopSpeedMs = 2 * TrackSamples.StepMs;

    /// <param name="first">First sample of the track.</param>
    /// <param name="end">After its last one.</param>
    /// <param name="stops">Those of this track.</param>
    /// <param name="leastMeters">At a track's ends, who gets no farther than this did not set out.</param>
    /// <param name="trips">Are added to these.</param>
    public static void Find(TrackSamples samples, int first, int end, ReadOnlySpan<StopSpan> stops, double leastMeters, List<TripSpan> trips)
    {
        var from = first;
        for (var stop = 0; stop < stops.Length; stop++)
        {
            Put(samples, from, stops[stop].First, atStart: stop == 0, atEnd: false, leastMeters, trips);
            from = stops[stop].Last;
        }

        Put(samples, from, end - 1, atStart: stops.IsEmpty, atEnd: true, leastMeters, trips);
    }

    private static void Put(TrackSamples samples, int from, int last, bool atStart, bool atEnd, double leastMeters, List<TripSpan> trips)
    {
        if (last < from || samples.MovingBefore[last + 1] == samples.MovingBefore[from])
        {
            return;
        }

        // A track's first and last rests that were too short for a stop belong to no trip.
        while (atStart && from < last && !samples.Moving[from + 1] && !samples.Moving[from])
        {
            from++;
        }

        while (atEnd && last > from && !samples.Moving[last - 1] && !samples.Moving[last])
        {
            last--;
        }

        var plane = default(LocalPlane);
        if ((atStart || atEnd) && !GetsFarther(samples, from, last, leastMeters, ref plane))
        {
            return;
        }

        double ms = 0, top = 0;
        for (var i = from + 1; i <= last; i++)
        {
            if (samples.Legs[i] != Leg.Line)
            {
                continue;
            }

            ms += samples.Ms[i] - samples.Ms[i - 1];

            // Over ten seconds at least: over less, the fixes' error outweighs the way.
            if (i - 2 >= from && samples.Legs[i - 1] == Leg.Line && samples.Ms[i] - samples.Ms[i - 2] is var span && span == TopSpeedMs)
            {
                top = Math.Max(top, plane.SquaredMeters(samples.Longitude[i - 2], samples.Latitude[i - 2], samples.Longitude[i], samples.Latitude[i]));
            }
        }

        trips.Add(new TripSpan(
            samples.Ms[from], samples.Ms[last], samples.Counted[last] - samples.Counted[from], ms / 1_000, Math.Sqrt(top) * 1_000 / TopSpeedMs));
    }

    private static bool GetsFarther(TrackSamples samples, int from, int last, double meters, ref LocalPlane plane)
    {
        for (var i = from + 1; i <= last; i++)
        {
            if (plane.SquaredMeters(samples.Longitude[from], samples.Latitude[from], samples.Longitude[i], samples.Latitude[i]) > meters * meters)
            {
                return true;
            }
        }

        return false;
    }
}
