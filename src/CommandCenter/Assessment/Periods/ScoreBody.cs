using System.Text.Json;
using System.Text.Json.Serialization;
using CommandCenter.Assessment.Scoring;
using CommandCenter.Assessment.Sources;

namespace CommandCenter.Assessment.Periods;

/// <summary>A score as it is frozen: the text is hashed, so that its fields and their order are never changed, only added to at the end.</summary>
internal sealed record ScoreBody(
    string Kind, string Subject, int Area, double? Total, string? Band, double CoveredWeight, string? WhyNoTotal, IReadOnlyList<IndicatorBody> Indicators)
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new CellRunJson() },
    };

    public static ScoreBody Of(string code, int areaId, Score score, IReadOnlyDictionary<string, EvidenceMark> evidence) => new(
        SubjectKinds.Word(score.Kind),
        code,
        areaId,
        Round(score.Total),
        score.Band,
        Round(score.CoveredWeight)!.Value,
        score.WhyNoTotal,
        [.. score.Indicators.Select(one => IndicatorBody.Of(one, evidence.GetValueOrDefault(one.Indicator)))]);

    public static ScoreBody Read(string text) => JsonSerializer.Deserialize<ScoreBody>(text, Json) ?? throw new InvalidDataException("This is no score.");

    public string ToText() => JsonSerializer.Serialize(this, Json);

    internal static double? Round(double? value) => value is { } known ? Math.Round(known, 4) : null;
}

/// <summary>An indicator of a score.</summary>
internal sealed record IndicatorBody(
    string Indicator,
    double? Numerator,
    double? Denominator,
    int Samples,
    IReadOnlyList<Exclusion> Excluded,
    string? NoData,
    double? Value,
    double? Points,
    double Weight,
    double EffectiveWeight,
    EvidenceMark? Evidence)
{
    public static IndicatorBody Of(IndicatorScore score, EvidenceMark? evidence) => new(
        score.Indicator,
        ScoreBody.Round(score.From.Numerator),
        ScoreBody.Round(score.From.Denominator),
        score.From.Samples,
        score.From.Excluded,
        score.From.Why is { } why ? NoDataWords.Word(why) : null,
        ScoreBody.Round(score.Value),
        ScoreBody.Round(score.Points),
        ScoreBody.Round(score.Weight)!.Value,
        ScoreBody.Round(score.EffectiveWeight)!.Value,
        evidence);

    /// <summary>As the rules took it.</summary>
    public Tally ToTally()
    {
        var tally = new Tally();
        tally.Add(Numerator ?? 0, Denominator ?? 0);
        foreach (var one in Excluded)
        {
            tally.Exclude(one.Kind, one.Amount);
        }

        return tally;
    }
}

/// <summary>What evidence there is, and the SHA-256 of its JSON in hex: it may be let go sooner than the score.</summary>
internal sealed record EvidenceMark(string Kind, int Count, string Sha256);
