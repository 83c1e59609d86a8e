namespace CommandCenter.Assessment.Periods;

/// <summary>周通报, 月评估, 季考核.</summary>
public enum PeriodKind
{
    Week,
    Month,
    Quarter,
}

/// <summary>A week, month or quarter of the center's zone; <paramref name="Ends"/> is the day after its last.</summary>
public readonly record struct Period(PeriodKind Kind, DateOnly Starts, DateOnly Ends)
{
    public int DayCount => Ends.DayNumber - Starts.DayNumber;

    public override string ToString() => $"{Kind.Word()} of {Starts:yyyy-MM-dd}";
}
