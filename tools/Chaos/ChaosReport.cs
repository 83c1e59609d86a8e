using System.Globalization;
using System.Text;
using CommandCenter.Chaos.Check;
using CommandCenter.Chaos.Faults;

namespace CommandCenter.Chaos;

/// <summary>What a run came to.</summary>
public sealed record ChaosReport(
    int Seed, IReadOnlyList<FaultResult> Faults, StoredCheck Stored, ShownCheck Shown, long Unanswered, long Refused, string? Refusal, int Lies, int WallsLost, AlarmCheck Alarms, IReadOnlyList<string> AlarmRefusals)
{
    /// <summary>What speaks against the center; empty: nothing answered was lost or doubled, and no wall lied.</summary>
    public IReadOnlyList<string> Complaints
    {
        get
        {
            var all = new List<string>();
            Add(Stored.Lost, $"answered fixes are not stored, the first {Stored.FirstLost}");
            Add(Stored.Duplicates, "fixes are stored more often than they were sent");
            Add(Stored.Changed, "fixes are stored at another place than sent");
            Add(Shown.Elsewhere, "markers are not where the newest answered fix is");
            Add(Unanswered, "fixes were never answered after the last fault");
            Add(Refused, $"fixes were refused ({Refusal})");
            Add(Lies, "records claimed a younger fix than any that was sent");
            Add(Alarms.Lost, "answered alarms are not in a ledger");
            Add(Alarms.Doubled, "alarms are in a ledger more often than they were pressed");
            Add(Alarms.NotShown, "alarms were not drawn by a wall");
            Add(Alarms.Pressed - Alarms.Answered, "alarms were never answered after the last fault");
            Add(AlarmRefusals.Count, $"alarms were refused ({AlarmRefusals.FirstOrDefault()})");
            Add(Faults.Count(f => !f.WallsOwnedUp), "faults passed without every wall saying how old its picture was");
            return all;

            void Add(long count, string what)
            {
                if (count > 0)
                {
                    all.Add(string.Create(CultureInfo.InvariantCulture, $"{count} {what}"));
                }
            }
        }
    }

    public bool IsGood => Complaints.Count == 0;

    public override string ToString()
    {
        var text = new StringBuilder();
        text.AppendLine().AppendLine("fault          spell   back   then answered  writer caught up  no answer for  walls said");
        foreach (var fault in Faults)
        {
            text.AppendLine(Line(fault));
        }

        text.AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"answered {Stored.Answered}, stored {Stored.Stored}, lost {Stored.Lost}, doubled {Stored.Duplicates}, sent again and stored again {Stored.Repeats} (readers see them once)");
        text.AppendLine(CultureInfo.InvariantCulture, $"shown: {Shown.Workers} workers on {Shown.Walls} walls, {Shown.Elsewhere} elsewhere{(Shown.After is { } after ? $", right after {after.TotalSeconds:0.0} s" : "")}; walls lost their line {WallsLost} times");
        if (Alarms.Pressed > 0)
        {
            text.AppendLine(Alarms.Line());
        }

        text.AppendLine(IsGood ? $"GOOD (seed {Seed})" : $"BAD (seed {Seed}): " + string.Join("; ", Complaints));
        return text.ToString();
    }

    public static string Line(FaultResult fault) => string.Create(
        CultureInfo.InvariantCulture,
        $"{FaultNames.Of(fault.Fault),-13} {Seconds(fault.Spell),6} {Seconds(fault.BackAfter),6} {Seconds(fault.AnsweredAfter),14} {Seconds(fault.CaughtUpAfter),17} {Seconds(fault.Outage),14}  {fault.Walls.Silent} no connection, oldest picture {Seconds(fault.Walls.Oldest)}{(fault.WallsOwnedUp ? "" : " – TOO YOUNG")}");

    private static string Seconds(TimeSpan? time) => time is { } known ? known.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture) + "s" : "–";
}
