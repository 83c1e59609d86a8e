using CommandCenter.Geo;
using CommandCenter.Tracks;
using CommandCenter.Tracks.Folding;
using CommandCenter.Tracks.Meaning;

namespace CommandCenter.Tests.Tracks.Meaning;

/// <summary>
/// What must hold of each day of real tracks, and of days made by hand that are as bad: irregular, with silences, jumps and drift. The recorded ones are among the cases
/// where the files are; without them the hand-made ones are all there is, and nothing is skipped.
/// </summary>
public sealed class RecordedTracksTests
{
    private static readonly TrackMeaningOptions Limits = new();

    private static readonly Dictionary<string, Fix[]> Made = new()
    {
        ["made: a resting day"] = [.. new Walks { NoiseMeters = 8, IntervalSeconds = 10 }.Rest(86_000).Fixes],
        ["made: a patrol around a block"] = [.. new Walks { NoiseMeters = 3 }.Rest(600).Loop(35, 12).Rest(600).Fixes],
        ["made: a tunnel"] = [.. new Walks().To(3_000, 0, 12).Report().Silently(300, 6_600, 0).To(9_600, 0, 12).Report().Fixes],
        ["made: an hour set back"] = [.. new Walks().To(3_000, 0).Fixes, .. Enumerable.Range(0, 60).Select(n => Walks.FixAt((n * 5) + 302, 3_000 + (n * 6), 0))],
        ["made: an irregular day"] = Irregular(1),
        ["made: another irregular day"] = Irregular(2),
        ["made: a third irregular day"] = Irregular(3),
    };

    private static readonly Dictionary<string, Fix[]> Tracks =
        Made.Concat(RecordedTracks.All).ToDictionary(track => track.Key, track => Sorted(track.Value));

    /// <summary>
    /// Counted apart from this program, by a script after docs/track-meaning.md with great circles: fixes, stops and their seconds, trips and their metres. Days on which
    /// nothing had to be cleaned away, so that nothing but the definitions is in the numbers.
    /// </summary>
    private static readonly (string Name, int Fixes, int Stops, int StopSeconds, int Trips, double Meters)[] Counted =
    [
        ("001 2008-11-03", 1_153, 1, 283, 3, 12_037.1),
        ("001 2008-11-10", 384, 1, 206, 1, 3_034.9),
        ("001 2008-11-20", 756, 1, 247, 3, 6_302.1),
        ("001 2008-11-21", 804, 0, 0, 1, 7_840.5),
        ("001 2008-12-03", 1_056, 1, 720, 3, 11_641.7),
        ("001 2008-12-15", 537, 0, 0, 1, 5_710.9),
        ("005 2008-11-06", 321, 0, 0, 2, 2_482.3),
        ("005 2008-11-12", 105, 0, 0, 1, 1_660.2),
        ("005 2009-02-23", 123, 0, 0, 2, 1_590.1),
        ("005 2009-02-27", 281, 0, 0, 1, 2_337.2),
        ("005 2009-03-04", 53, 0, 0, 1, 705.2),
        ("005 2009-03-12", 296, 0, 0, 3, 4_240.0),
    ];

    private static IEnumerable<string> Names => Tracks.Keys;

    /// <summary>What is known of the tracks that are there: by hand of the made ones, by the script of the recorded ones.</summary>
    private static IEnumerable<TestCaseData> Answers =>
        (((string Name, int Fixes, int Stops, int StopSeconds, int Trips, double Meters)[])
        [
            ("made: a resting day", 8_600, 1, 85_990, 0, 0),
            ("made: a tunnel", 102, 0, 0, 1, 6_000),
        ])
        .Concat(Counted.Where(day => Tracks.ContainsKey(day.Name)))
        .Select(day => new TestCaseData(day.Name, day.Fixes, day.Stops, day.StopSeconds, day.Trips, day.Meters));

    [TestCaseSource(nameof(Answers))]
    public void AnswersAreThoseCountedApart(string name, int fixes, int stops, int stopSeconds, int trips, double meters)
    {
        var meaning = Walks.Meaning(Tracks[name]);

        Assert.That((meaning.Fixes, meaning.Dropped), Is.EqualTo((fixes, 0)));
        Assert.That((meaning.Stops.Count, meaning.Trips.Count), Is.EqualTo((stops, trips)));
        Assert.That(meaning.Stops.Sum(stop => stop.ToMs - stop.FromMs) / 1_000.0, Is.EqualTo(stopSeconds).Within(0.5));
        Assert.That(meaning.Meters, Is.EqualTo(meters).Within(Math.Max(0.2, meters / 10_000)));
    }

