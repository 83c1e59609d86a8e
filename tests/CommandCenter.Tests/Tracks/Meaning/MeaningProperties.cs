using CommandCenter.Geo;
using CommandCenter.Tracks;
using CommandCenter.Tracks.Meaning;
using FsCheck;
using FsCheck.Fluent;

namespace CommandCenter.Tests.Tracks.Meaning;

/// <summary>What must hold for every track.</summary>
public sealed class MeaningProperties
{
    /// <summary>Steps of a walk or ride in 1e-7 degrees and seconds, each a multiple of 12, so that halves, thirds and quarters lie on the line exactly.</summary>
    private static readonly Gen<(int X, int Y, int Seconds)> Step =
        from seconds in Gen.Elements(12, 24, 36, 60, 108)
        from still in Gen.Frequency((2, Gen.Constant(0)), (3, Gen.Constant(1)))
        from x in Gen.Choose(-12, 12)
        from y in Gen.Choose(-12, 12)
        select (12 * x * seconds * still, 12 * y * seconds * still, seconds);

    private static readonly Arbitrary<(Fix[] Track, int Seed)> Ways =
        (from steps in Gen.ArrayOf(Step, 60)
         from seed in Gen.Choose(0, int.MaxValue - 1)
         select (Track(steps), seed)).ToArbitrary();

    [Test]
    public void AnyOrderOfArrivalMeansTheSame() => Prop.ForAll(Fixes.AnyList(3, 200), fixes =>
        Said(Walks.Meaning(fixes)) == Said(Walks.Meaning(Fixes.Shuffled(fixes.Concat(fixes), fixes.Length)))).QuickCheckThrowOnFailure();

    [Test]
    public void OneFixMoreOnTheLineChangesNoLengthAndNoTrip() => Prop.ForAll(Ways, way =>
    {
        var random = new Random(way.Seed);
        var at = random.Next(way.Track.Length - 1);
        var part = (int[])[2, 3, 4];
        var parts = part[random.Next(3)];
        var (a, b) = (way.Track[at], way.Track[at + 1]);
        var between = a with
        {
            FixTimeMs = a.FixTimeMs + ((b.FixTimeMs - a.FixTimeMs) / parts),
            LongitudeE7 = a.LongitudeE7 + ((b.LongitudeE7 - a.LongitudeE7) / parts),
            LatitudeE7 = a.LatitudeE7 + ((b.LatitudeE7 - a.LatitudeE7) / parts),
        };
        var before = Walks.Meaning(way.Track);
        var after = Walks.Meaning([.. way.Track, between]);
        return Math.Abs(before.Meters - after.Meters) < 0.01 && before.Dropped == after.Dropped
            && before.Trips.Select(trip => (trip.FromMs, trip.ToMs)).SequenceEqual(after.Trips.Select(trip => (trip.FromMs, trip.ToMs)))
            && before.Stops.Select(stop => (stop.FromMs, stop.ToMs)).SequenceEqual(after.Stops.Select(stop => (stop.FromMs, stop.ToMs)));
    }).QuickCheckThrowOnFailure();

    [Test]
    public void TripsAndStopsFollowEachOtherAndNoLengthIsMadeUp() => Prop.ForAll(Ways, way =>
    {
        var meaning = Walks.Meaning(way.Track);
        var spans = meaning.Trips.Select(trip => (trip.FromMs, trip.ToMs)).Concat(meaning.Stops.Select(stop => (stop.FromMs, stop.ToMs))).Order().ToList();
        return spans.Zip(spans.Skip(1)).All(pair => pair.First.ToMs <= pair.Second.FromMs)
            && meaning.Meters <= LengthOf(way.Track) + 0.01
            && meaning.MovingSeconds * 1_000 <= way.Track[^1].FixTimeMs - way.Track[0].FixTimeMs;
    }).QuickCheckThrowOnFailure();

    [Test]
    public void EveryLegOutsideOfRestsCountsAndOfARestNothingBeforeItsEnd() => Prop.ForAll(Ways, way =>
    {
        var meaning = Walks.Meaning(way.Track);
        var (samples, rests) = (meaning.Samples, meaning.Rests());
        return Enumerable.Range(1, samples.Count - 1).All(i =>
        {
            var counted = samples.Counted[i] - samples.Counted[i - 1];
            var rest = rests.FindIndex(span => span.FromMs <= samples.Ms[i - 1] && samples.Ms[i] <= span.ToMs);
            return samples.Legs[i] != Leg.Line || (rest >= 0 && samples.Ms[i] < rests[rest].ToMs) ? counted == 0
                : rest >= 0 || Math.Abs(counted - default(LocalPlane).Meters(samples.Longitude[i - 1], samples.Latitude[i - 1], samples.Longitude[i], samples.Latitude[i])) < 0.01;
        });
    }).QuickCheckThrowOnFailure();

    [Test]
    public void NearDistancesAreTheHaversines() => Prop.ForAll(
        (from latitude in Gen.Choose(-600_000_000, 600_000_000)
         from longitude in Gen.Choose(-1_799_000_000, 1_799_000_000)
         from x in Gen.Choose(-1_000_000, 1_000_000)
         from y in Gen.Choose(-1_000_000, 1_000_000)
         select (latitude, longitude, x, y)).ToArbitrary(),
        at =>
        {
            var near = default(LocalPlane).Meters(at.longitude, at.latitude, at.longitude + at.x, at.latitude + at.y);
            var exact = Distance.Meters(at.longitude, at.latitude, at.longitude + at.x, at.latitude + at.y);
            return Math.Abs(near - exact) <= 0.001 + (exact * 2e-6);
        }).QuickCheckThrowOnFailure();

    private static string Said(TrackMeaning meaning) =>
        $"{meaning.Fixes} {meaning.Dropped} {meaning.GapMs} {string.Join(',', meaning.Trips)} {string.Join(',', meaning.Stops)}";

    private static double LengthOf(Fix[] track) =>
        track.Zip(track.Skip(1)).Sum(leg => default(LocalPlane).Meters(leg.First.LongitudeE7, leg.First.LatitudeE7, leg.Second.LongitudeE7, leg.Second.LatitudeE7));

    private static Fix[] Track((int X, int Y, int Seconds)[] steps)
    {
        var at = Walks.FixAt(0, 0, 0);
        var track = new List<Fix> { at };
        foreach (var (x, y, seconds) in steps)
        {
            at = at with { FixTimeMs = at.FixTimeMs + (seconds * 1_000), LongitudeE7 = at.LongitudeE7 + x, LatitudeE7 = at.LatitudeE7 + y };
            track.Add(at);
        }

        return [.. track];
    }
}
