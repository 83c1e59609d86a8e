using System.Runtime.InteropServices;

namespace CommandCenter.Tracks.Meaning;

/// <summary>A stop: samples from <paramref name="First"/> to <paramref name="Last"/>, with the drift at its ends; its place in 1e-7 degrees.</summary>
public readonly record struct StopSpan(int First, int Last, long FromMs, long ToMs, double LongitudeE7, double LatitudeE7);

/// <summary>
/// Stops: stays of at least StopSeconds within StopMeters of a place where somebody rests, most of the time at rest. The place is the mean of the samples at
/// rest, never of those on the move, so that a patrol around a block has no place at its centre: the opposite corner is too far from where it began, and where
/// the block is smaller the patrol moves most of the time (docs/decisions/0017-stops-and-loops.md). Pure.
/// </summary>
internal static class StopRules
{
    /// <param name="first">First sample of the track.</param>
    /// <param name="end">After its last one: before a silence that ended it.</param>
    public static void Find(TrackSamples samples, int first, int end, TrackMeaningOptions options, List<StopSpan> stops)
    {
        var own = stops.Count;
        var plane = default(LocalPlane);
        var least = options.StopMs - TrackSamples.StepMs;
        for (var i = first; i < end; i++)
        {
            if (samples.Moving[i] || Onset(samples, i, end, least, options.StopMeters, ref plane) is var last && last < 0)
            {
                continue;
            }

            last = Extend(samples, i, last, end, options, ref plane);
            if (samples.Ms[last] - samples.Ms[i] < least)
            {
                continue;
            }

            Put(samples, i, last, options, stops, own, ref plane);
            i = last;
        }

        if (stops.Count > own)
        {
            TakeInEnds(samples, first, end, options, CollectionsMarshal.AsSpan(stops)[own..], ref plane);
        }
    }

    /// <summary>The drift of less than a stop's time before a track's first stop and after its last is part of them.</summary>
    private static void TakeInEnds(TrackSamples samples, int first, int end, TrackMeaningOptions options, Span<StopSpan> stops, ref LocalPlane plane)
    {
        ref var begin = ref stops[0];
        if (begin.FromMs - samples.Ms[first] <= options.StopMs && StaysNear(samples, first, begin.First, begin.LongitudeE7, begin.LatitudeE7, options.StopMeters, ref plane))
        {
            begin = begin with { First = first, FromMs = samples.Ms[first] };
        }

        ref var last = ref stops[^1];
        if (samples.Ms[end - 1] - last.ToMs <= options.StopMs && StaysNear(samples, last.Last + 1, end, last.LongitudeE7, last.LatitudeE7, options.StopMeters, ref plane))
        {
            last = last with { Last = end - 1, ToMs = samples.Ms[end - 1] };
        }
    }

    /// <summary>The sample at which a stay that begins at rest at <paramref name="at"/> has lasted long enough, mostly at rest; -1 when it does not.</summary>
    private static int Onset(TrackSamples samples, int at, int end, long leastMs, double meters, ref LocalPlane plane)
    {
        var last = at;
        while (samples.Ms[last] - samples.Ms[at] < leastMs)
        {
            if (++last >= end || !IsNear(samples, last, samples.Longitude[at], samples.Latitude[at], meters, ref plane))
            {
                return -1;
            }
        }

        return MostlyMoving(samples, at, last) ? -1 : last;
    }

    /// <summary>The stop's last sample at rest: before it leaves the place, or moves most of the time even there.</summary>
    private static int Extend(TrackSamples samples, int from, int last, int end, TrackMeaningOptions options, ref LocalPlane plane)
    {
        var (longitude, latitude) = PlaceOf(samples, from, last);
        var window = from;
        while (last + 1 < end && IsNear(samples, last + 1, longitude, latitude, options.StopMeters, ref plane))
        {
            last++;
            while (samples.Ms[last] - samples.Ms[window] > options.StopMs)
            {
                window++;
            }

            if (MostlyMoving(samples, window, last))
            {
                break;
            }
        }

        while (samples.Moving[last])
        {
            last--;
        }

        return last;
    }

    /// <summary>Adds the stop, or lengthens the one before it when all between was a short excursion from one and the same place.</summary>
    private static void Put(TrackSamples samples, int from, int last, TrackMeaningOptions options, List<StopSpan> stops, int own, ref LocalPlane plane)
    {
        var (longitude, latitude) = PlaceOf(samples, from, last);
        if (stops.Count > own && stops[^1] is var before
            && samples.Ms[from] - before.ToMs <= options.StopMs
            && plane.Meters(before.LongitudeE7, before.LatitudeE7, longitude, latitude) <= options.StopMeters
            && StaysNear(samples, before.Last + 1, from, before.LongitudeE7, before.LatitudeE7, 2 * options.StopMeters, ref plane))
        {
            var (own1, own2) = (Resting(samples, before.First, before.Last), Resting(samples, from, last));
            var share = own2 / (double)(own1 + own2);
            stops[^1] = before with
            {
                Last = last,
                ToMs = samples.Ms[last],
                LongitudeE7 = before.LongitudeE7 + (share * (longitude - before.LongitudeE7)),
                LatitudeE7 = before.LatitudeE7 + (share * (latitude - before.LatitudeE7)),
            };
            return;
        }

        stops.Add(new StopSpan(from, last, samples.Ms[from], samples.Ms[last], longitude, latitude));
    }

    private static bool StaysNear(TrackSamples samples, int from, int end, double longitude, double latitude, double meters, ref LocalPlane plane)
    {
        for (var i = from; i < end; i++)
        {
            if (!IsNear(samples, i, longitude, latitude, meters, ref plane))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsNear(TrackSamples samples, int i, double longitude, double latitude, double meters, ref LocalPlane plane) =>
        plane.SquaredMeters(longitude, latitude, samples.Longitude[i], samples.Latitude[i]) <= meters * meters;

    private static bool MostlyMoving(TrackSamples samples, int from, int last) =>
        2 * (samples.MovingBefore[last + 1] - samples.MovingBefore[from]) > last - from + 1;

    private static int Resting(TrackSamples samples, int from, int last) => last - from + 1 - (samples.MovingBefore[last + 1] - samples.MovingBefore[from]);

    private static (double Longitude, double Latitude) PlaceOf(TrackSamples samples, int from, int last)
    {
        double longitude = 0, latitude = 0;
        var resting = 0;
        for (var i = from; i <= last; i++)
        {
            if (!samples.Moving[i])
            {
                // From the first one on, so that a track across the date line keeps its digits and its side.
                longitude += samples.Longitude[i] - samples.Longitude[from];
                latitude += samples.Latitude[i] - samples.Latitude[from];
                resting++;
            }
        }

        return (samples.Longitude[from] + (longitude / resting), samples.Latitude[from] + (latitude / resting));
    }
}
