using CommandCenter.Streets;

namespace CommandCenter.Dispatch.Candidates;

/// <summary>
/// Ranks everybody. One search over the streets starts at the place; then people are looked at from the nearest by air on, until nobody further off could still
/// get onto the list. Pure: the same facts give the same list.
/// </summary>
public static class CandidateSearch
{
    private const int MostPassedOver = 20;

    /// <param name="people">Everybody in the viewer's area, in any order.</param>
    /// <param name="place">Of the alarm.</param>
    /// <param name="hindered">Why somebody cannot be asked, whatever the picture says: under way already, or said no.</param>
    /// <param name="streets">Of the center; may be empty.</param>
    /// <param name="options">Speeds and bounds.</param>
    public static CandidateRanking Rank(
        IReadOnlyList<CandidateFacts> people, CandidatePlace place, Func<int, PassedOverFor> hindered, StreetNetwork streets, DispatchOptions options)
    {
        var passed = new List<PassedOverFact>();
        var open = new List<(double Straight, CandidateFacts Who)>();
        foreach (var who in people)
        {
            var straight = who.FixTimeMs == 0 ? (double?)null : CandidateRules.StraightMeters(who, place);
            var (reason, value) = CandidateRules.Exclude(who, place, hindered(who.Slot), options);
            if (reason == PassedOverFor.None)
            {
                open.Add((straight!.Value, who));
            }
            else
            {
                passed.Add(new PassedOverFact(who.Slot, reason, value, straight));
            }
        }

        open.Sort((a, b) => a.Straight != b.Straight ? a.Straight.CompareTo(b.Straight) : a.Who.Slot.CompareTo(b.Who.Slot));
        var start = streets.IsEmpty ? null : streets.Nearest(place.LongitudeE7 / 1e7, place.LatitudeE7 / 1e7, options.StreetWithinMeters);
        var ranked = Choose(open, place, start, streets, options, passed);
        return new CandidateRanking(start is not null, ranked, Worth(passed, ranked), passed.GroupBy(fact => fact.Reason).ToDictionary(all => all.Key, all => all.Count()));
    }

    private static List<RankedCandidate> Choose(
        List<(double Straight, CandidateFacts Who)> open,
        in CandidatePlace place,
        StreetPlace? start,
        StreetNetwork streets,
        DispatchOptions options,
        List<PassedOverFact> passed)
    {
        var longest = options.LongestMinutes * 60.0;
        var reach = start is { } from ? new StreetReach(streets, from, longest * options.RidingMps) : null;
        var ranked = new List<RankedCandidate>();
        for (var i = 0; i < open.Count; i++)
        {
            var (straight, who) = open[i];
            if (ranked.Count >= options.Candidates && CandidateRules.BestScore(straight, options) > ranked[options.Candidates - 1].Score)
            {
                passed.AddRange(open.Skip(i).Select(rest => new PassedOverFact(rest.Who.Slot, PassedOverFor.Further, null, rest.Straight)));
                break;
            }

            if (MetersOf(who, straight, reach, streets, options) is not { } meters)
            {
                passed.Add(new PassedOverFact(who.Slot, PassedOverFor.NoWay, null, straight));
                continue;
            }

            var weighed = CandidateRules.Weigh(who, place, meters, straight, options);
            if (weighed.EtaSeconds > longest)
            {
                passed.Add(new PassedOverFact(who.Slot, PassedOverFor.LongWay, meters, straight));
                continue;
            }

            var at = ranked.FindIndex(other => other.Score > weighed.Score);
            ranked.Insert(at < 0 ? ranked.Count : at, weighed);
            if (ranked.Count > options.Candidates)
            {
                // Nearer by air than somebody on the list, and yet later there: that is worth saying.
                var last = ranked[^1];
                ranked.RemoveAt(ranked.Count - 1);
                passed.Add(new PassedOverFact(
                    last.Facts.Slot,
                    last.Meters > CandidateRules.DetourFrom * last.StraightMeters ? PassedOverFor.LongWay : PassedOverFor.Further,
                    last.Meters,
                    last.StraightMeters));
            }
        }

        return ranked;
    }

    /// <summary>Null: there is no way along streets within the bound.</summary>
    private static double? MetersOf(in CandidateFacts who, double straight, StreetReach? reach, StreetNetwork streets, DispatchOptions options) =>
        straight <= CandidateRules.OnPlaceMeters ? straight
        : reach is null || streets.Nearest(who.LongitudeE7 / 1e7, who.LatitudeE7 / 1e7, options.StreetWithinMeters) is not { } at ? straight * options.DetourFactor
        : reach.MetersTo(at);

    /// <summary>The nearest of those passed over: what a dispatcher sees on the map and wonders about.</summary>
    private static List<PassedOverFact> Worth(List<PassedOverFact> passed, List<RankedCandidate> ranked)
    {
        var furthest = ranked.Count == 0 ? double.MaxValue : ranked.Max(candidate => candidate.StraightMeters);
        return [.. passed
            .Where(fact => fact.Reason == PassedOverFor.RaisedIt || (fact.StraightMeters <= furthest && fact.Reason != PassedOverFor.OffDuty))
            .OrderBy(fact => fact.StraightMeters ?? 0).ThenBy(fact => fact.Slot).Take(MostPassedOver)];
    }
}
