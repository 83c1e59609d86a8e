using CommandCenter.Access;
using CommandCenter.Alarms;
using CommandCenter.Areas;
using CommandCenter.Dispatch.Assignments;
using CommandCenter.Http;

namespace CommandCenter.Dispatch.Notes;

/// <summary>Who adds something to an alarm, as its ledger calls them.</summary>
/// <param name="Key"><c>a</c> and an account's number, or <c>w</c> and a worker's.</param>
/// <param name="Name">User name, or code of the worker.</param>
internal sealed record Speaker(string Key, string Name)
{
    public bool IsPhone => Key.StartsWith('w');
}

/// <summary>
/// Who may put notes and files beside an alarm: dispatchers who see it, and the phones of its own worker and of those who were sent to it.
/// </summary>
internal sealed class NoteDoor(AssignmentDoor door, AlarmLife alarms, AreaDirectory areas, AssignmentStore assignments)
{
    /// <summary>The speaker and the alarm, or what to answer: one answer for an alarm that is not theirs and for none, so that ids cannot be probed.</summary>
    public async Task<(Speaker? Who, AlarmState? Alarm, IResult? Refusal)> EnterAsync(HttpContext context, string id, CancellationToken cancellationToken)
    {
        var (worker, viewer, refusal) = await door.WhoAsync(context, cancellationToken);
        if (refusal is not null)
        {
            return (null, null, refusal);
        }

        var alarm = viewer is not null ? await alarms.FindAsync(viewer.ScopeIn(areas.Current), id, cancellationToken)
            : Guid.TryParseExact(id, "D", out var key) ? await alarms.FindAsync(key, cancellationToken)
            : null;
        if (alarm is null || (worker is not null && alarm.Press.WorkerId != worker.Id && !await assignments.WasSentAsync(alarm.Id, worker.Id, cancellationToken)))
        {
            return (null, null, Problems.OutOfScope("alarm"));
        }

        return (viewer is not null ? new Speaker($"a{viewer.AccountId}", viewer.User) : new Speaker($"w{worker!.Id}", worker.Code), alarm, null);
    }

    /// <summary>What to answer where an alarm takes nothing any more.</summary>
    public static IResult Refused(AlarmRefusal refusal) => refusal == AlarmRefusal.Full
        ? Problems.Conflict("alarm-full", "The ledger of this alarm holds as much as people may add.")
        : refusal == AlarmRefusal.Erased
        ? Problems.Conflict("alarm-erased", "What this alarm said of people was deleted; nothing can be added to it.")
        : Problems.Conflict("alarm-too-old", "This alarm ended too long ago to be added to.");
}
