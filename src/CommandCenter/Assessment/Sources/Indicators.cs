namespace CommandCenter.Assessment.Sources;

/// <summary>The indicators' ids; stored, so never change one.</summary>
internal static class Indicators
{
    public const string GridCoverage = "grid-coverage";
    public const string AlarmAcknowledged = "alarm-acknowledged";
    public const string AlarmArrived = "alarm-arrived";
    public const string AssignmentsOnTime = "assignments-on-time";
    public const string PatrolRegularity = "patrol-regularity";
    public const string HoursOnline = "hours-online";
    public const string Mileage = "mileage";

    /// <summary>What there are sources for.</summary>
    public static readonly string[] Sourced = [GridCoverage, AlarmAcknowledged, AlarmArrived, AssignmentsOnTime, PatrolRegularity, HoursOnline, Mileage];

    /// <summary>Declared; their features are not built.</summary>
    public static readonly string[] Missing = ["incidents", "visits", "spot-checks"];
}
