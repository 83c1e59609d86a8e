using CommandCenter.Contracts.Workers;
using CommandCenter.Positions.Live;
using CommandCenter.Tracks;

namespace CommandCenter.Dispatch.Candidates;

/// <summary>Copies what the ranking needs out of the live picture; while that is read nothing is applied to it.</summary>
public static class CandidateReader
{
    /// <param name="picture">Of this node.</param>
    /// <param name="areaId">The viewer's: whoever is at home in it may be sent by the viewer.</param>
    /// <param name="placeAreaId">The smallest area of the alarm's place; null when it is not known.</param>
    public static List<CandidateFacts> Read(LivePicture picture, int areaId, int? placeAreaId)
    {
        using var reading = picture.Read();
        var people = new List<CandidateFacts>();
        if (reading.Tree.Find(areaId) is not { } area)
        {
            return people;
        }

        var place = placeAreaId is { } id ? reading.Tree.Find(id) : null;
        for (var slot = 0; slot < reading.Rows.Length; slot++)
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
                home.Contains(place)));
        }

        return people;
    }
}