    [TestCaseSource(nameof(Names))]
    public void TripsAndStopsFollowEachOtherAndCoverNoSilenceThatEndsATrack(string name)
    {
        var meaning = Walks.Meaning(Tracks[name]);
        var spans = meaning.Trips.Select(trip => (trip.FromMs, trip.ToMs)).Concat(meaning.Stops.Select(stop => (stop.FromMs, stop.ToMs))).Order().ToList();

        Assert.That(spans.Where(span => span.FromMs > span.ToMs), Is.Empty);
        Assert.That(spans.Zip(spans.Skip(1)).Where(pair => pair.First.ToMs > pair.Second.FromMs), Is.Empty);
        var silences = SilencesOf(meaning);
        Assert.That(silences.Where(silence => silence.Leg == Leg.Start && spans.Exists(span => span.FromMs < silence.ToMs && silence.FromMs < span.ToMs)), Is.Empty);
        foreach (var trip in meaning.Trips)
        {
            var silent = silences.Where(silence => silence.FromMs >= trip.FromMs && silence.ToMs <= trip.ToMs).Sum(silence => silence.ToMs - silence.FromMs);
            Assert.That(trip.MovingSeconds, Is.LessThanOrEqualTo(((trip.ToMs - trip.FromMs - silent) / 1_000.0) + 0.001), "a gap is no moving time");
        }
    }

    [TestCaseSource(nameof(Names))]
    public void NoLengthIsMadeUp(string name)
    {
        var meaning = Walks.Meaning(Tracks[name]);
        var kept = meaning.Kept;
        var drawn = Enumerable.Range(1, Math.Max(0, kept.Count - 1)).Where(i => kept.Legs[i] == Leg.Line)
            .Sum(i => Distance.Meters(kept.Longitude[i - 1], kept.Latitude[i - 1], kept.Longitude[i], kept.Latitude[i]));

        Assert.That(meaning.Trips.Sum(trip => trip.Meters), Is.EqualTo(meaning.Meters).Within(0.01));
        Assert.That(meaning.Meters, Is.LessThanOrEqualTo((drawn * 1.00001) + 0.01));
        Assert.That(meaning.Trips.Select(trip => trip.TopSpeedMps), Is.All.LessThanOrEqualTo(Limits.VehicleMps));
        Assert.That(meaning.Trips.Where(trip => trip.Meters > (trip.MovingSeconds * Limits.VehicleMps) + 0.01), Is.Empty);
    }

    [TestCaseSource(nameof(Names))]
    public void AStopIsLongEnoughAndAtItsPlace(string name)
    {
        var meaning = Walks.Meaning(Tracks[name]);
        var samples = meaning.Samples;
        foreach (var stop in meaning.Stops)
        {
            Assert.That(stop.ToMs - stop.FromMs, Is.GreaterThanOrEqualTo((Limits.StopSeconds * 1_000) - TrackSamples.StepMs));
            var resting = Enumerable.Range(stop.First, stop.Last - stop.First + 1).Where(i => !samples.Moving[i])
                .Select(i => default(LocalPlane).Meters(samples.Longitude[i], samples.Latitude[i], stop.LongitudeE7, stop.LatitudeE7)).ToList();
            Assert.That(resting, Has.Count.GreaterThan((stop.Last - stop.First + 1) / 3), "mostly at rest");

            // Who stays is looked for around the place of the first three minutes; the place that is told is the mean of all.
            Assert.That(resting.Count(meters => meters <= Limits.StopMeters), Is.GreaterThanOrEqualTo(resting.Count * 3 / 4), "where it is said to be");
            Assert.That(resting, Is.All.LessThanOrEqualTo(2 * Limits.StopMeters));
        }
    }

    [TestCaseSource(nameof(Names))]
    public void AnyOrderOfArrivalGivesTheSameSegmentsTripsAndSummaries(string name)
    {
        var track = Tracks[name];
        var whole = SegmentsOf([track]);
        var arrived = SegmentsOf(Fixes.Shuffled(track.Concat(track.Take(200)), track.Length).Chunk(97));

        Assert.That(arrived.Select(segment => Convert.ToHexString(segment.Body)), Is.EqualTo(whole.Select(segment => Convert.ToHexString(segment.Body))));
        var back = new List<Fix>();
        arrived.ForEach(segment => TrackCodec.Decode(segment.Body, back));
        Assert.That(back, Is.EqualTo(track), "and what was sent");
        Assert.That(TrackDayRules.SumOf(Walks.Meaning(back)), Is.EqualTo(TrackDayRules.SumOf(Walks.Meaning(track))));
        Assert.That(Said(Walks.Meaning(back)), Is.EqualTo(Said(Walks.Meaning(track))));
    }

