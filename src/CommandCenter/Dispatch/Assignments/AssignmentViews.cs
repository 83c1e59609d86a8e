using CommandCenter.Access;
using CommandCenter.Alarms;
using CommandCenter.Areas;
using CommandCenter.Contracts.Dispatch;
using CommandCenter.Dispatch.Candidates;
using CommandCenter.Geo;
using CommandCenter.Positions.Live;
using CommandCenter.Streets;
using CommandCenter.Workers;
using Microsoft.Extensions.Options;

namespace CommandCenter.Dispatch.Assignments;

/// <summary>What is told of assignments: with how far those who go still have to go.</summary>
internal sealed class AssignmentViews(
    AssignmentStore store, LivePicture picture, StreetDirectory streets, WorkerRegister workers, AreaDirectory areas, IOptions<DispatchOptions> options)
{
    /// <param name="rows">All of one alarm.</param>
    /// <param name="alarm">Of those; null when it is gone.</param>
    /// <param name="viewer">Null: the worker's own phone.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<IReadOnlyList<AssignmentInfo>> OfAsync(IReadOnlyList<AssignmentRow> rows, AlarmState? alarm, Viewer? viewer, CancellationToken cancellationToken)
    {
        var steps = await store.StepsOfAsync([.. rows.Select(row => row.Id)], cancellationToken);
        var people = await workers.OfAsync(rows.Select(row => row.WorkerId).Distinct(), cancellationToken);
        var ways = Ways(rows, alarm);
        var scope = viewer?.ScopeIn(areas.Current);

        // Of a stranger no words, as in the ledger: neither of whose alarm it is nor of who was sent.
        var isStrangers = scope is not null && alarm is not null && AlarmViews.IsStranger(scope, alarm);
        return [.. rows.Select(row =>
        {
            var person = people.GetValueOrDefault(row.WorkerId);
            var isStranger = scope is not null && !scope.Contains(row.AreaId);
            var way = ways.TryGetValue(row.WorkerId, out var known) && ((AssignmentState)row.State).IsOpen() && !isStranger ? known : null;
            return new AssignmentInfo(
                row.Id.ToString("D"),
                row.Team.ToString("D"),
                row.AlarmId.ToString("D"),
                person?.Code ?? "",
                isStranger ? null : person?.Name,
                ((AssignmentState)row.State).Name(),
                row.SentBy,
                Utc(row.SentAt),
                row.AnswerBy is { } until ? Utc(until) : null,
                Utc(row.ChangedAt),
                isStranger || isStrangers ? null : row.Note,
                way?.Meters,
                way is null || row.State >= (short)AssignmentState.OnScene ? null : way.EtaSeconds,
                way is { IsThere: true } && row.State < (short)AssignmentState.OnScene,
                [.. steps[row.Id].Select(step => new AssignmentStep(((AssignmentState)step.State).Name(), Utc(step.At), step.ByName, step.Implied, isStranger || isStrangers ? null : step.Note))]);
        })];
    }

    /// <summary>Of those under way whose newest position is young enough to say something.</summary>
    private Dictionary<int, Way> Ways(IReadOnlyList<AssignmentRow> rows, AlarmState? alarm)
    {
        var ways = new Dictionary<int, Way>();
        var open = rows.Where(row => ((AssignmentState)row.State).IsOpen()).Select(row => row.WorkerId).ToHashSet();
        if (open.Count == 0 || alarm is null || AlarmPosition.Of(alarm, picture) is not var (longitudeE7, latitudeE7))
        {
            return ways;
        }

        var limits = options.Value;
        var network = streets.Current;
        StreetReach? reach = null;
        foreach (var fix in Newest(open))
        {
            var straight = Distance.Meters(fix.LongitudeE7, fix.LatitudeE7, longitudeE7, latitudeE7);
            var speed = fix.SpeedMps >= limits.RidingFromMps ? limits.RidingMps : limits.WalkingMps;
            reach ??= network.Nearest(longitudeE7 / 1e7, latitudeE7 / 1e7, limits.StreetWithinMeters) is { } start
                ? new StreetReach(network, start, limits.LongestMinutes * 60 * limits.RidingMps)
                : null;
            var along = reach is not null && network.Nearest(fix.LongitudeE7 / 1e7, fix.LatitudeE7 / 1e7, limits.StreetWithinMeters) is { } at ? reach.MetersTo(at) : null;
            ways[fix.Slot] = new Way(
                (int)Math.Round(straight), (int)Math.Round((along ?? (straight * limits.DetourFactor)) / speed), straight <= CandidateRules.OnPlaceMeters + (fix.AccuracyMeters ?? 0));
        }

        return ways;
    }

    private List<CandidateFacts> Newest(HashSet<int> slots)
    {
        using var reading = picture.Read();
        var oldest = reading.NowMs - (options.Value.OldPositionSeconds * 1_000L);
        var found = new List<CandidateFacts>();
        foreach (var slot in slots)
        {
            if (slot < reading.Rows.Length && reading.Rows.HasMarker(slot) && reading.Rows.MarkerOf(slot).FixTimeMs >= oldest)
            {
                ref readonly var fix = ref reading.Rows.MarkerOf(slot);
                found.Add(new CandidateFacts(
                    slot, reading.Rows.PresenceOf(slot), fix.LongitudeE7, fix.LatitudeE7, fix.FixTimeMs, fix.AccuracyMeters, fix.SpeedMps ?? 0, null, IsReserve: false, OnHomeGround: false));
            }
        }

        return found;
    }

    private static DateTimeOffset Utc(DateTime at) => new(DateTime.SpecifyKind(at, DateTimeKind.Utc), TimeSpan.Zero);

    private sealed record Way(int Meters, int EtaSeconds, bool IsThere);
}
