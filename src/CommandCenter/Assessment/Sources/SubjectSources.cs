using CommandCenter.Assessment.Scoring;

namespace CommandCenter.Assessment.Sources;

/// <summary>A subject with what its indicators amount to and what stands behind them.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Code">The worker's or the area's.</param>
/// <param name="AreaId">The worker's home, or the area itself.</param>
/// <param name="WorkerId">Null of an area.</param>
internal sealed record SubjectSources(SubjectKind Kind, string Code, int AreaId, int? WorkerId)
{
    public Dictionary<string, Tally> Tallies { get; private init; } = Indicators.Sourced.ToDictionary(indicator => indicator, _ => new Tally());

    public Dictionary<string, Evidence> Evidence { get; } = [];

    public Tally this[string indicator] => Tallies[indicator];

    /// <summary>The same sums, known by another code or at home elsewhere.</summary>
    public SubjectSources At(string code, int areaId) => this with { Code = code, AreaId = areaId };

    /// <summary>Adds the sums of a part to those of the whole; evidence stays with the part.</summary>
    public void Add(SubjectSources part, IEnumerable<string> indicators)
    {
        foreach (var indicator in indicators)
        {
            this[indicator].Add(part[indicator]);
        }
    }
}