    [TestCaseSource(nameof(Names))]
    public void OneFixMoreOnTheLineChangesNoLength(string name)
    {
        var track = Tracks[name];
        var before = Walks.Meaning(track);
        var kept = before.Kept;
        var lines = Enumerable.Range(1, Math.Max(0, kept.Count - 1)).Where(i => kept.Legs[i] == Leg.Line && kept.Ms[i] - kept.Ms[i - 1] > 1_000)
            .Select(i => (From: (Ms: kept.Ms[i - 1], X: kept.Longitude[i - 1], Y: kept.Latitude[i - 1]), To: (Ms: kept.Ms[i], X: kept.Longitude[i], Y: kept.Latitude[i]))).ToArray();
        foreach (var (from, to) in Fixes.Shuffled(lines, track.Length).Take(5))
        {
            var middle = track[0] with
            {
                FixTimeMs = from.Ms + ((to.Ms - from.Ms) / 2),
                LongitudeE7 = from.X + ((to.X - from.X) / 2),
                LatitudeE7 = from.Y + ((to.Y - from.Y) / 2),
            };
            var after = Walks.Meaning([.. track, middle]);

            // The middle is rounded to a centimetre.
            Assert.That(after.Meters, Is.EqualTo(before.Meters).Within(0.1));
            Assert.That((after.Dropped, after.Trips.Count, after.Stops.Count), Is.EqualTo((before.Dropped, before.Trips.Count, before.Stops.Count)));
        }
    }

    private static List<(long FromMs, long ToMs, Leg Leg)> SilencesOf(TrackMeaning meaning) =>
        [.. Enumerable.Range(1, Math.Max(0, meaning.Kept.Count - 1)).Where(i => meaning.Kept.Legs[i] is Leg.Gap or Leg.Start)
            .Select(i => (meaning.Kept.Ms[i - 1], meaning.Kept.Ms[i], meaning.Kept.Legs[i]))];

    /// <summary>Folded from pieces as they came, each hour by itself.</summary>
    private static List<TrackPiece> SegmentsOf(IEnumerable<Fix[]> pieces) =>
        [.. pieces.SelectMany(piece => piece.GroupBy(fix => TrackPiece.HourOf(fix.FixTimeMs)).Select(hour => (Hour: hour.Key, Part: new FoldPart(3, TrackPiece.From([.. hour]).Body))))
            .GroupBy(part => part.Hour, part => part.Part).OrderBy(hour => hour.Key).SelectMany(TrackFold.Merge)];

    private static string Said(TrackMeaning meaning) =>
        $"{meaning.Fixes} {meaning.Dropped} {meaning.GapMs} {meaning.Meters:R} {string.Join(',', meaning.Trips)} {string.Join(',', meaning.Stops)}";

    private static Fix[] Sorted(IEnumerable<Fix> fixes)
    {
        List<Fix> sorted = [.. fixes];
        FixOrder.SortAndDeduplicate(sorted);
        return [.. sorted];
    }

    /// <summary>As recorded days are: now a fix each second, now one a minute, errors of metres and now and then of hundreds, walks, rides and rests, silences of minutes and hours.</summary>
    private static Fix[] Irregular(int seed)
    {
        var random = new Random(seed);
        double[] intervals = [1, 2, 5, 5, 5, 15, 60];
        var day = new Walks { NoiseMeters = 3 };
        for (var n = 0; n < 60; n++)
        {
            day.IntervalSeconds = intervals[random.Next(intervals.Length)];
            var (east, north) = (random.Next(-2_000, 2_000), random.Next(-2_000, 2_000));
            switch (random.Next(5))
            {
                case 0:
                    day.Rest(random.Next(30, 1_500));
                    break;
                case 1:
                    day.To(east, north, 9);
                    break;
                case 2:
                    day.Silently(random.Next(60, 3_000), east, north);
                    break;
                default:
                    day.To(east, north);
                    break;
            }
        }

        for (var n = 50; n < day.Fixes.Count; n += 211)
        {
            day.Fixes[n] = day.Fixes[n] with { LatitudeE7 = day.Fixes[n].LatitudeE7 + random.Next(20_000, 90_000) };
        }

        return [.. day.Fixes];
    }
}
