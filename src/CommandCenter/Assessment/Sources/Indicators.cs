using CommandCenter.Assessment.Scoring;

namespace CommandCenter.Assessment.Sources;

/// <summary>Which indicators there are sources for.</summary>
internal static class Indicators
{
    public static readonly string[] Sourced =
    [
        IndicatorIds.GridCoverage, IndicatorIds.AlarmAcknowledged, IndicatorIds.AlarmArrived, IndicatorIds.AssignmentsOnTime, IndicatorIds.PatrolRegularity, IndicatorIds.HoursOnline,
        IndicatorIds.Mileage,
    ];

    /// <summary>Declared; their features are not built.</summary>
    public static readonly string[] Missing = [IndicatorIds.Incidents, IndicatorIds.Visits, IndicatorIds.SpotChecks];
}
