using CommandCenter.Access;
using CommandCenter.Alarms;
using CommandCenter.Areas;
using CommandCenter.Contracts.Dispatch;
using CommandCenter.Contracts.Wall;
using CommandCenter.Dispatch.Assignments;
using CommandCenter.Positions.Live;
using CommandCenter.Streets;
using CommandCenter.Workers;
using Microsoft.Extensions.Options;

namespace CommandCenter.Dispatch.Candidates;

/// <summary>Answers who can go: the live picture, who is under way already, and the streets.</summary>
internal sealed class CandidateDesk(
    LivePicture picture,
    StreetDirectory streets,
    AssignmentStore assignments,
    WorkerDirectory workers,
    AreaDirectory areas,
    TimeProvider time,
    IOptions<DispatchOptions> options)
{
    private const int MostSkills = 50;

    /// <summary>Null: the alarm has no place, and its worker none either.</summary>
    public async Task<CandidateList?> ListAsync(AlarmState alarm, Viewer viewer, IReadOnlyList<string> skills, CancellationToken cancellationToken)
    {
        if (AlarmPosition.Of(alarm, picture) is not var (longitudeE7, latitudeE7))
        {
            return null;
        }

        var now = time.GetUtcNow();
        var taken = await assignments.TakenAsync(cancellationToken);
        var refused = await assignments.RefusedAsync(alarm.Id, cancellationToken);
        var place = areas.Current.Locate(longitudeE7 / 1e7, latitudeE7 / 1e7);
        var load = await assignments.LoadAsync(now.AddHours(-options.Value.LoadHours), cancellationToken);
        var people = CandidateReader.Read(picture, viewer.AreaId, place?.Area.Id);
        for (var i = 0; i < people.Count; i++)
        {
            people[i] = load.TryGetValue(people[i].Slot, out var times) ? people[i] with { Load = times } : people[i];
        }

        var ranking = CandidateSearch.Rank(
            people,
            new CandidatePlace(longitudeE7, latitudeE7, alarm.Press.WorkerId, now.ToUnixTimeMilliseconds()) { Skills = skills },
            slot => taken.Contains(slot) ? PassedOverFor.Assigned : refused.Contains(slot) ? PassedOverFor.Refused : PassedOverFor.None,
            streets.Current,
            options.Value);
        return ToList(ranking, now, SkillsOf(people));
    }

    private CandidateList ToList(CandidateRanking ranking, DateTimeOffset now, IReadOnlyList<SkillCount> skills)
    {
        var (roster, tree) = (workers.Current, areas.Current);
        var nowMs = now.ToUnixTimeMilliseconds();
        return new CandidateList(
            now,
            ranking.ByStreets,
            [.. ranking.Ranked.Where(one => roster[one.Facts.Slot] is not null).Select(one => Candidate(one, roster[one.Facts.Slot]!, tree, nowMs))],
            [.. ranking.PassedOver.Where(fact => roster[fact.Slot] is not null).Select(fact => new PassedOver(
                roster[fact.Slot]!.Code,
                roster[fact.Slot]!.Name,
                AlarmWords.Word(fact.Reason),
                fact.Value is { } value ? Math.Round(value) : null,
                fact.StraightMeters is { } meters ? (int)Math.Round(meters) : null))],
            [.. ranking.Counts.OrderBy(count => count.Key).Select(count => new PassedOverCount(AlarmWords.Word(count.Key), count.Value))],
            skills);
    }

    /// <summary>What can be asked for at this hour.</summary>
    private static List<SkillCount> SkillsOf(List<CandidateFacts> people) => [.. people
        .Where(who => who.Presence is not (Presence.OffDuty or Presence.Gone))
        .SelectMany(who => who.Skills ?? [])
        .GroupBy(skill => skill, StringComparer.OrdinalIgnoreCase)
        .Select(all => new SkillCount(all.Key, all.Count()))
        .OrderByDescending(skill => skill.Count).ThenBy(skill => skill.Skill, StringComparer.Ordinal)
        .Take(MostSkills)];

    private static Candidate Candidate(RankedCandidate one, Worker worker, AreaTree tree, long nowMs) => new(
        worker.Code,
        worker.Name,
        worker.Role.Name(),
        tree.Find(worker.HomeAreaId)?.Area.Code ?? "",
        (int)Math.Round(one.EtaSeconds),
        (int)Math.Round(one.Score),
        (int)Math.Round(one.Meters),
        (int)Math.Round(one.StraightMeters),
        (int)Math.Max(0, (nowMs - one.Facts.FixTimeMs) / 1000),
        one.Facts.LongitudeE7 / 1e7,
        one.Facts.LatitudeE7 / 1e7,
        one.Facts.BatteryPercent,
        worker.Skills,
        one.Reasons);
}
