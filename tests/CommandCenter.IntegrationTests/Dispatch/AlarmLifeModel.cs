namespace CommandCenter.IntegrationTests.Dispatch;

/// <summary>What alarms and assignments must be after each command, written down without looking at the server's own rules.</summary>
internal sealed class AlarmLifeModel
{
    private static readonly string[] Way = ["dispatched", "accepted", "enRoute", "onScene", "handling", "cleared"];

    public Dictionary<string, AlarmModel> Alarms { get; } = [];

    public List<AssignmentModel> Assignments { get; } = [];

    public void Press(string id) => Alarms.TryAdd(id, new AlarmModel(id));

    public void Acknowledge(string id, string user)
    {
        var alarm = Alarms[id];
        if (alarm.IsOpen && alarm.AcknowledgedBy is null)
        {
            (alarm.State, alarm.AcknowledgedBy) = (alarm.State == "raised" ? "acknowledged" : alarm.State, user);
        }
    }

    /// <summary>False: refused.</summary>
    public bool End(string id, string outcome, string user)
    {
        var alarm = Alarms[id];
        if (!alarm.IsOpen)
        {
            return alarm.State == outcome;
        }

        alarm.AcknowledgedBy ??= user;
        alarm.State = outcome;
        foreach (var one in Assignments.Where(one => one.Alarm == id && one.IsOpen))
        {
            Move(one, Array.IndexOf(Way, one.State) >= Array.IndexOf(Way, "onScene") ? "cleared" : "cancelled");
        }

        return true;
    }

    public void Reopen(string id)
    {
        var alarm = Alarms[id];
        if (!alarm.IsOpen)
        {
            (alarm.State, alarm.AcknowledgedBy) = ("raised", null);
        }
    }

    /// <summary>Null: refused.</summary>
    public AssignmentModel? Send(string alarm, string worker)
    {
        if (!Alarms[alarm].IsOpen || Assignments.Exists(one => one.Worker == worker && one.IsOpen))
        {
            return null;
        }

        var sent = new AssignmentModel(alarm, worker);
        Assignments.Add(sent);
        Alarms[alarm].State = Alarms[alarm].State == "onScene" ? "onScene" : "assigned";
        return sent;
    }

    /// <summary>False: refused.</summary>
    public bool Set(AssignmentModel one, string state)
    {
        var (from, to) = (Array.IndexOf(Way, one.State), Array.IndexOf(Way, state));
        if (one.State == state)
        {
            return true;
        }

        if (!one.IsOpen || (to >= 0 && to < from) || (state == "declined" && from > Array.IndexOf(Way, "accepted")))
        {
            return false;
        }

        Move(one, state);
        var alarm = Alarms[one.Alarm];
        if (alarm.IsOpen && to >= Array.IndexOf(Way, "onScene") && from < Array.IndexOf(Way, "onScene"))
        {
            alarm.State = "onScene";
        }
        else if (alarm.State == "assigned" && to < 0 && !Assignments.Exists(other => other.Alarm == one.Alarm && other.IsOpen))
        {
            alarm.State = alarm.AcknowledgedBy is null ? "raised" : "acknowledged";
        }

        return true;
    }

    private static void Move(AssignmentModel one, string state)
    {
        for (var at = Array.IndexOf(Way, one.State) + 1; at < Array.IndexOf(Way, state); at++)
        {
            one.States.Add(Way[at]);
        }

        one.States.Add(state);
    }
}

internal sealed class AlarmModel(string id)
{
    public string Id { get; } = id;

    public string State { get; set; } = "raised";

    public string? AcknowledgedBy { get; set; }

    public bool IsOpen => State is not ("resolved" or "falseAlarm");
}

internal sealed class AssignmentModel(string alarm, string worker)
{
    public string Alarm { get; } = alarm;

    public string Worker { get; } = worker;

    /// <summary>Of the server; set once it has answered.</summary>
    public string Id { get; set; } = "";

    /// <summary>Every one it has been in, in order.</summary>
    public List<string> States { get; } = ["dispatched"];

    public string State => States[^1];

    public bool IsOpen => State is not ("cleared" or "declined" or "cancelled");
}
