namespace CommandCenter.Tracks.Meaning;

/// <summary>
/// Which metres count. Between two samples of which one moves, the straight way (of five seconds: a finer one would be longer by what each fix is off); while somebody rests, the straight way from where the rest began to where it
/// ended if that is more than drift (a slow stroll), else nothing; within a stop nothing; across gaps and leaps nothing. Pure.
/// </summary>
internal static class LengthRules
{
    /// <summary>On the way to the sample nobody gets anywhere: it lies in a stop, or nobody moves at either end.</summary>
    public static bool Rests(TrackSamples samples, int i, bool inStop) => samples.Legs[i] == Leg.Line && (inStop || !(samples.Moving[i] || samples.Moving[i - 1]));

    /// <param name="clean">False: all that is drawn counts.</param>
    public static void Count(TrackSamples samples, List<StopSpan> stops, bool clean, TrackMeaningOptions options)
    {
        var plane = default(LocalPlane);
        var stop = 0;
        var rest = 0;
        double counted = 0;
        for (var i = 0; i < samples.Count; i++)
        {
            while (stop < stops.Count && stops[stop].Last < i)
            {
                stop++;
            }

            var inStop = clean && stop < stops.Count && i > stops[stop].First;
            if (samples.Legs[i] != Leg.Line || inStop)
            {
                rest = i;
            }
            else if (!clean || !Rests(samples, i, inStop))
            {
                counted += Between(i - 1, i);
                rest = i;
            }
            else if (i + 1 == samples.Count || samples.Legs[i + 1] != Leg.Line || samples.Moving[i + 1])
            {
                counted += Between(rest, i) is var meters && meters > options.DriftMeters ? meters : 0;
            }

            samples.Counted[i] = counted;
        }

        double Between(int from, int to) => plane.Meters(samples.Longitude[from], samples.Latitude[from], samples.Longitude[to], samples.Latitude[to]);
    }
}
