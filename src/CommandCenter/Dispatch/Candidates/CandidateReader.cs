using CommandCenter.Areas;
using CommandCenter.Contracts.Workers;
using CommandCenter.Positions.Live;
using CommandCenter.Tracks;

namespace CommandCenter.Dispatch.Candidates;

/// <summary>Copies what the ranking needs out of the live picture, some thousand people at a time: while it is read nothing is applied to it.</summary>
public static class CandidateReader
{
    /// <summary>So many are copied before fixes are applied again: a whole country's would hold them up.</summary>
    private const int SlotsAtOnce = 20_000;

    /// <param name="picture">Of this node.</param>
    /// <param name="areaId">The viewer's: whoever is at home in it may be sent by the viewer.</param>
    /// <param name="placeAreaId">The smallest area of the alarm's place; null when it is not known.</param>
    public static List<CandidateFacts> Read(LivePicture picture, int areaId, int? placeAreaId)
    {
        var people = new List<CandidateFacts>();
        for (int from = 0, to = -1; to < 0 || from < to; from += SlotsAtOnce)
        {
            using var reading = picture.Read();
            to = reading.Rows.Length;
            if (reading.Tree.Find(areaId) is { } area)
            {
                Copy(reading, area, placeAreaId is { } id ? reading.Tree.Find(id) : null, from, Math.Min(to, from + SlotsAtOnce), people);
            }
        }

        return people;
    }

    private static void Copy(in PictureReading reading, AreaNode area, AreaNode? place, int from, int to, List<CandidateFacts> people)
    {
        for (var slot = from; slot < to; slot++)
        {
            if (reading.Roster[slot] is not { LeftAt: null } worker || reading.Tree.Find(worker.HomeAreaId) is not { } home || !area.Contains(home))
            {
                continue;
            }

            var fix = reading.Rows.HasMarker(slot) ? reading.Rows.MarkerOf(slot) : default;
            people.Add(new CandidateFacts(
                slot,
                reading.Rows.PresenceOf(slot),
                fix.LongitudeE7,
                fix.LatitudeE7,
                reading.Rows.HasMarker(slot) ? fix.FixTimeMs : 0,
                reading.Rows.HasMarker(slot) ? fix.AccuracyMeters : null,
                reading.Rows.HasMarker(slot) ? fix.SpeedMps ?? 0 : 0,
                !reading.Rows.HasMarker(slot) || fix.BatteryPercent == Fix.UnknownBattery ? null : fix.BatteryPercent,
                worker.Role == WorkerRole.Reserve,
                home.Contains(place))
            {
                Skills = worker.Skills,
            });
        }
    }
}
