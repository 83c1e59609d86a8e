namespace CommandCenter.Coverage.Answers;

/// <summary>What a picture shows of each square; numbers are on the wire. Definitions in docs/coverage.md.</summary>
public enum CoverageMeasure
{
    Age = 0,
    Visits = 1,
    Dwell = 2,
    Blind = 3,
}

/// <summary>Words and units of the measures.</summary>
public static class CoverageMeasures
{
    /// <summary>Instead of a number of days: longer than was looked back.</summary>
    public const int Longer = 255;

    public static readonly IReadOnlyDictionary<string, CoverageMeasure> Words =
        Enum.GetValues<CoverageMeasure>().ToDictionary(Name, StringComparer.Ordinal);

    public static string Name(this CoverageMeasure measure) => measure switch
    {
        CoverageMeasure.Age => "age",
        CoverageMeasure.Visits => "visits",
        CoverageMeasure.Dwell => "dwell",
        CoverageMeasure.Blind => "blind",
        _ => throw new ArgumentOutOfRangeException(nameof(measure), measure, null),
    };

    /// <summary>Of a value as people read it.</summary>
    public static string Unit(this CoverageMeasure measure) => measure switch
    {
        CoverageMeasure.Age => "days",
        CoverageMeasure.Visits => "visits-per-week",
        CoverageMeasure.Dwell => "seconds",
        _ => "days-over",
    };

    /// <summary>Days come to an end at <see cref="Longer"/>; other measures do not.</summary>
    public static bool IsDays(this CoverageMeasure measure) => measure is CoverageMeasure.Age or CoverageMeasure.Blind;
}
